"""Card numbers on the pages of a PDF are found as a reader sees them, however they are written."""

from __future__ import annotations

import pikepdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream

from efc_portal.core.content import Reason
from efc_portal.core.content.pdf.pages import _unescaped
from tests.core.content.samples import CARD, CARD_SPACED, Paper, door, paper, refusal

BEGIN = b"BT /F1 10 Tf 40 800 Td "
DIGIT = 5.56  # the width of a character at 10 points in the font of these tests


def drawn(content: bytes) -> bytes:
    made = Paper()
    made.page("one")
    made.drawn(content)
    return made.bytes()


def singly(step: float) -> bytes:
    """Each digit shown by itself, moved on by `step`."""
    return (
        BEGIN
        + b"".join(
            b"(%c) Tj " % digit + b"1 0 0 1 %.2f 800 Tm " % (40 + step * (at + 1))
            for at, digit in enumerate(CARD.encode())
        )
        + b"ET"
    )


@pytest.mark.parametrize(
    "content",
    [
        BEGIN + b"(" + CARD.encode() + b") Tj ET",
        BEGIN + b"(Card " + CARD_SPACED.encode() + b" of March) Tj ET",
        BEGIN + b"<" + CARD.encode().hex().encode() + b"> Tj ET",
        BEGIN + b"(\\064\\061\\061\\061\\061111\\\n11111111) Tj ET",
        BEGIN + b"[(4111)-20(1111)15(1111)(1111)] TJ ET",
        BEGIN + b"[(4111)-300(1111)-300(1111)-300(1111)] TJ ET",
        BEGIN + b"(4111) Tj (1111) Tj (1111) Tj (1111) Tj ET",
        BEGIN + b"5 Tc (" + CARD.encode() + b") Tj ET",
        BEGIN + b"14 TL (before) Tj (" + CARD.encode() + b") ' ET",
        BEGIN + b"0 0 (" + CARD.encode() + b') " ET',
        b"q 2 0 0 2 0 0 cm " + BEGIN + b"(" + CARD.encode() + b") Tj ET Q",
        singly(DIGIT),
        b"0 1 -1 0 300 20 cm " + singly(DIGIT),  # turned by ninety degrees
        BEGIN + b"(41111111) Tj ET q 1 0 0 1 44.48 0 cm " + BEGIN + b"(11111111) Tj ET Q",
    ],
)
def test_a_card_number_is_found_however_it_is_drawn(content: bytes) -> None:
    refused = refusal(drawn(content), "statement.pdf")
    assert refused.reason is Reason.CARD_NUMBER
    assert "Page 2" in refused.message
    assert "asterisks" in refused.message


@pytest.mark.parametrize(
    "content",
    [
        BEGIN + b"(20260304) Tj 200 0 Td (41111111) Tj 0 -12 Td (11111111) Tj ET",
        BEGIN + b"(4111) Tj 80 0 Td (1111) Tj 80 0 Td (1111) Tj 80 0 Td (1111) Tj ET",  # four columns
        BEGIN + b"(41111111) Tj 0 -12 Td (11111111) Tj ET",  # two lines
    ],
)
def test_columns_and_lines_are_not_run_together(content: bytes) -> None:
    assert door(drawn(content), "statement.pdf")


def test_a_card_number_in_a_form_is_found_on_its_page() -> None:
    made = Paper()
    made.page("one")
    page = made.page("two")
    content = BEGIN + b"(" + CARD.encode() + b") Tj ET"
    page.obj.Resources.XObject = Dictionary(
        Fm0=Stream(
            made.pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842],
            Resources=Dictionary(Font=Dictionary(F1=made.font)),
        )
    )  # fmt: skip
    assert "Page 2" in refusal(made.bytes(), "statement.pdf").message


@pytest.mark.parametrize("features", ["", "#set text(tracking: 3pt)\n", '#set text(number-width: "tabular")\n'])
def test_a_card_number_in_an_embedded_font_is_found(features: str) -> None:
    assert refusal(typst.compile(f"{features}Card {CARD_SPACED}".encode()), "a.pdf").reason is Reason.CARD_NUMBER
    assert door(typst.compile(f"{features}Card 411111\\*\\*\\*\\*\\*\\*1111".encode()), "a.pdf")


def composite(made: Paper, to_unicode: bytes | None) -> pikepdf.Object:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, W=Array([1, 90, 556]))]),
    )  # fmt: skip
    if to_unicode is not None:
        font.ToUnicode = made.pdf.make_stream(to_unicode)
    return made.pdf.make_indirect(font)


MAPS = [
    b"1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0001> <0031> <0004> <0034> endbfchar",
    b"1 beginbfrange <0000> <0009> <0030> endbfrange",
    b"1 beginbfrange <0001> <0004> [<0031> <0032> <0033> <0034>] endbfrange",
]
CODES = b"".join(b"%04x" % (digit - 48) for digit in CARD.encode())


@pytest.mark.parametrize("to_unicode", MAPS)
def test_character_maps_are_read(to_unicode: bytes) -> None:
    made = Paper()
    page = made.drawn(b"BT /F2 10 Tf 40 800 Td <" + CODES + b"> Tj ET")
    page.obj.Resources.Font.F2 = composite(made, to_unicode)
    assert refusal(made.bytes(), "statement.pdf").reason is Reason.CARD_NUMBER


def test_text_that_nothing_maps_to_characters_is_refused() -> None:
    """A page whose text cannot be read cannot be shown to be free of card numbers."""
    made = Paper()
    page = made.drawn(b"BT /F2 10 Tf 40 800 Td <" + CODES + b"> Tj ET")
    page.obj.Resources.Font.F2 = composite(made, None)
    refused = refusal(made.bytes(), "statement.pdf")
    assert refused.reason is Reason.UNKNOWN
    assert "Page 1" in refused.message


def test_glyph_names_are_read() -> None:
    made = Paper()
    names = [Name.one, Name.four, Name("/uni0035")]
    page = made.drawn(b"BT /F2 10 Tf 40 800 Td (" + CARD.replace("4", "b").replace("1", "a").encode() + b") Tj ET")
    page.obj.Resources.Font.F2 = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, Encoding=Dictionary(Differences=Array([97, *names]))
    )
    assert refusal(made.bytes(), "statement.pdf").reason is Reason.CARD_NUMBER


def test_numbers_that_are_no_card_numbers_come_in() -> None:
    assert door(paper("IBAN DE89 3704 0044 0532 0130 00", "4111 1111 1111 1112", "411111******1111"), "a.pdf")


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_escapes_read_back_whatever_wrote_them(text: bytes) -> None:
    """Written with octal escapes, and as pikepdf writes strings."""
    assert _unescaped(b"".join(b"\\%03o" % byte for byte in text)) == text
    written = pikepdf.String(text).unparse()
    if written.startswith(b"("):
        assert _unescaped(written[1:-1]) == text


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200))
def test_any_content_is_answered(content: bytes) -> None:
    from efc_portal.core.content import RefusedContent

    try:
        door(drawn(content), "statement.pdf")
    except RefusedContent as refused:
        assert refused.message
