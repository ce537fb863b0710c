"""PDF: text and drawn lines come in; pictures, files, media, scripts, protection and leftovers do not."""

from __future__ import annotations

import base64
import io
import zipfile

import pikepdf
import pytest
import typst
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from efc_portal.core.content import Reason
from efc_portal.core.content.pdf import envelope
from tests.core.content.samples import CARD, Paper, door, kept, paper, refusal, workbook

INLINE = b"q 10 0 0 10 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q"


def test_a_document_comes_in_as_it_is() -> None:
    data = paper("Payments of March", "20.00 EUR")
    inspection = door(data, "statement.pdf")
    assert (inspection.kind, inspection.encoding, inspection.pans, inspection.size) == ("pdf", None, 0, len(data))
    assert kept(data, "statement.pdf") == data


@pytest.mark.parametrize(
    "options",
    [
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"linearize": True},
        {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
        {"force_version": "1.4", "object_stream_mode": pikepdf.ObjectStreamMode.disable},
    ],
)
def test_all_usual_ways_of_saving_come_in(options: dict[str, object]) -> None:
    made = Paper()
    for number in range(12):
        made.page(f"Page {number}", "20.00 EUR")
    with made.pdf.open_metadata() as metadata:
        metadata["dc:title"] = "Payments"
    with made.pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("March", 0))
    assert door(made.bytes(**options), "statement.pdf").kind == "pdf"


def test_a_typeset_document_comes_in() -> None:
    source = b"= Statement\n#table(columns: 2, [IBAN], [DE89 3704 0044 0532 0130 00], [Paid], [20.00 EUR])\n"
    assert door(typst.compile(source), "statement.pdf").kind == "pdf"


def test_links_and_notes_come_in() -> None:
    made = Paper()
    page = made.page()
    made.annotate(page, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="https://example.org"))
    other = made.page()
    made.annotate(other, Subtype=Name.Text, Contents="Seen by two people")
    assert door(made.bytes(), "statement.pdf")


def image(pdf: Pdf, **entries: object) -> Stream:
    return Stream(
        pdf, b"\xff", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, **entries,
    )  # fmt: skip


def form(pdf: Pdf, content: bytes, **resources: object) -> Stream:
    return Stream(
        pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=Dictionary(**resources)
    )


def with_image(made: Paper, page: pikepdf.Page) -> None:
    page.obj.Resources.XObject = Dictionary(Im0=image(made.pdf))


def with_image_in_form(made: Paper, page: pikepdf.Page) -> None:
    inner = form(made.pdf, b"/Im0 Do", XObject=Dictionary(Im0=made.pdf.make_indirect(image(made.pdf))))
    page.obj.Resources.XObject = Dictionary(Fm0=inner)


def with_inline(made: Paper, page: pikepdf.Page) -> None:
    page.obj.Contents = made.pdf.make_stream(INLINE)


def with_split_inline(made: Paper, page: pikepdf.Page) -> None:
    half = INLINE.index(b"/BPC")
    page.obj.Contents = Array([made.pdf.make_stream(INLINE[:half]), made.pdf.make_stream(INLINE[half:])])


def with_inline_in_form(made: Paper, page: pikepdf.Page) -> None:
    page.obj.Resources.XObject = Dictionary(Fm0=form(made.pdf, INLINE))


def with_inline_in_pattern(made: Paper, page: pikepdf.Page) -> None:
    pattern = Stream(
        made.pdf, INLINE, Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9], XStep=9,
        YStep=9, Resources=Dictionary(),
    )  # fmt: skip
    page.obj.Resources.Pattern = Dictionary(P0=pattern)


def with_inline_in_glyph(made: Paper, page: pikepdf.Page) -> None:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 9, 9], FontMatrix=[0.1, 0, 0, 0.1, 0, 0], FirstChar=97,
        LastChar=97, Widths=[9], Encoding=Dictionary(Differences=[97, Name.a]),
        CharProcs=Dictionary(a=made.pdf.make_stream(b"9 0 d0 " + INLINE)),
    )  # fmt: skip
    page.obj.Resources.Font.F9 = made.pdf.make_indirect(font)


def with_inline_in_note(made: Paper, page: pikepdf.Page) -> None:
    made.annotate(page, Subtype=Name.Stamp, AP=Dictionary(N=form(made.pdf, INLINE)))


def with_thumbnail(made: Paper, page: pikepdf.Page) -> None:
    page.obj.Thumb = made.pdf.make_indirect(image(made.pdf))


def with_nameless_image(made: Paper, page: pikepdf.Page) -> None:
    page.obj.Resources.XObject = Dictionary(X=Stream(made.pdf, b"\xff", Width=1, Height=1))


PICTURES = [
    with_image, with_image_in_form, with_inline, with_split_inline, with_inline_in_form, with_inline_in_pattern,
    with_inline_in_glyph, with_inline_in_note, with_thumbnail, with_nameless_image,
]  # fmt: skip


@pytest.mark.parametrize("put", PICTURES)
def test_a_picture_is_refused_wherever_it_is(put) -> None:  # type: ignore[no-untyped-def]
    made = Paper()
    made.page("one")
    put(made, made.page("two"))
    made.page("three")
    refused = refusal(made.bytes(), "statement.pdf")
    assert refused.reason is Reason.PICTURE_INSIDE
    assert "without pictures and logos" in refused.message
    assert "hotline" in refused.message


def test_the_page_of_an_inline_picture_is_named() -> None:
    made = Paper()
    made.page("one")
    with_inline(made, made.page("two"))
    assert "Page 2 of “statement.pdf”" in refusal(made.bytes(), "statement.pdf").message


@pytest.mark.parametrize("filters", [Name.DCTDecode, Name.JPXDecode, Name.JBIG2Decode, Name.CCITTFaxDecode])
def test_picture_compressions_are_refused_whatever_they_compress(filters: Name) -> None:
    made = Paper()
    made.page().obj.Hidden = Stream(made.pdf, b"x", Filter=filters)
    assert refusal(made.bytes(), "statement.pdf").reason is Reason.PICTURE_INSIDE


def test_a_picture_under_an_escaped_name_is_refused() -> None:
    made = Paper()
    with_image(made, made.page())
    data = made.bytes().replace(b"/Subtype /Image", b"/Subtype /#49m#61ge")
    assert b"/#49m#61ge" in data
    assert refusal(data, "statement.pdf").reason is Reason.PICTURE_INSIDE


def test_an_image_that_no_table_lists_is_refused() -> None:
    """Bytes of a picture that no page shows and no cross-reference names are in the file all the same."""
    stream = b"99 0 obj\n<< /Type /XObject /Subtype /Image /Length 1 >>\nstream\n\xff\nendstream\nendobj\n"
    data = paper()
    place = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    assert refusal(data[:place] + stream + data[place:], "statement.pdf").reason is Reason.PICTURE_INSIDE


def test_a_picture_packed_into_any_stream_is_refused() -> None:
    for content in (
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        bytes(500) + b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(99),
        b"BT ET" * 99 + b"\x00\x00\x00\x18ftypheic" + bytes(99),
    ):
        made = Paper()
        made.page().obj.Hidden = Stream(made.pdf, content)
        assert refusal(made.bytes(), "statement.pdf").reason is Reason.PICTURE_INSIDE
        assert refusal(made.bytes(compress_streams=False), "statement.pdf").reason is Reason.PICTURE_INSIDE


def test_a_preview_in_the_properties_is_refused() -> None:
    made = Paper()
    made.page()
    picture = base64.b64encode(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(99))
    made.pdf.Root.Metadata = Stream(
        made.pdf, b"<x:xmpmeta><xmpGImg:image>" + picture + b"</xmpGImg:image></x:xmpmeta>", Type=Name.Metadata
    )
    assert refusal(made.bytes(fix_metadata_version=False), "statement.pdf").reason is Reason.PICTURE_INSIDE


def with_attachment(made: Paper, page: pikepdf.Page) -> None:
    made.pdf.attachments["payments.csv"] = b"a;b\n1;2\n"


def with_file_note(made: Paper, page: pikepdf.Page) -> None:
    made.annotate(page, Subtype=Name.FileAttachment)


def with_associated_file(made: Paper, page: pikepdf.Page) -> None:
    file = Stream(made.pdf, b"x", Type=Name.EmbeddedFile)
    made.pdf.Root.AF = Array([Dictionary(Type=Name.Filespec, F="x.csv", EF=Dictionary(F=file))])


def with_portfolio(made: Paper, page: pikepdf.Page) -> None:
    made.pdf.Root.Collection = Dictionary(Type=Name.Collection)


@pytest.mark.parametrize("put", [with_attachment, with_file_note, with_associated_file, with_portfolio])
def test_files_inside_are_refused(put) -> None:  # type: ignore[no-untyped-def]
    made = Paper()
    put(made, made.page())
    assert refusal(made.bytes(), "statement.pdf").reason is Reason.FILE_INSIDE


@pytest.mark.parametrize("subtype", ["RichMedia", "Movie", "Sound", "Screen", "3D"])
def test_media_are_refused_with_their_page(subtype: str) -> None:
    made = Paper()
    made.page("one")
    made.annotate(made.page("two"), Subtype=Name(f"/{subtype}"))
    refused = refusal(made.bytes(), "statement.pdf")
    assert refused.reason is Reason.FILE_INSIDE
    assert "Page 2" in refused.message


@pytest.mark.parametrize(
    "action",
    [
        Dictionary(S=Name.JavaScript, JS="app.alert(1)"),
        Dictionary(S=Name.Launch, F="calc.exe"),
        Dictionary(S=Name.SubmitForm, F="https://example.org"),
        Dictionary(S=Name.ImportData, F="x.fdf"),
        Dictionary(S=Name.Rendition),
        Dictionary(S=Name.GoToE, F="x.pdf"),
        Dictionary(S=Name.URI, URI="javascript:alert(1)"),
        Dictionary(S=Name.URI, URI="file:///c:/x"),
        Dictionary(S=Name.URI, URI="https://example.org", Next=Dictionary(S=Name.JavaScript, JS="1")),
    ],
)
def test_scripts_and_actions_are_refused(action: Dictionary) -> None:
    made = Paper()
    made.annotate(made.page(), Subtype=Name.Link, A=action)
    assert refusal(made.bytes(), "statement.pdf").reason is Reason.ACTIVE


def test_scripts_that_run_on_opening_are_refused() -> None:
    for place in ("OpenAction", "AA"):
        made = Paper()
        made.page()
        script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        made.pdf.Root[f"/{place}"] = script if place == "OpenAction" else Dictionary(O=script)
        assert refusal(made.bytes(), "statement.pdf").reason is Reason.ACTIVE


def test_forms_in_xml_are_refused() -> None:
    made = Paper()
    made.page()
    made.pdf.Root.AcroForm = Dictionary(Fields=[], XFA=made.pdf.make_stream(b"<xdp/>"))
    refused = refusal(made.bytes(), "statement.pdf")
    assert refused.reason is Reason.ACTIVE
    assert "XFA" in refused.message


def test_links_to_other_documents_are_refused() -> None:
    made = Paper()
    made.annotate(made.page(), Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F="other.pdf"))
    assert refusal(made.bytes(), "statement.pdf").reason is Reason.LINKED


@pytest.mark.parametrize(("user", "owner"), [("secret", "secret"), ("", "secret")])
def test_protected_documents_are_refused(user: str, owner: str) -> None:
    made = Paper()
    made.page()
    data = made.bytes(encryption=pikepdf.Encryption(user=user, owner=owner))
    refused = refusal(data, "statement.pdf")
    assert refused.reason is Reason.ENCRYPTED
    assert "without a password" in refused.message


def test_a_document_that_is_something_else_as_well_is_refused() -> None:
    data = paper()
    assert refusal(data + workbook(), "statement.pdf").reason is Reason.POLYGLOT
    assert refusal(data + b"<html>", "statement.pdf").reason is Reason.POLYGLOT
    assert refusal(data + b"MZ" + bytes(99), "statement.pdf").reason is Reason.POLYGLOT
    assert refusal(b"\n" + data, "statement.pdf")
    assert refusal(b"GIF89a" + data, "statement.pdf").reason is Reason.IMAGE
    assert door(data + b"\r\n\r\n", "statement.pdf")


def test_a_zip_archive_wound_around_a_document_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("payments.csv", "a;b")
    made = Paper()
    made.page().obj.Hidden = Stream(made.pdf, out.getvalue())
    data = made.bytes(compress_streams=False)
    assert refusal(data, "statement.pdf").reason in (Reason.POLYGLOT, Reason.FILE_INSIDE)


def test_a_text_that_turns_into_a_document_is_refused() -> None:
    text = "Payments\n%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\nstartxref\n9\n%%EOF\n"
    assert refusal(text.encode(), "payments.txt").reason is Reason.POLYGLOT


def test_earlier_versions_in_the_file_are_refused() -> None:
    """What was removed by a change that was appended is still there for anybody who cuts the end off."""
    data = paper("A name that is removed later")
    with Pdf.open(io.BytesIO(data)) as pdf:
        contents, size = pdf.pages[0].obj.Contents.objgen[0], len(pdf.objects) + 1
    before = data[data.rindex(b"startxref") :].split()[1]
    change = b"%d 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n" % contents
    table = b"xref\n%d 1\n%010d 00000 n \n" % (contents, len(data))
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Prev %b >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, before, len(data) + len(change),
    )  # fmt: skip
    changed = data + change + table + trailer
    with Pdf.open(io.BytesIO(changed), attempt_recovery=False) as pdf:
        assert pdf.pages[0].obj.Contents.read_bytes() == b""
    refused = refusal(changed, "statement.pdf")
    assert refused.reason is Reason.EARLIER_VERSION
    assert "earlier version" in refused.message


@pytest.mark.parametrize("cut", [20, 200, 400])
def test_a_damaged_document_is_refused(cut: int) -> None:
    data = paper()
    assert refusal(data[:-cut], "statement.pdf").reason is Reason.MALFORMED
    assert refusal(data[:cut] + data[cut + 9 :], "statement.pdf").reason in (Reason.MALFORMED, Reason.UNKNOWN)
    assert refusal(b"%PDF-1.7\n%%EOF", "statement.pdf").reason is Reason.MALFORMED


@pytest.mark.parametrize("filters", [Name.LZWDecode, Array([Name.FlateDecode, Name.FlateDecode])])
def test_unusual_compressions_are_refused(filters: pikepdf.Object) -> None:
    made = Paper()
    made.page().obj.Hidden = Stream(made.pdf, b"x", Filter=filters)
    data = made.bytes(stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    assert refusal(data, "statement.pdf").reason is Reason.UNKNOWN


def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    made = Paper()
    made.drawn(b" " * (envelope.MAX_STREAM + 1))
    data = made.bytes()
    assert len(data) < 200_000
    assert refusal(data, "statement.pdf").reason is Reason.TOO_COMPLEX


def test_many_streams_that_unpack_to_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "MAX_STREAMS", 3_000_000)
    made = Paper()
    for _number in range(4):
        made.drawn(b" " * 1_000_000)
    assert refusal(made.bytes(), "statement.pdf").reason is Reason.TOO_COMPLEX


def test_a_list_of_more_objects_than_the_file_has_is_refused() -> None:
    made = Paper()
    made.page().obj.Hidden = Stream(made.pdf, b"x", Type=Name.ObjStm, N=5_000_000, First=0)
    assert refusal(made.bytes(), "statement.pdf").reason is Reason.TOO_COMPLEX


def test_a_flood_of_objects_is_refused() -> None:
    data = b"%PDF-1.7\n" + b"1 0 obj\nnull\nendobj\n" * 210_000 + b"startxref\n9\n%%EOF\n"
    assert refusal(data, "statement.pdf").reason is Reason.TOO_COMPLEX


def test_card_numbers_beside_the_pages_are_refused() -> None:
    titled = Paper()
    titled.page()
    titled.pdf.docinfo["/Title"] = f"Card {CARD}"
    noted = Paper()
    noted.annotate(noted.page(), Subtype=Name.Text, Contents=f"Card {CARD}")
    field = Paper()
    field.page()
    field.pdf.Root.AcroForm = Dictionary(Fields=[Dictionary(T="card", V=CARD)])
    for made in (titled, noted, field):
        refused = refusal(made.bytes(), "statement.pdf")
        assert refused.reason is Reason.CARD_NUMBER
        assert "properties, fields, notes or bookmarks" in refused.message
