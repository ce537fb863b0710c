"""XML: well-formed, without a document type, entities or anything that acts; card numbers go wherever they stand."""

from __future__ import annotations

import codecs
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efc_portal.core.content import Reason, xml_text
from efc_portal.core.content.cards import Cards
from efc_portal.core.content.limits import Deadline
from tests.core.content.samples import CARD, CARD_SPACED, CUT, door, kept, refusal

REPORT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- March -->\n<report xmlns="http://goaml.example/5" code=\'a > b\'>'
    '<transaction amount="20.00">Spende &amp; Dank — “ä”<![CDATA[ a < b ]]></transaction><?note x?></report>\n'
)


def test_xml_comes_in_as_it_is() -> None:
    inspection = door(REPORT.encode(), "report.xml")
    assert (inspection.kind, inspection.encoding) == ("xml", "UTF-8")
    assert kept(REPORT.encode(), "report.xml") == REPORT.encode()


@pytest.mark.parametrize(
    ("declared", "codec", "mark", "told"),
    [
        ("utf-8", "utf-8", codecs.BOM_UTF8, "UTF-8-BOM"),
        ("UTF-16", "utf-16-le", codecs.BOM_UTF16_LE, "UTF-16LE"),
        ("utf-16", "utf-16-be", codecs.BOM_UTF16_BE, "UTF-16BE"),
        ("ISO-8859-1", "latin-1", b"", "Windows-1252"),
        ("windows-1252", "cp1252", b"", "Windows-1252"),
    ],
)
def test_bytes_and_declaration_agree_on_the_encoding(declared: str, codec: str, mark: bytes, told: str) -> None:
    data = mark + f'<?xml version="1.0" encoding="{declared}"?><r>Spende ä {CARD}</r>'.encode(codec)
    inspection = door(data, "report.xml")
    assert (inspection.encoding, inspection.pans) == (told, 1)
    assert kept(data, "report.xml") == data.replace(CARD.encode(codec), CUT.encode(codec))


@pytest.mark.parametrize("declared", ["utf-7", "utf-16", "ebcdic-cp-be", "shift_jis", "iso-8859-15"])
def test_a_declaration_that_says_something_else_is_refused(declared: str) -> None:
    refused = refusal(f'<?xml version="1.0" encoding="{declared}"?><r/>'.encode(), "report.xml")
    assert refused.reason is Reason.ENCODING
    assert declared in refused.message


def test_windows_text_that_declares_nothing_is_refused() -> None:
    assert refusal("<r>ä</r>".encode("cp1252"), "report.xml").reason is Reason.ENCODING


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE r><r/>",
        '<!DOCTYPE r SYSTEM "http://example.org/r.dtd"><r/>',
        '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>',
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><r>&c;</r>',
        '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://example.org/x">%a;]><r/>',
    ],
)
def test_document_types_and_entities_are_refused(text: str) -> None:
    refused = refusal(text.encode(), "report.xml")
    assert refused.reason is Reason.DTD
    assert "DOCTYPE" in refused.message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<r><x:svg xmlns:x='http://www.w3.org/2000/svg'/></r>", Reason.IMAGE),
        ("<r xmlns:h='http://www.w3.org/1999/xhtml'><h:p/></r>", Reason.WEB_PAGE),
        ("<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform'/>", Reason.WEB_PAGE),
        ("<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><r/>", Reason.ACTIVE),
        ("<?mso-application progid='Excel.Sheet'?><r/>", Reason.ACTIVE),
    ],
)
def test_pictures_pages_and_stylesheets_are_refused(text: str, reason: Reason) -> None:
    assert refusal(text.encode(), "report.xml").reason is reason


@pytest.mark.parametrize(
    "text", ["<r>", "<r></s>", "<r a=1/>", "<r>&nbsp;</r>", "<r/><r/>", "<r>]]></r>", "<r a='<'/>"]
)
def test_what_is_nearly_xml_is_told_where_it_breaks(text: str) -> None:
    refused = refusal(text.encode(), "report.xml")
    assert refused.reason is Reason.MALFORMED
    assert "line 1" in refused.message


def test_depth_and_length_are_bounded() -> None:
    assert door(b"<a>" * 100 + b"</a>" * 100, "deep.xml")
    assert refusal(b"<a>" * 101 + b"</a>" * 101, "deep.xml").reason is Reason.TOO_COMPLEX
    for form in ("<r>{}</r>", "<r a='{}'/>", "<r><!--{}--></r>"):
        assert refusal(form.format("a b " * 400_000).encode(), "long.xml").reason is Reason.TOO_COMPLEX


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"<r>{CARD}</r>", f"<r>{CUT}</r>"),
        (f"<r a='{CARD}'/>", f"<r a='{CUT}'/>"),
        (f'<r a="x &gt; {CARD}"/>', f'<r a="x &gt; {CUT}"/>'),
        (f"<r>a &amp; {CARD_SPACED}</r>", f"<r>a &amp; {CUT}</r>"),
        ("<r>&#52;111&#x31;11111111111</r>", f"<r>{CUT}</r>"),
        ("<r>4111&#32;1111 1111 1111</r>", f"<r>{CUT}</r>"),
        (f"<r><![CDATA[{CARD}]]></r>", f"<r><![CDATA[{CUT}]]></r>"),
        (f"<r><!-- {CARD} --></r>", f"<r><!-- {CUT} --></r>"),
        (f"<r><?x {CARD}?></r>", f"<r><?x {CUT}?></r>"),
    ],
)
def test_card_numbers_are_truncated_and_it_stays_xml(text: str, after: str) -> None:
    assert door(text.encode(), "report.xml").pans == 1
    stored = kept(text.encode(), "report.xml").decode()
    assert stored == after
    ET.fromstring(stored)


def test_a_card_number_in_the_name_of_a_tag_is_refused() -> None:
    assert refusal(f"<r><card.{CARD}/></r>".encode(), "report.xml").reason is Reason.CARD_NUMBER


@settings(deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20), max_size=6),
    st.integers(1, 40),
)
def test_other_xml_stays_what_it_was_whatever_the_chunks(texts: list[str], size: int) -> None:
    root = ET.Element("report")
    for text in texts:
        child = ET.SubElement(root, "note", {"about": text})
        child.text = child.tail = text
    written = ET.tostring(root, encoding="unicode")
    chunks = [written[at : at + size] for at in range(0, len(written), size)]
    cards = Cards()
    assert "".join(xml_text.rewritten(chunks, cards, Deadline())) == written or cards.count
