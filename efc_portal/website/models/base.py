"""What every public page has in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester

from efc_portal.website.caching import revalidated
from efc_portal.website.forms.pages import PublicPageForm
from efc_portal.website.permissions import FixedPagePermissions, PublicPagePermissions


class PublicPage(Page):
    """A page of the public site: read by anybody, in the page's own language, kept by no cache unasked."""

    base_form_class = PublicPageForm
    private_page_options: list[str] = []  # what is not public does not belong into the CMS

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("show_in_menus"),
            ],
            _("Address, search engines and navigation"),
        )
    ]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        translation.activate(self.locale.language_code)
        request.LANGUAGE_CODE = translation.get_language()
        return revalidated(request, super().serve(request, *args, **kwargs).render())

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return PublicPagePermissions(user, self)


class FixedPage(PublicPage):
    """A page that exists once, at an address that stays put."""

    max_count = 1
    content_panels = [FieldPanel("title")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("show_in_menus")],
            _("Search engines and navigation"),
        )
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return FixedPagePermissions(user, self)
