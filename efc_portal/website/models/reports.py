from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import CharBlock, StreamBlock, StructBlock, TextBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from efc_portal.website import listings, selectors
from efc_portal.website.blocks import BodyBlock
from efc_portal.website.enums import ReportKind
from efc_portal.website.forms.reports import ReportPageForm
from efc_portal.website.languages import EU_LANGUAGES
from efc_portal.website.models.base import OUTSIDE_MENUS_PANEL, SHARING_PANEL, FixedPage, PublicPage

SHORT_ID_LETTERS = "23456789bcdfghjkmnpqrstvwxz"  # nothing that is misread, and no words


def short_id_new() -> str:
    """A name for a report's permanent link: 7 of 27 letters, 10 thousand million names."""
    return "".join(secrets.choice(SHORT_ID_LETTERS) for _place in range(7))


class ReportsIndexPage(FixedPage):
    """All reports, the latest first, at `/reports/`; for feed readers at `/reports/feed.xml`."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.ReportPage"]
    parameters = ("kind", "page", "year")
    content_panels = [*FixedPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("reports")

    def serve_file(self, request: HttpRequest, file: str, **which: str) -> HttpResponse | None:
        from efc_portal.website.feeds import feed_of

        return feed_of(self, request, file)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        listing = listings.ReportListing(self, request)
        return {**super().get_context(request, *args, **kwargs), **listing.context()}


class _FindingBlock(StructBlock):
    title = CharBlock(label=_("Finding"))
    text = TextBlock(label=_("What supports it"), rows=3)


class ReportPage(PublicPage):
    """A strategic assessment, guidance or policy analysis, with its files."""

    kind = models.CharField(_("kind"), max_length=20, choices=ReportKind, default=ReportKind.ASSESSMENT)
    date = models.DateField(_("date"), default=timezone.localdate)
    edition = models.CharField(_("edition"), max_length=60, blank=True, help_text=_("For example: Edition 2026."))
    summary = models.TextField(_("summary"), max_length=600)
    findings = StreamField(
        StreamBlock([("finding", _FindingBlock(label=_("Finding")))], max_num=8),
        verbose_name=_("key findings"),
        blank=True,
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    cover = models.ForeignKey(
        "website.Picture",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without one, the page draws a cover from the title."),
    )
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_by",
        help_text=_("The edition before this one. Its page then leads here, and this page lists the earlier ones."),
    )
    short_id = models.CharField(_("permanent link"), max_length=12, unique=True, default=short_id_new, editable=False)
    show_downloads = models.BooleanField(
        _("say how often it was downloaded"), default=False, help_text=_("The page then shows the number of downloads.")
    )

    base_form_class = ReportPageForm
    exclude_fields_in_copy = ["short_id", "replaces"]
    parent_page_types = ["website.ReportsIndexPage"]
    listing = "reports"
    subpage_types: list[str] = []
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("date"),
        FieldPanel("edition"),
        FieldPanel("summary"),
        FieldPanel("findings"),
        MultiFieldPanel([PageChooserPanel("replaces", "website.ReportPage")], _("Earlier editions")),
        InlinePanel("files", label=_("File"), heading=_("Files")),
        FieldPanel("show_downloads"),
        FieldPanel("body"),
        FieldPanel("cover"),
    ]
    promote_panels = [OUTSIDE_MENUS_PANEL, SHARING_PANEL]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("findings"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("report")
        indexes = [models.Index(fields=["-date"])]
        constraints = [
            models.CheckConstraint(name="website_reportpage_kind", condition=models.Q(kind__in=ReportKind.values)),
            models.CheckConstraint(
                name="website_reportpage_replaces_another",
                condition=models.Q(replaces=None) | ~models.Q(replaces=models.F("page_ptr")),
            ),
        ]

    @property
    def permanent_path(self) -> str:
        """The address that stays when the page is renamed or moved."""
        return reverse("report_permanent", args=[self.short_id])

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision never brings back another permanent link: it belongs to the page, not to its words."""
        page = super().with_content_json(content)
        page.short_id = self.short_id
        return page

    def serve_file(self, request: HttpRequest, file: str, **which: str) -> HttpResponse | None:
        from efc_portal.website.machines.citation import citation_answer

        return citation_answer(self, file)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        valid, earlier = selectors.editions(self) if self.pk else (None, [])
        return {
            **super().get_context(request, *args, **kwargs),
            "valid": valid,
            "earlier": earlier,
            "downloads": selectors.downloads(self) if self.show_downloads else None,
            "permanent_address": f"{settings.PORTAL_URL}{self.permanent_path}",
        }


class ReportDocument(Orderable):
    """One file of a report: a language of it, or the data behind it."""

    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "website.PublicDocument", verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(_("language"), max_length=5, choices=EU_LANGUAGES, default="en")
    label = models.CharField(
        _("what it is"),
        max_length=80,
        blank=True,
        help_text=_("Only when it is not the report itself: for example, Data."),
    )

    panels = [FieldPanel("document"), FieldPanel("language"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                name="website_reportdocument_language",
                condition=models.Q(language__in=[code for code, _name in EU_LANGUAGES]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} ({self.language})"

    @property
    def language_name(self) -> str:
        return dict(EU_LANGUAGES)[self.language]
