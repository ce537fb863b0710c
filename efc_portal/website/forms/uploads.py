"""What editors may upload. The content decides, not the name; pictures lose the data their camera wrote into them.

A file stays as it was uploaded, and what readers see of it stays as it was approved.
"""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.forms import ImageField
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from efc_portal.website.forms.contents import is_pdf, is_text, is_workbook, pdf_check, workbook_check
from efc_portal.website.models.media import FILE_STAYS
from efc_portal.website.selectors import pages_approved_with

MAX_SIDE = 12_000  # pixels; WebP, which pictures are served as, ends at 16,383


class _FileThatStays(forms.FileInput):
    """In place of a button that would take another file: the sentence on what to do instead."""

    def render(self, *_args: Any, **_kwargs: Any) -> SafeString:
        return format_html("<span>{}</span>", FILE_STAYS)

    def id_for_label(self, _id: Any) -> str:
        return ""


class _ApprovedForm(forms.ModelForm):
    """The form of a file. `seen` names what readers see of it: it was approved with the pages that show it."""

    seen: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields and self.instance.pk:
            self.fields["file"].widget = _FileThatStays()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        if self.instance.pk:
            raise ValidationError(FILE_STAYS)
        return self.checked(file)

    def checked(self, file: UploadedFile) -> UploadedFile:
        raise NotImplementedError

    def clean(self) -> Any:
        cleaned = super().clean()
        changed = [name for name in self.seen if name in self.changed_data]
        pages = pages_approved_with(self.instance)[:3] if changed and self.instance.pk else []
        if pages:
            refusal = ValidationError(
                _(
                    "Pages that are public, or wait for approval or their hour, show this (%(pages)s), so it cannot be "
                    "changed under them. Upload it by itself once more, choose it on the page, and submit the page."
                ),
                params={"pages": ", ".join(page.title for page in pages)},
            )
            for name in changed:  # where the form shows no field, the sentence stands above it
                self.add_error(None if self[name].is_hidden else name, refusal)
        return cleaned


class DocumentForm(_ApprovedForm, BaseDocumentForm):
    seen = ("title",)

    def checked(self, file: UploadedFile) -> UploadedFile:
        size = file.size or 0
        if size > settings.SITE_DOCUMENT_MAX_BYTES:
            raise ValidationError(
                _("The file has %(size)s; a document of the site may have %(most)s. Make it smaller, or split it."),
                params={"size": filesizeformat(size), "most": filesizeformat(settings.SITE_DOCUMENT_MAX_BYTES)},
            )
        extension = (file.name or "").rpartition(".")[2].lower()
        is_what_it_says = {"pdf": is_pdf, "csv": is_text, "xlsx": is_workbook}.get(extension)
        if is_what_it_says and not is_what_it_says(file):
            raise ValidationError(
                _("The file is named .%(extension)s, but holds something else. Export it again or choose another."),
                params={"extension": extension},
            )
        if check := {"pdf": pdf_check, "xlsx": workbook_check}.get(extension):
            check(file)
        file.seek(0)
        return file


class _PictureField(WagtailImageField):
    def to_python(self, data: Any) -> Any:
        """Wagtail's field looks for damage at the beginning alone, and measures the picture unguarded."""
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # at damage, Pillow raises whatever it stumbles over
            raise _damaged() from error


class PictureForm(_ApprovedForm, BaseImageForm):
    seen = (
        "title",
        "description",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # Wagtail makes the field, and asks nobody of which class
            self.fields["file"].__class__ = _PictureField

    def checked(self, file: UploadedFile) -> UploadedFile:
        try:
            return _without_metadata(file)
        except ValidationError:
            raise
        except Exception as error:  # as above
            raise _damaged() from error


def _damaged() -> ValidationError:
    return ValidationError(ImageField.default_error_messages["invalid_image"], code="invalid_image")


def _without_metadata(file: UploadedFile) -> UploadedFile:
    """The same picture without EXIF, XMP and comments: a photograph can tell where and by whom it was taken."""
    file.seek(0)
    with Image.open(file) as opened:
        if max(opened.size) > MAX_SIDE:
            raise ValidationError(
                _("The picture has %(width)s × %(height)s pixels; each side may have %(most)s. Make it smaller."),
                params={"width": opened.width, "height": opened.height, "most": MAX_SIDE},
            )
        kind = opened.format or "PNG"
        upright = ImageOps.exif_transpose(opened)
        plain = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
    plain.info.clear()
    written = io.BytesIO()
    plain.save(written, format=kind, quality=92) if kind in {"JPEG", "WEBP", "AVIF"} else plain.save(
        written, format=kind
    )
    made = InMemoryUploadedFile(
        written, "file", file.name, file.content_type, written.getbuffer().nbytes, None, file.content_type_extra
    )
    made.seek(0)
    return made
