"""Pictures and documents of the public site. Nothing confidential is ever stored here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
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


class DownloadCount(models.Model):
    """How often a document was downloaded on a day. Nothing is kept of who did."""

    document = models.ForeignKey(PublicDocument, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "day"], name="website_downloadcount_one_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.day}: {self.count}"
