"""What every public page has in common."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester

from efc_portal.core.languages import speak_address
from efc_portal.website.caching import revalidated
from efc_portal.website.forms.pages import PublicPageForm


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
        speak_address(request, self.locale.language_code)
        return revalidated(request, super().serve(request, *args, **kwargs).render())


class _FixedPagePermissions(PagePermissionTester):
    """Permissions on a page that the portal's addresses rely on: edited and published, but not taken away."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False


class FixedPage(PublicPage):
    """A page that exists once in each language. In the portal's own language its address stays put."""

    max_count_per_parent = 1  # a home page has a parent in common with its translations: they are made by translating
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
        own = self.locale.language_code == settings.LANGUAGE_CODE
        return _FixedPagePermissions(user, self) if own else super().permissions_for_user(user)
