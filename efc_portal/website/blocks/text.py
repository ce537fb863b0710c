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


class QuoteBlock(StructBlock):
    text = TextBlock(label=_("Quote"))
    who = CharBlock(label=_("Who said it, and where"), required=False)

    class Meta:
        icon = "openquote"
        template = "website/blocks/quote.html"


class CallOutBlock(StructBlock):
    heading = CharBlock(label=_("Heading"), required=False)
    text = RichTextBlock(label=_("Text"), features=PLAIN_FEATURES)

    class Meta:
        icon = "warning"
        template = "website/blocks/call_out.html"


class _MomentBlock(StructBlock):
    when = CharBlock(label=_("When"))
    title = CharBlock(label=_("What happened"))
    text = TextBlock(label=_("More about it"), required=False)


class TimelineBlock(StructBlock):
    moments = ListBlock(_MomentBlock(), label=_("Moments, the earliest first"), min_num=2)

    class Meta:
        icon = "history"
        template = "website/blocks/timeline.html"


class MoreBlock(StructBlock):
    heading = CharBlock(label=_("What it is about"))
    text = RichTextBlock(label=_("Text"), features=PLAIN_FEATURES)

    class Meta:
        icon = "collapse-down"
        template = "website/blocks/more.html"
