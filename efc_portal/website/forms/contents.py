"""What is in a file that editors upload: it is what its name says, and does no more than be read.

Attachments of submissions are proven whole (`core.content`), which refuses what reports need: pictures, forms,
links. Here it is enough that nothing in a file acts, and nothing hides in it.
"""

from __future__ import annotations

import zipfile
from typing import Any

import pikepdf
from defusedxml import ElementTree
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_OBJECTS = 300_000  # of a PDF: ten seconds' work; a tagged report of 200 pages has some 20,000
_MAX_PARTS = 10_000
_MAX_TYPES = 4 * 1024 * 1024
_TYPES = "[Content_Types].xml"

_ACTING_KEYS = {"/EF", "/JS", "/RichMediaContent", "/XFA"}
_NAMING_KEYS = {
    "/S": {
        "/GoTo3DView",
        "/GoToE",
        "/ImportData",
        "/JavaScript",
        "/Launch",
        "/Rendition",
        "/RichMediaExecute",
        "/SubmitForm",
    },
    "/Subtype": {"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"},
    "/Type": {"/EmbeddedFile"},
}
_HOLDERS = (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)

# By the names of parts and by what the workbook says they are: Excel believes the second.
_UNWANTED = (
    "activex",
    "dialogsheet",
    "embeddings/",
    "externallink",
    "macroenabled",
    "macrosheet",
    "oleobject",
    "vba",
)


def is_pdf(file: Any) -> bool:
    file.seek(0)
    return bytes(file.read(5)) == b"%PDF-"


def is_text(file: Any) -> bool:
    file.seek(0)
    content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(char.isprintable() or char in "\t\r\n" for char in text)


def is_workbook(file: Any) -> bool:
    file.seek(0)
    if bytes(file.read(4)) != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            _types_of(archive)
    except Exception:  # at damage, the readers raise whatever they stumble over
        return False
    folded = [name.casefold() for name in names]
    return "xl/workbook.xml" in folded and len(set(folded)) == len(folded) <= _MAX_PARTS


def workbook_check(file: Any) -> None:
    """Refuse a workbook that runs programs, holds other files or fetches from elsewhere. Ask `is_workbook` before."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        unwanted = next((name for name in archive.namelist() if _is_unwanted_part(name)), None)
        unwanted = unwanted or next((kind for kind in _types_of(archive) if _is_unwanted(kind)), None)
    if unwanted:
        raise ValidationError(
            _(
                "The workbook holds macros, controls, other files or links to other workbooks (%(part)s). Take them "
                "out and save it as an Excel workbook (.xlsx), or save it as CSV."
            ),
            params={"part": unwanted[:120]},
        )


def _is_unwanted_part(name: str) -> bool:
    name = name.casefold().replace("\\", "/")
    of_printer = name.startswith("xl/printersettings/printersettings")
    return _is_unwanted(name) or name.endswith(".exe") or (name.endswith(".bin") and not of_printer)


def _is_unwanted(words: str) -> bool:
    return any(word in words.casefold() for word in _UNWANTED)


def _types_of(archive: zipfile.ZipFile) -> list[str]:
    """What a workbook says that its parts are."""
    with archive.open(_TYPES) as part:
        content = part.read(_MAX_TYPES)
    return [entry.get("ContentType", "") for entry in ElementTree.fromstring(content, forbid_dtd=True)]


def pdf_check(file: Any) -> None:
    """Refuse a PDF that readers could not open, or that does more than be read."""
    file.seek(0)
    try:
        with pikepdf.open(file, attempt_recovery=False) as pdf:
            pages, objects = len(pdf.pages), len(pdf.objects)
            acts = objects <= MAX_OBJECTS and (_opens_by_acting(pdf) or _acts(pdf))
    except pikepdf.PasswordError as error:
        raise ValidationError(_("The PDF is locked with a password. Save it without one.")) from error
    except Exception as error:  # at damage, the reader raises whatever it stumbles over
        raise ValidationError(_("The PDF is damaged and cannot be opened. Export it again.")) from error
    if not pages:
        raise ValidationError(_("The PDF has no pages. Export it again."))
    if objects > MAX_OBJECTS:
        raise ValidationError(_("The PDF has too many parts to be checked. Split it, or export it again."))
    if acts:
        raise ValidationError(
            _("The PDF runs a program when it is opened or used, or holds other files. Export it again as a plain PDF.")
        )


def _opens_by_acting(pdf: pikepdf.Pdf) -> bool:
    first = pdf.Root.get("/OpenAction")
    return isinstance(first, pikepdf.Dictionary) and first.get("/S") not in (None, "/GoTo")


def _acts(pdf: pikepdf.Pdf) -> bool:
    """Whether any object, reached from a page or not, is an action that does something, or holds a file."""
    return _is_unwanted_object(pdf.trailer) or any(_is_unwanted_object(item) for item in pdf.objects)


def _is_unwanted_object(item: pikepdf.Object) -> bool:
    """Looks at an object and what stands in it; what has a number of its own is looked at by itself."""
    waiting: list[Any] = [item]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in one.items():
                if key in _ACTING_KEYS or (key in _NAMING_KEYS and str(value) in _NAMING_KEYS[key]):
                    return True
                if isinstance(value, _HOLDERS) and not value.is_indirect:
                    waiting.append(value)
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if isinstance(value, _HOLDERS) and not value.is_indirect]
    return False
