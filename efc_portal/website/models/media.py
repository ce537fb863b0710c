"""Pictures and documents of the public site. Nothing confidential is ever stored here."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

FILE_STAYS = _(
    "A file stays as it was uploaded, since pages were approved with it. Upload the new one by itself, choose it on "
    "the page, and submit the page."
)


def _file_check(instance: Any) -> None:
    """Refuse another file for a picture or document: pages that were approved with it would change, too."""
    stored: Any = instance._meta.model._base_manager.filter(pk=instance.pk).values_list("file", flat=True).first()
    if stored and (instance.file.name != stored or not instance.file._committed):
        raise ValidationError(FILE_STAYS)


class Picture(AbstractImage):
    """An editorial picture. Readers get re-encoded renditions, never the file that was uploaded."""

    description = models.CharField(
        _("description"),
        max_length=255,
        blank=True,
        default="",
        help_text=_("What the picture shows, for those who do not see it."),
    )

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        permissions = [("choose_picture", "Can choose picture")]

    @property
    def default_alt_text(self) -> str:
        """Never the title: that is the name of a file until somebody changes it."""
        return str(self.description)

    def clean(self) -> None:
        """Whatever form asks: Wagtail has several."""
        super().clean()
        _file_check(self)


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="website_picturerendition_one_per_filter"
            )
        ]


class PublicDocument(AbstractDocument):
    """A file that anybody may download once a public page shows it: PDF, CSV or XLSX, checked by its content."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_publicdocument", "Can choose document")]

    def clean(self) -> None:
        """Without a file, the form has refused it and said why: its name is no second fault."""
        if self.file:
            super().clean()
            _file_check(self)

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
