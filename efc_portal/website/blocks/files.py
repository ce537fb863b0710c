"""Blocks that show or offer a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock


class PictureBlock(StructBlock):
    """A picture; Wagtail's block asks for an alternative text unless the picture is marked as decorative."""

    picture = ImageBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        template = "website/blocks/picture.html"


class DownloadBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    text = TextBlock(label=_("What it is"), required=False)

    class Meta:
        icon = "download"
        template = "website/blocks/download.html"
