from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import CharBlock, StreamBlock, StructBlock, TextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from efc_portal.core.public_facts import fact
from efc_portal.website import selectors
from efc_portal.website.blocks import ChartBlock
from efc_portal.website.blocks.text import PLAIN_FEATURES
from efc_portal.website.models.base import FixedPage


class _StepBlock(StructBlock):
    title = CharBlock(label=_("Title"))
    text = TextBlock(label=_("Text"), rows=3)


class HomePage(FixedPage):
    """What the coalition is, in one glance."""

    headline = models.CharField(_("headline"), max_length=120)
    introduction = models.TextField(_("introduction"), max_length=400)
    action_label = models.CharField(_("label of the button"), max_length=40, blank=True)
    action_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page the button leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hero = StreamField(
        StreamBlock([("chart", ChartBlock(label=_("Chart")))], max_num=1),
        verbose_name=_("chart beside the headline"),
        blank=True,
        help_text=_("Only figures that the coalition stands by. Without a chart the headline stands alone."),
    )
    steps_heading = models.CharField(_("heading"), max_length=80)
    steps = StreamField(
        StreamBlock([("step", _StepBlock(label=_("Step")))], max_num=4), verbose_name=_("steps"), blank=True
    )
    note_heading = models.CharField(_("heading"), max_length=80, blank=True)
    note = RichTextField(_("text"), features=PLAIN_FEATURES, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "website.NewsIndexPage",
        "website.ReportsIndexPage",
        "website.ChairLetterPage",
        "website.StandardPage",
        "website.JoinPage",
        "website.WhereToReportPage",
        "website.ContactPage",
    ]
    content_panels = [
        *FixedPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("headline"),
                FieldPanel("introduction"),
                FieldPanel("action_label"),
                PageChooserPanel("action_page"),
                FieldPanel("hero"),
            ],
            _("At the top"),
        ),
        MultiFieldPanel([FieldPanel("steps_heading"), FieldPanel("steps")], _("How the coalition works")),
        MultiFieldPanel([FieldPanel("note_heading"), FieldPanel("note")], _("Where to report")),
    ]

    search_fields = [
        *FixedPage.search_fields,
        *(index.SearchField(name) for name in ("headline", "introduction", "hero", "steps", "note")),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "letter": selectors.letters(self).first(),
            "report": selectors.reports(self).first(),
            "membership": fact("membership"),
            "join": selectors.join_page(self),
            "news": list(selectors.news(self)[:3]),
            "coming": selectors.coming_events(self),
            "news_index": selectors.news_index(self),
        }
