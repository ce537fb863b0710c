"""Pictures and documents of the public site. Nothing confidential is ever stored here."""

from __future__ import annotations

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """An editorial picture. Readers get re-encoded renditions, never the file that was uploaded."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        permissions = [("choose_picture", "Can choose picture")]


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="website_picturerendition_one_per_filter"
            )
        ]


class PublicDocument(AbstractDocument):
    """A file that anybody may download: PDF, CSV or XLSX, checked by its content."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_publicdocument", "Can choose document")]

    @property
    def format(self) -> str:
        return self.file_extension.upper()
