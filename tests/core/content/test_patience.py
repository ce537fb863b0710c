"""Small files that once kept a process busy for hours. A pattern or a loop in one piece heeds no deadline."""

from __future__ import annotations

import io
import time

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from tests.core.content.samples import CARD, answer

DIGITS = b"9" * 400_000
LETTER = b"BT /F1 12 Tf (a) Tj ET"


def paper(content: bytes, *, characters: bytes = b"", widths: int = 0) -> bytes:
    """A document of one page, its font with a map of characters or with so many ranges of widths."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.Contents = pdf.make_stream(content)
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.A, W=Array([0, 65535, 500] * widths))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.A, DescendantFonts=Array([below]))
    font.ToUnicode = pdf.make_stream(characters)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def unlisted(entry: bytes) -> bytes:
    """A document with a stream that no table lists."""
    return paper(LETTER).replace(b"xref", b"9 0 obj<<" + entry + b">>stream\nabc\nendstream endobj\nxref", 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("number.json", b'{"a":' + DIGITS + b"}"),
        ("comments.xml", b"<!-- -->" * 4000 + b"<zz/>"),
        ("comments.txt", b"<!-- -->" * 4000 + b"zz"),
        ("operand.pdf", paper(DIGITS + b"x")),
        ("digits.pdf", unlisted(b"/Filter " + DIGITS + b" x")),
        ("spaces.pdf", unlisted(b"/Filter " + b" " * 400_000 + b"x")),
        ("begins.pdf", paper(LETTER, characters=b"beginbfchar" * 80_000)),
        ("ranges.pdf", paper(LETTER, characters=b"beginbfrange" + b"<0000><ffff><0000>" * 5000 + b"endbfrange")),
        ("widths.pdf", paper(LETTER, widths=20_000)),
    ],
)
def test_no_file_is_worked_on_for_long(name: str, content: bytes) -> None:
    began = time.process_time()
    answer(content, name)
    assert time.process_time() - began < 10


def test_sections_of_a_map_that_are_not_closed_hide_no_others() -> None:
    characters = b"beginbfchar <00> beginbfrange <0000><0009><0030> endbfrange beginbfchar <01>"
    digits = b"".join(b"<%04x> Tj " % int(digit) for digit in CARD)
    refused = answer(paper(b"BT /F1 12 Tf " + digits + b"ET", characters=characters), "statement.pdf")
    assert "card number" in str(refused), refused
