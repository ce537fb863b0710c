"""What every public page has in common."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester

from efc_portal.core.page_cache import kept
from efc_portal.website.forms.pages import PublicPageForm


class PublicPage(Page):
    """A page of the public site: read by anybody, in the page's own language, kept by no cache unasked."""

    base_form_class = PublicPageForm
    private_page_options: list[str] = []  # what is not public does not belong into the CMS
    parameters: tuple[str, ...] = ()  # of the query, that the page reads: visitors' others do not arrive
    listing = ""  # the list such pages stand in, if any: `news`, `reports` … (website.freshness)

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
        parent = self.get_parent()
        tags = [f"page:{self.pk}", f"face:{parent and parent.pk}", f"translations:{self.translation_key}", "site"]
        render = partial(super().serve, request, *args, **kwargs)
        return kept(request, render, *tags, parameters=self.parameters, own_language=True)


class _FixedPagePermissions(PagePermissionTester):
    """Permissions on a page that the portal's addresses rely on: edited and published, but not taken away."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False


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
        return _FixedPagePermissions(user, self)
