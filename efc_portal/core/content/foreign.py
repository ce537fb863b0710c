"""What is refused before it is read, and the sentence for each."""

from __future__ import annotations

import re
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.encoding import SAVE_AS_UTF_8, UTF_8, WINDOWS_1252, Encoding, chunks
from efc_portal.core.content.guarded_xml import foreign_markup
from efc_portal.core.content.refusals import (
    NO_MEDIA,
    PRINT_TO_PDF,
    SAVE_AS_CSV,
    WRITE_IT_DOWN,
    Reason,
    RefusedContent,
    shown,
)
from efc_portal.core.content.signatures import Family, Foreign

_SENTENCES: dict[Family, tuple[Reason, tuple[object, ...]]] = {
    Family.IMAGE: (Reason.IMAGE, (_("“%(file)s” is a picture (%(what)s)."), NO_MEDIA, WRITE_IT_DOWN)),
    Family.VIDEO: (Reason.VIDEO, (_("“%(file)s” is a video (%(what)s)."), NO_MEDIA, WRITE_IT_DOWN)),
    Family.AUDIO: (Reason.AUDIO, (_("“%(file)s” is a sound recording (%(what)s)."), NO_MEDIA, WRITE_IT_DOWN)),
    Family.ARCHIVE: (
        Reason.ARCHIVE,
        (
            _("“%(file)s” is an archive (%(what)s), which the portal does not open."),
            _("Unpack it, and attach the CSV, XLSX, PDF, TXT, JSON or XML files in it one by one."),
        ),
    ),
    Family.PROGRAM: (
        Reason.PROGRAM,
        (
            _("“%(file)s” is a program (%(what)s), which the portal does not take."),
            _("Write what matters about it in a TXT file, its hash for instance, and attach this."),
        ),
    ),
    Family.OFFICE: (
        Reason.OFFICE,
        (_("“%(file)s” is an office document of a kind that the portal does not take."), PRINT_TO_PDF),
    ),
    Family.RICH_TEXT: (
        Reason.RICH_TEXT,
        (_("“%(file)s” is rich text (RTF), which can hold other files."), PRINT_TO_PDF),
    ),
    Family.PRINTER: (
        Reason.RICH_TEXT,
        (_("“%(file)s” is a printer file (PostScript), which is a program."), PRINT_TO_PDF),
    ),
    Family.ENCRYPTED: (
        Reason.ENCRYPTED,
        (
            _("“%(file)s” is encrypted (%(what)s), so the portal cannot check it."),
            _("Attach it decrypted: the portal encrypts every attachment itself."),
        ),
    ),
    Family.DATABASE: (
        Reason.UNKNOWN,
        (_("“%(file)s” is a database file (%(what)s)."), _("Export the tables that matter as CSV, and attach these.")),
    ),
    Family.FONT: (
        Reason.UNKNOWN,
        (_("“%(file)s” is a font (%(what)s)."), _("Choose the file you meant.")),
    ),
}

_NOT_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+"
    r"<(!doctype\s+html|html|head|body|script|iframe|style|svg|table|div|p|a|img|title|h1|br|meta|link|form)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE_SOON = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PAGE_SOON_CHARACTERS = 1500  # how far browsers look before they take text for a page
_PDF_SOON = re.compile(rb"%PDF-[12]\.\d")
_LATIN = {"windows-1252", "cp1252", "iso-8859-1", "latin-1", "latin1"}
_UNICODE = {"utf-8", "utf8", "us-ascii", "ascii"}


def refusal(found: Foreign, stream: BinaryIO) -> RefusedContent:
    """The sentence for something that was recognised."""
    if found.family is Family.OFFICE and found.name == "OLE":
        return _ole(stream)
    reason, sentences = _SENTENCES[found.family]
    return RefusedContent(reason, *sentences, what=found.name)


def _ole(stream: BinaryIO) -> RefusedContent:
    """The container of old office files; the names in its directory say what it holds."""
    names, before = set(), b""
    for chunk in chunks(stream):
        window = before + chunk
        for name in ("EncryptedPackage", "Workbook", "WordDocument", "PowerPoint Document", "__substg1.0_"):
            if name.encode("utf-16-le") in window:
                names.add(name)
        before = chunk[-64:]
    if "EncryptedPackage" in names:
        return RefusedContent(
            Reason.ENCRYPTED,
            _("“%(file)s” is protected with a password, so the portal cannot check it."),
            _("Remove the password and attach it again: the portal encrypts every attachment itself."),
        )
    if "__substg1.0_" in names:
        return _mail()
    if "Workbook" in names:
        return RefusedContent(
            Reason.OFFICE,
            _("“%(file)s” is a workbook in the old Excel format."),
            _("Open it, save it as XLSX or CSV, and attach this."),
        )
    if "WordDocument" in names or "PowerPoint Document" in names:
        return RefusedContent(Reason.OFFICE, _("“%(file)s” is an old Office document."), PRINT_TO_PDF)
    return RefusedContent(
        Reason.ARCHIVE,
        _("“%(file)s” is a container of other files (OLE: an installer, an old office file or a saved mail)."),
        SAVE_AS_CSV,
    )


def _mail() -> RefusedContent:
    return RefusedContent(
        Reason.MAIL,
        _("“%(file)s” is a saved e-mail, which can carry other files."),
        _("Copy its text and headers into a TXT file, and attach this."),
    )


def text_check(head: bytes) -> None:
    """Refuse what is plainly no text, before its encoding is looked for."""
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if (b"\x00" in head and not marked) or (not marked and _NOT_TEXT.search(head)):
        raise RefusedContent(
            Reason.UNKNOWN,
            _("What “%(file)s” holds is none of the kinds that the portal takes."),
            _("Attach CSV, XLSX, PDF, TXT, JSON or XML."),
        )
    if (early := _PDF_SOON.search(head[:1100])) is not None and early.start() and b"startxref" in head:
        raise RefusedContent(
            Reason.POLYGLOT, _("“%(file)s” is a PDF with something else before its beginning."), PRINT_TO_PDF
        )


def web_page_check(start: str) -> None:
    """Refuse HTML: what begins like it, and what a browser would take for it."""
    markup = _MARKUP.match(start[:20_000])
    if markup is not None and markup.group(1).lower() == "svg":
        raise foreign_markup("SVG")
    if _PAGE_SOON.search(start[:_PAGE_SOON_CHARACTERS]) or (markup is not None and _is_page(markup.group(1), start)):
        raise RefusedContent(
            Reason.WEB_PAGE,
            _("“%(file)s” is a web page (HTML)."),
            _("Copy its text into a TXT file or its tables into a CSV file, and attach this."),
        )


def _is_page(tag: str, start: str) -> bool:
    """Some of HTML's tags are names that other XML uses too; alone they prove nothing where XML is declared."""
    return not start.lstrip().startswith("<?xml") and tag.lower() not in ("a", "p", "table", "title", "form", "link")


def xml_encoding(found: Encoding, declared: str | None) -> Encoding:
    """The encoding of XML, which its bytes and its declaration must agree on."""
    if declared is None or (declared in _UNICODE and found.codec == "utf-8"):
        if found is WINDOWS_1252:
            raise _wrong_declaration("UTF-8", found)
        return found
    if declared.startswith("utf-16") and found.codec.startswith("utf-16"):
        return found
    if declared in _LATIN and found in (UTF_8, WINDOWS_1252):
        return WINDOWS_1252
    raise _wrong_declaration(declared, found)


def _wrong_declaration(declared: str, found: Encoding) -> RefusedContent:
    return RefusedContent(
        Reason.ENCODING,
        _("“%(file)s” declares its encoding as %(declared)s, but it is %(found)s."),
        SAVE_AS_UTF_8,
        declared=shown(declared),
        found=found.name,
    )


def zip_refusal(names: list[str]) -> RefusedContent:
    """The sentence for a ZIP container that is no workbook, by the names in it."""
    lowered = [name.lower() for name in names]
    if any(name.startswith("word/") for name in lowered):
        what = _("“%(file)s” is a Word document.")
    elif any(name.startswith("ppt/") for name in lowered):
        what = _("“%(file)s” is a presentation.")
    elif "mimetype" in lowered and "content.xml" in lowered:
        return RefusedContent(
            Reason.OFFICE,
            _("“%(file)s” is an OpenDocument file."),
            _("Open it and save a table as XLSX or CSV, a text as PDF without pictures, and attach this."),
        )
    elif any(name in ("androidmanifest.xml", "meta-inf/manifest.mf") for name in lowered):
        reason, sentences = _SENTENCES[Family.PROGRAM]
        return RefusedContent(reason, *sentences, what="Java")
    else:
        reason, sentences = _SENTENCES[Family.ARCHIVE]
        return RefusedContent(reason, *sentences, what="ZIP")
    return RefusedContent(Reason.OFFICE, what, PRINT_TO_PDF)
