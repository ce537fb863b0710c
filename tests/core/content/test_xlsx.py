"""XLSX: every part known and read; pictures, files, macros, links and card numbers named with their place."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetPicture
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image

from efc_portal.core.content import Reason
from tests.core.content.samples import (
    CARD,
    CARD_SPACED,
    door,
    in_sheet,
    kept,
    override,
    refusal,
    repacked,
    saved,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"
OFFICE = "application/vnd.openxmlformats-officedocument"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


def related(target: str, kind: str, mode: str = "") -> bytes:
    external = f' TargetMode="{mode}"' if mode else ""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}"{external}/></Relationships>'
    ).encode()


def test_a_workbook_comes_in_as_it_is() -> None:
    data = workbook()
    inspection = door(data, "payments.xlsx")
    assert (inspection.kind, inspection.encoding, inspection.pans, inspection.size) == ("xlsx", None, 0, len(data))
    assert kept(data, "payments.xlsx") == data


def test_what_offices_put_into_workbooks_comes_in() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["month", "amount"], ["March", 120.0], ["April", 80.0], ["Sum", "=SUM(B2:B3)"]]:
        sheet.append(row)
    sheet["A1"].comment = Comment("Seen by two people", "analyst")
    sheet["A2"].hyperlink = "https://example.org/payments"
    sheet.merge_cells("C1:D1")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    book.create_sheet("Hidden").sheet_state = "veryHidden"
    book.defined_names["total"] = DefinedName("total", attr_text="Sheet!$B$4")
    assert door(saved(book), "payments.xlsx").kind == "xlsx"


def test_printer_settings_come_in_when_they_are_some() -> None:
    name = "xl/printerSettings/printerSettings1.bin"
    types = override(name, f"{OFFICE}.spreadsheetml.printerSettings")
    devmode = "Printer".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<4H", 0x0401, 6, 220, 100) + bytes(248)
    assert door(repacked(workbook(), add={name: devmode}, types=types), "payments.xlsx")
    for other in (b"Payments", png(), devmode[:-100] + png(), devmode + bytes(4000)):
        assert refusal(repacked(workbook(), add={name: other}, types=types), "payments.xlsx").reason is Reason.UNKNOWN


def test_a_picture_on_a_sheet_is_refused_with_its_part() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.add_image(SheetPicture(io.BytesIO(png())), "A1")
    refused = refusal(saved(book), "payments.xlsx")
    assert refused.reason is Reason.PICTURE_INSIDE
    assert "xl/media/image1.png" in refused.message
    assert "hotline" in refused.message


@pytest.mark.parametrize(
    ("name", "content_type", "reason"),
    [
        ("docProps/thumbnail.jpeg", "image/jpeg", Reason.PICTURE_INSIDE),
        ("xl/media/sound.wav", "audio/wav", Reason.PICTURE_INSIDE),
        ("xl/anything.bin", "image/x-emf", Reason.PICTURE_INSIDE),
        ("xl/embeddings/oleObject1.bin", f"{OFFICE}.oleObject", Reason.FILE_INSIDE),
        ("xl/embeddings/report.docx", f"{OFFICE}.package", Reason.FILE_INSIDE),
        ("xl/vbaProject.bin", "application/vnd.ms-office.vbaProject", Reason.ACTIVE),
        ("xl/macrosheets/sheet1.xml", "application/vnd.ms-excel.macrosheet+xml", Reason.ACTIVE),
        ("xl/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml", Reason.ACTIVE),
        ("xl/ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml", Reason.ACTIVE),
        ("xl/externalLinks/externalLink1.xml", f"{OFFICE}.spreadsheetml.externalLink+xml", Reason.LINKED),
        ("xl/connections.xml", f"{OFFICE}.spreadsheetml.connections+xml", Reason.LINKED),
        ("xl/queryTables/queryTable1.xml", f"{OFFICE}.spreadsheetml.queryTable+xml", Reason.LINKED),
        ("xl/model/item.data", "application/vnd.openxmlformats-officedocument.model+data", Reason.LINKED),
        ("xl/unheard/of.xml", "application/x-unheard-of+xml", Reason.UNKNOWN),
        ("xl/of/no.type", "", Reason.UNKNOWN),
    ],
)
def test_parts_that_do_not_belong_are_refused(name: str, content_type: str, reason: Reason) -> None:
    types = override(name, content_type) if content_type else ""
    refused = refusal(repacked(workbook(), add={name: b"<x/>"}, types=types), "payments.xlsx")
    assert refused.reason is reason
    assert name in refused.message


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", Reason.ACTIVE),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", Reason.ACTIVE),
        (f"{OFFICE}.spreadsheetml.template.main+xml", Reason.OFFICE),
        (f"{OFFICE}.wordprocessingml.document.main+xml", Reason.FILE_INSIDE),
    ],
)
def test_other_kinds_of_workbook_are_refused(kind: str, reason: Reason) -> None:
    def other(part: bytes) -> bytes:
        return part.replace(f"{OFFICE}.spreadsheetml.sheet.main+xml".encode(), kind.encode())

    data = repacked(workbook(), change={"[Content_Types].xml": other})
    assert refusal(data, "payments.xlsx").reason is reason


def test_a_workbook_under_another_name_is_told_its_ending() -> None:
    assert "ends in .xlsx" in refusal(workbook(), "payments.csv").message
    assert refusal(workbook(), "payments.xlsm").reason is Reason.NAME


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("file:///C:/other.xlsx", "hyperlink"),
        ("other.xlsx", "hyperlink"),
        ("\\\\server\\share\\other.xlsx", "hyperlink"),
        ("javascript:alert(1)", "hyperlink"),
        ("https://example.org/logo.png", "image"),
        ("https://example.org/template.xltx", "attachedTemplate"),
    ],
)
def test_links_to_other_files_are_refused(target: str, kind: str) -> None:
    rels = {"xl/worksheets/_rels/sheet1.xml.rels": related(target, kind, "External")}
    assert refusal(repacked(workbook(), add=rels), "payments.xlsx").reason is Reason.LINKED


@pytest.mark.parametrize(
    "formula",
    [
        "cmd|'/c calc'!A0",
        "cmd|/c!A0",
        '_xlfn.WEBSERVICE("https://example.org/"&amp;A1)',
        '_xlfn.IMAGE("https://example.org/a.png")',
        'RTD("server",,"topic")',
    ],
)
def test_formulas_that_start_or_fetch_something_are_refused_with_their_cell(formula: str) -> None:
    cell = f'<row r="9"><c r="C9"><f>{formula}</f><v>1</v></c></row></sheetData>'.encode()
    data = repacked(workbook(), change={SHEET: lambda part: part.replace(b"</sheetData>", cell)})
    refused = refusal(data, "payments.xlsx")
    assert refused.reason is Reason.ACTIVE
    assert "cell C9 of sheet “Payments”" in refused.message


def test_ordinary_formulas_are_not_taken_for_active_ones() -> None:
    rows = [["=SUM(A2:A9)"], ['="a|b"&"IMAGE(x)"'], ["='A|B'!A1"], ["=CALLS(1)"], ["=IF(A1>0,1,0)"]]
    book = openpyxl.Workbook()
    book.create_sheet("A|B")
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    assert door(saved(book), "payments.xlsx")


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ('<picture xmlns:r="x" r:id="rId1"/>', Reason.PICTURE_INSIDE),
        ("<oleObjects/>", Reason.FILE_INSIDE),
        ("<controls/>", Reason.FILE_INSIDE),
        ("<webPublishItems><webPublishItem/></webPublishItems>", Reason.LINKED),
    ],
)
def test_elements_that_do_not_belong_are_refused(xml: str, reason: Reason) -> None:
    assert refusal(repacked(workbook(), change={SHEET: in_sheet(xml)}), "payments.xlsx").reason is reason


@pytest.mark.parametrize(
    "drawing",
    [
        '<xdr:wsDr xmlns:xdr="x"><xdr:pic/></xdr:wsDr>',
        '<xdr:wsDr xmlns:xdr="x" xmlns:a="y"><a:blip/></xdr:wsDr>',
    ],
)
def test_drawings_with_pictures_are_refused(drawing: str) -> None:
    name = "xl/drawings/drawing1.xml"
    data = repacked(workbook(), add={name: drawing.encode()}, types=override(name, f"{OFFICE}.drawing+xml"))
    assert refusal(data, "payments.xlsx").reason is Reason.PICTURE_INSIDE


@pytest.mark.parametrize("fill", ['<v:imagedata src="x"/>', '<v:fill type="frame" src="x"/>'])
def test_pictures_in_old_drawings_are_refused(fill: str) -> None:
    name = "xl/drawings/vmlDrawing1.vml"
    part = f'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape>{fill}</v:shape></xml>'.encode()
    data = repacked(workbook(), add={name: part}, types=override(name, f"{OFFICE}.vmlDrawing"))
    assert refusal(data, "payments.xlsx").reason is Reason.PICTURE_INSIDE


@pytest.mark.parametrize("value", [CARD, CARD_SPACED, int(CARD), float(CARD), f"paid by {CARD} on 4 March"])
def test_a_card_number_in_a_cell_is_refused_with_sheet_and_cell(value: object) -> None:
    refused = refusal(workbook([["date", "card"], ["2026-03-04", value]], "Q1 payments"), "payments.xlsx")
    assert refused.reason is Reason.CARD_NUMBER
    assert "cell B2 of sheet “Q1 payments”" in refused.message
    assert "asterisks" in refused.message
    assert CARD not in refused.message


def cells(xml: str) -> bytes:
    row = f'<row r="7"><c r="D7"{xml}</c></row></sheetData>'.encode()
    return repacked(workbook(), change={SHEET: lambda part: part.replace(b"</sheetData>", row)})


@pytest.mark.parametrize(
    "xml",
    [
        f"><v>{CARD}</v>",
        "><v>4.111111111111111E15</v>",
        f' t="str"><v>{CARD_SPACED}</v>',
        f' t="inlineStr"><is><t>{CARD}</t></is>',
        ' t="inlineStr"><is><r><rPr><b/></rPr><t>41111111</t></r><r><rPr><i/></rPr><t>11111111</t></r></is>',
        f'><f>"{CARD}"</f><v>1</v>',
        " t='str'><v>4111&#49;11111111111</v>",
    ],
)
def test_a_card_number_is_found_however_a_cell_is_written(xml: str) -> None:
    refused = refusal(cells(xml), "payments.xlsx")
    assert refused.reason is Reason.CARD_NUMBER
    assert "cell D7" in refused.message


@pytest.mark.parametrize("number", ["750.6799999999999", "4.5111111111111112E-2", "123456789012", "1E300"])
def test_amounts_are_no_card_numbers(number: str) -> None:
    assert door(cells(f"><v>{number}</v>"), "payments.xlsx")


def with_comment(book: openpyxl.Workbook) -> None:
    assert book.active is not None
    book.active["A1"].comment = Comment(f"card {CARD}", "analyst")


def with_title(book: openpyxl.Workbook) -> None:
    book.properties.title = f"Card {CARD}"


def with_sheet_name(book: openpyxl.Workbook) -> None:
    book.create_sheet(f"card {CARD}")


def with_header(book: openpyxl.Workbook) -> None:
    assert book.active is not None
    book.active.oddHeader.center.text = f"Card {CARD}"


def with_name(book: openpyxl.Workbook) -> None:
    book.defined_names["card"] = DefinedName("card", attr_text=f'"{CARD}"')


def with_link(book: openpyxl.Workbook) -> None:
    assert book.active is not None
    book.active["A1"].hyperlink = f"https://example.org/?card={CARD}"


@pytest.mark.parametrize("place", [with_comment, with_title, with_sheet_name, with_header, with_name, with_link])
def test_a_card_number_anywhere_else_is_refused(place: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.Workbook()
    place(book)
    refused = refusal(saved(book), "payments.xlsx")
    assert refused.reason is Reason.CARD_NUMBER
    assert CARD not in refused.message


def shared(*strings: str, cell: int) -> bytes:
    """A workbook whose cell E8 shows one of its shared strings, as Excel writes it."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    table = f'<sst xmlns="{main}">' + "".join(f"<si>{string}</si>" for string in strings) + "</sst>"
    row = f'<row r="8"><c r="E8" t="s"><v>{cell}</v></c></row></sheetData>'.encode()
    return repacked(
        workbook(),
        add={"xl/sharedStrings.xml": table.encode()},
        types=override("xl/sharedStrings.xml", f"{OFFICE}.spreadsheetml.sharedStrings+xml"),
        change={SHEET: lambda part: part.replace(b"</sheetData>", row)},
    )


RUNS = "<r><rPr><b/></rPr><t>41111111</t></r><r><t>11111111</t></r>"


@pytest.mark.parametrize("string", [f"<t>{CARD}</t>", f"<t>paid by {CARD_SPACED}</t>", RUNS])
def test_a_card_number_among_the_shared_strings_is_found_in_its_cell(string: str) -> None:
    refused = refusal(shared("<t>date</t>", string, "<t>amount</t>", cell=1), "payments.xlsx")
    assert refused.reason is Reason.CARD_NUMBER
    assert "cell E8 of sheet “Payments”" in refused.message


def test_a_card_number_that_no_cell_shows_is_refused() -> None:
    refused = refusal(shared("<t>date</t>", f"<t>{CARD}</t>", cell=0), "payments.xlsx")
    assert refused.reason is Reason.CARD_NUMBER
    assert "no cell shows" in refused.message


def test_shared_strings_without_card_numbers_come_in() -> None:
    assert door(shared("<t>date</t>", "<r><t>pay</t></r><r><t>ments</t></r>", cell=1), "payments.xlsx")


def test_a_picture_written_into_a_cell_is_refused() -> None:
    refused = refusal(workbook([[base64.b64encode(png().ljust(200, b"\0")).decode()]]), "payments.xlsx")
    assert refused.reason is Reason.FILE_INSIDE
    assert "PNG" in refused.message


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>', Reason.DTD),
        (b"<worksheet><sheetData>", Reason.MALFORMED),
        (b"<workbook/>", Reason.MALFORMED),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), Reason.MALFORMED),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><worksheet/>', Reason.MALFORMED),
        (b'<worksheet><sheetData><row><c r="AAAA1"><v>1</v></c></row></sheetData></worksheet>', Reason.MALFORMED),
        (b"<worksheet>" + b"<a>" * 200 + b"</a>" * 200 + b"</worksheet>", Reason.TOO_COMPLEX),
    ],
)
def test_parts_must_be_sound_xml_of_their_kind(part: bytes, reason: Reason) -> None:
    assert refusal(repacked(workbook(), change={SHEET: lambda _part: part}), "payments.xlsx").reason is reason


def test_a_package_without_its_workbook_is_refused() -> None:
    data = repacked(workbook(), change={"_rels/.rels": lambda _part: related("xl/nothing.xml", "officeDocument")})
    assert refusal(data, "payments.xlsx").reason is Reason.MALFORMED


def test_a_very_wide_row_costs_nothing() -> None:
    """A dimension bomb: a sheet that says it has a million columns, with one cell at the far end."""
    dimension = b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'
    data = repacked(workbook(), change={SHEET: lambda _part: b'<worksheet xmlns="x">' + dimension + b"</worksheet>"})
    assert door(data, "payments.xlsx")


def test_zip_layout_of_other_writers_comes_in() -> None:
    """Stored entries, data descriptors and folders are unusual, but sound."""
    assert door(repacked(workbook(), compression=zipfile.ZIP_STORED), "payments.xlsx")
    out = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            return out.write(data)

    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(Pipe(), "w") as target:  # type: ignore[arg-type]
        target.writestr("xl/", b"")
        for name in source.namelist():
            target.writestr(name, source.read(name))
    assert door(out.getvalue(), "payments.xlsx")
