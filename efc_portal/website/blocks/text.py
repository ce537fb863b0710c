"""Blocks of words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
PLAIN_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class ProseBlock(RichTextBlock):
    """Running text with headings, lists and links, and nothing that decorates."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        template = "website/blocks/text.html"
        description = _("Paragraphs, headings, lists and links.")
        preview_value = (
            "<h2>What partners see</h2><p>A payment that looks like any other, with a reference that is not.</p>"
            "<ul><li>small amounts</li><li>many senders</li></ul>"
        )


class QuoteBlock(StructBlock):
    text = TextBlock(label=_("Quote"))
    who = CharBlock(label=_("Who said it, and where"), required=False)

    class Meta:
        icon = "openquote"
        template = "website/blocks/quote.html"
        description = _("Somebody’s own words, and whose they are.")
        preview_value = {
            "text": "The money can be followed, if those who see a piece of it talk to each other.",
            "who": "An analyst, at a workshop",
        }


class CallOutBlock(StructBlock):
    heading = CharBlock(label=_("Heading"), required=False)
    text = RichTextBlock(label=_("Text"), features=PLAIN_FEATURES)

    class Meta:
        icon = "warning"
        template = "website/blocks/call_out.html"
        description = _("The one thing nobody should miss. Seldom more than one on a page.")
        preview_value = {"heading": "Before you write", "text": "<p>Never send images: the hotline takes those.</p>"}


class _MomentBlock(StructBlock):
    when = CharBlock(label=_("When"))
    title = CharBlock(label=_("What happened"))
    text = TextBlock(label=_("More about it"), required=False)


class TimelineBlock(StructBlock):
    moments = ListBlock(_MomentBlock(), label=_("Moments, the earliest first"), min_num=2)

    class Meta:
        icon = "history"
        # it takes two at least
        default: dict[str, Any] = {"moments": [{"when": "", "title": "", "text": ""}] * 2}
        template = "website/blocks/timeline.html"
        description = _("What happened when, one below the other.")
        preview_value = {
            "moments": [
                {"when": "March 2009", "title": "The coalition begins", "text": "Banks and police sit down together."},
                {"when": "November 2012", "title": "A new start", "text": ""},
            ]
        }


class _SectionBlock(StructBlock):
    heading = CharBlock(label=_("What it is about"))
    text = RichTextBlock(label=_("Text"), features=PLAIN_FEATURES)

    class Meta:
        icon = "collapse-down"


class AccordionBlock(StructBlock):
    """Sections that open on request. It once held a single one: such values are read as a group of one."""

    sections = ListBlock(_SectionBlock(label=_("Section")), label=_("Sections"), min_num=1)

    class Meta:
        icon = "collapse-down"
        template = "website/blocks/more.html"
        description = _("Questions and answers, or details that few readers need: each section opens on request.")
        preview_value = {
            "sections": [
                {"heading": "Who can join?", "text": "<p>Whoever sees payments, or those who make them.</p>"},
                {"heading": "What does it cost?", "text": "<p>Time. Members contribute in kind.</p>"},
            ]
        }

    def to_python(self, value: Any) -> Any:
        return super().to_python(_as_group(value))

    def bulk_to_python(self, values: Any) -> Any:
        return super().bulk_to_python([_as_group(value) for value in values])

    def normalize(self, value: Any) -> Any:
        return super().normalize(_as_group(value))


def _as_group(value: Any) -> Any:
    return {"sections": [value]} if "heading" in value else value
