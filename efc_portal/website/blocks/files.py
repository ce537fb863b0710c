"""Blocks that show or offer a file."""

from __future__ import annotations

from typing import Any

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
        preview_template = "website/blocks/previews/picture.html"
        description = _("A picture with the words that stand for it, or marked as decorative, and a caption.")


class DownloadBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    text = TextBlock(label=_("What it is"), required=False)

    class Meta:
        icon = "download"
        template = "website/blocks/download.html"
        preview_template = "website/blocks/previews/download.html"
        description = _("A document to download: PDF, CSV or XLSX, with its size.")

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """Without a document that was deleted meanwhile."""
        context = super().get_context(value, parent_context=parent_context)
        context["document"] = value.get("document")
        return context
