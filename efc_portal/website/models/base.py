"""What every public page has in common."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester
from wagtail.url_routing import RouteResult

from efc_portal.core.languages import speak_address
from efc_portal.core.page_cache import kept
from efc_portal.website.forms.pages import PublicPageForm
from efc_portal.website.permissions import PublicPagePermissions, fixed_page_permissions

ADDRESS_PANEL = FieldPanel(
    "slug",
    heading=pgettext_lazy("page", "Address"),
    help_text=_("The last part of the page’s address: small letters, digits and hyphens, as in next-meeting."),
)
SEARCH_ENGINE_PANELS = (
    FieldPanel(
        "seo_title",
        heading=_("Title in search engines"),
        help_text=_("Shown in search results and at the top of the window. Empty: the title of the page."),
    ),
    FieldPanel(
        "search_description",
        heading=_("Description in search engines"),
        help_text=_("One or two sentences that search engines may show below the title."),
    ),
)
# Only pages directly below a home page stand in menus: news and reports do not ask.
OUTSIDE_MENUS_PANEL = MultiFieldPanel([ADDRESS_PANEL, *SEARCH_ENGINE_PANELS], _("Address and search engines"))
SHARING_PANEL = MultiFieldPanel([FieldPanel("share_picture")], _("When the page is shared"))


class PublicPage(Page):
    """A page of the public site: read by anybody, in the page's own language, kept by no cache unasked.

    Forms of a page for machines (a feed, a calendar entry, a citation) are files below its address: `serve_file`.
    """

    share_picture = models.ForeignKey(
        "website.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where others link to this page. Without one, a picture is made from the title."),
    )

    base_form_class = PublicPageForm
    private_page_options: list[str] = []  # what is not public does not belong into the CMS
    parameters: tuple[str, ...] = ()  # of the query, that the page reads: visitors' others do not arrive
    listing = ""  # the list such pages stand in, if any: `news`, `reports` … (website.freshness)

    promote_panels = [
        MultiFieldPanel(
            [ADDRESS_PANEL, *SEARCH_ENGINE_PANELS, FieldPanel("show_in_menus")],
            _("Address, search engines and navigation"),
        ),
        SHARING_PANEL,
    ]

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if self.live and len(path_components) == 1 and "." in path_components[0]:
            return RouteResult(self, kwargs={"file": path_components[0]})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        speak_address(request, self.locale.language_code)
        parent = self.get_parent()
        tags = [f"page:{self.pk}", f"face:{parent and parent.pk}", f"translations:{self.translation_key}", "site"]
        render = partial(self._file if "file" in kwargs else super().serve, request, *args, **kwargs)
        return kept(request, render, *tags, parameters=self.parameters, own_language=True)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """In the page's language too, and rendered while that is spoken; the CMS around it goes on in its own."""
        with translation.override(self.locale.language_code):
            speak_address(request, self.locale.language_code)
            preview: TemplateResponse = super().serve_preview(request, mode_name)
            return preview.render()

    def _file(self, request: HttpRequest, **which: str) -> HttpResponse:
        answer = self.serve_file(request, **which)
        if answer is None:
            raise Http404
        return answer

    def serve_file(self, request: HttpRequest, file: str, **which: str) -> HttpResponse | None:
        """The page in the form that machines read, by the file's name; None when there is no such file."""
        return None

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return PublicPagePermissions(user, self)


class FixedPage(PublicPage):
    """A page that exists once in each language. In the portal's own language its address stays put."""

    max_count_per_parent = 1  # a home page has a parent in common with its translations: they are made by translating
    content_panels = [FieldPanel("title")]
    promote_panels = [
        MultiFieldPanel(
            [*SEARCH_ENGINE_PANELS, FieldPanel("show_in_menus")],
            _("Search engines and navigation"),
        ),
        SHARING_PANEL,
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return fixed_page_permissions(user, self)
