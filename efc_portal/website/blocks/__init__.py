"""What editors compose pages from: few blocks, each with one look and no settings of taste."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock

from efc_portal.website.blocks.figures import ChartBlock, KeyFigureBlock, TableBlock
from efc_portal.website.blocks.files import DownloadBlock, PictureBlock
from efc_portal.website.blocks.people import PeopleBlock
from efc_portal.website.blocks.text import AccordionBlock, CallOutBlock, ProseBlock, QuoteBlock, TimelineBlock


class BodyBlock(StreamBlock):
    """The body of a page."""

    text = ProseBlock(label=_("Text"))
    quote = QuoteBlock(label=_("Quote"))
    key_figure = KeyFigureBlock(label=_("Key figure"))
    chart = ChartBlock(label=_("Chart"))
    table = TableBlock(label=_("Table"))
    picture = PictureBlock(label=_("Picture"))
    call_out = CallOutBlock(label=_("Call-out"))
    timeline = TimelineBlock(label=_("Timeline"))
    more = AccordionBlock(label=_("Sections that open on request"))
    people = PeopleBlock(label=_("People"))
    download = DownloadBlock(label=_("Download"))


__all__ = ["BodyBlock", "ChartBlock", "ProseBlock"]
