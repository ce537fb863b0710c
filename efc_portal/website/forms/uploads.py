"""What editors may upload. The content decides, not the name; pictures lose the data their camera wrote into them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pikepdf
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.db.models import Model
from django.forms import ImageField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from efc_portal.website.selectors import pages_using


class DocumentForm(BaseDocumentForm):
    def clean_title(self) -> str:
        """Readers see the title of a document: where a page shows it, it is part of what was approved."""
        title: str = self.cleaned_data["title"]
        if "title" in self.changed_data:
            _unused_check(self.instance)
        return title

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            _unused_check(self.instance)
            size = file.size or 0
            if size > settings.SITE_DOCUMENT_MAX_BYTES:
                raise ValidationError(
                    _("The file has %(size)s; a document of the site may have %(most)s. Make it smaller, or split it."),
                    params={
                        "size": filesizeformat(size),
                        "most": filesizeformat(settings.SITE_DOCUMENT_MAX_BYTES),
                    },
                )
            extension = (file.name or "").rpartition(".")[2].lower()
            check = {"pdf": _is_pdf, "csv": _is_text, "xlsx": _is_xlsx}.get(extension)
            if check and not check(file):
                raise ValidationError(
                    _("The file is named .%(extension)s, but holds something else. Export it again or choose another."),
                    params={"extension": extension},
                )
            if extension == "pdf":
                _pdf_check(file)
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


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # Wagtail makes the field, and asks nobody of which class
            self.fields["file"].__class__ = _PictureField

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        _unused_check(self.instance)
        try:
            return _without_metadata(file)
        except Exception as error:  # as above
            raise _damaged() from error


def _damaged() -> ValidationError:
    return ValidationError(ImageField.default_error_messages["invalid_image"], code="invalid_image")


def _unused_check(instance: Model) -> None:
    """Refuse to change what public pages show: they would change without a second pair of eyes."""
    pages = list(pages_using(instance).live()[:3]) if instance.pk else []
    if pages:
        raise ValidationError(
            _(
                "Public pages show this (%(pages)s), so it cannot be changed under them. Upload the new file by "
                "itself, choose it on the page, and submit the page."
            ),
            params={"pages": ", ".join(page.title for page in pages)},
        )


def _pdf_check(file: Any) -> None:
    """Refuse a PDF that readers could not open, or that does more than be read."""
    file.seek(0)
    try:
        with pikepdf.open(file, attempt_recovery=False) as pdf:
            count = len(pdf.pages)
            names, root = pdf.Root.get("/Names", pikepdf.Dictionary()), pdf.Root
            first = root.get("/OpenAction")
            runs = "/JavaScript" in names or "/EmbeddedFiles" in names or "/AA" in root
            runs = runs or (isinstance(first, pikepdf.Dictionary) and first.get("/S") not in (None, "/GoTo"))
    except pikepdf.PasswordError as error:
        raise ValidationError(_("The PDF is locked with a password. Save it without one.")) from error
    except Exception as error:  # at damage, the reader raises whatever it stumbles over
        raise ValidationError(_("The PDF is damaged and cannot be opened. Export it again.")) from error
    if not count:
        raise ValidationError(_("The PDF has no pages. Export it again."))
    if runs:
        raise ValidationError(
            _("The PDF runs a program when it is opened, or holds other files. Export it again as a plain PDF.")
        )


def _is_pdf(file: UploadedFile) -> bool:
    file.seek(0)
    return bytes(file.read(5)) == b"%PDF-"


def _is_text(file: UploadedFile) -> bool:
    file.seek(0)
    content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(char.isprintable() or char in "\t\r\n" for char in text)


def _is_xlsx(file: UploadedFile) -> bool:
    """A workbook without macros, by the parts it has."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    return {"[Content_Types].xml", "xl/workbook.xml"} <= names and not any("vbaProject" in name for name in names)


def _without_metadata(file: UploadedFile) -> UploadedFile:
    """The same picture without EXIF, XMP and comments: a photograph can tell where and by whom it was taken."""
    file.seek(0)
    with Image.open(file) as opened:
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
