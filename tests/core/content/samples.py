"""Files to try the door with, made here: sober payment records, and the same with something wrong in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pikepdf

from efc_portal.core.content import Inspection, RefusedContent, clean, inspect

CARD = "4111111111111111"  # the schemes' public test number
CARD_SPACED = "4111 1111 1111 1111"
CUT = "411111******1111"

TABLE = "date;iban;amount;currency\n2026-03-04;DE89370400440532013000;120.00;EUR\n2026-03-05;;20.00;EUR\n"


def door(data: bytes, name: str) -> Inspection:
    return inspect(io.BytesIO(data), filename=name)


def kept(data: bytes, name: str) -> bytes:
    """What would be stored."""
    stream = io.BytesIO(data)
    return b"".join(clean(stream, inspect(stream, filename=name)))


def answer(data: bytes, name: str) -> Inspection | RefusedContent:
    """What the door says, one way or the other."""
    try:
        return door(data, name)
    except RefusedContent as refused:
        return refused


def refusal(data: bytes, name: str) -> RefusedContent:
    """The refusal of a file that must not come in."""
    refused = answer(data, name)
    assert isinstance(refused, RefusedContent), f"{name} came in: {refused}"
    assert "%(" not in refused.message
    assert refused.message.endswith((".", "…"))
    return refused


def workbook(rows: list[list[object]] | None = None, title: str = "Payments") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows or [["date", "iban", "amount"], ["2026-03-04", "DE89370400440532013000", 120.5]]:
        sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(
    package: bytes,
    *,
    add: Mapping[str, bytes] | None = None,
    change: Mapping[str, Callable[[bytes], bytes]] | None = None,
    types: str = "",
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A ZIP package with parts added or changed; `types` goes into its content types."""
    changes = dict(change or {})
    if types:
        changes["[Content_Types].xml"] = lambda part: part.replace(b"</Types>", types.encode() + b"</Types>")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", compression) as target:
        for name in source.namelist():
            target.writestr(name, changes.get(name, lambda part: part)(source.read(name)))
        for name, part in (add or {}).items():
            target.writestr(name, part)
    return out.getvalue()


def in_sheet(xml: str) -> Callable[[bytes], bytes]:
    """Puts XML at the end of a worksheet."""
    return lambda part: part.replace(b"</worksheet>", xml.encode() + b"</worksheet>")


def override(name: str, content_type: str) -> str:
    return f'<Override PartName="/{name}" ContentType="{content_type}"/>'


class Paper:
    """A PDF under construction: `page` adds one with lines of text."""

    def __init__(self) -> None:
        self.pdf = pikepdf.Pdf.new()
        self.font = self.pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
                FirstChar=32,
                Widths=pikepdf.Array([556] * 224),
            )
        )

    def page(self, *lines: str) -> pikepdf.Page:
        shown = b"".join(b"(%b) Tj T* " % line.encode("cp1252") for line in lines or ("Payments of March",))
        return self.drawn(b"BT /F1 10 Tf 12 TL 40 800 Td " + shown + b"ET")

    def drawn(self, content: bytes) -> pikepdf.Page:
        page = self.pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=self.font))
        page.obj.Contents = self.pdf.make_stream(content)
        return page

    def annotate(self, page: pikepdf.Page, **entries: object) -> None:
        annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 10, 10], **entries)
        page.obj.Annots = pikepdf.Array([self.pdf.make_indirect(annotation)])

    def bytes(self, **options: object) -> bytes:
        out = io.BytesIO()
        self.pdf.save(out, **options)  # type: ignore[arg-type]
        return out.getvalue()


def paper(*lines: str) -> bytes:
    made = Paper()
    made.page(*lines)
    return made.bytes()
