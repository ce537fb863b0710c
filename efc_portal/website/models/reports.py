from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.blocks import CharBlock, StreamBlock, StructBlock, TextBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from efc_portal.website import selectors
from efc_portal.website.blocks import BodyBlock
from efc_portal.website.enums import ReportKind
from efc_portal.website.languages import EU_LANGUAGES
from efc_portal.website.models.base import FixedPage, PublicPage

PAGE_SIZE = 12


class ReportsIndexPage(FixedPage):
    """All reports, the latest first, at `/reports/`."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.ReportPage"]
    parameters = ("page",)
    content_panels = [*FixedPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("reports")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        items = Paginator(selectors.reports(self), PAGE_SIZE).get_page(request.GET.get("page"))
        return {**super().get_context(request, *args, **kwargs), "items": items}


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
        InlinePanel("files", label=_("File"), heading=_("Files")),
        FieldPanel("body"),
        FieldPanel("cover"),
    ]
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
        ]


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
