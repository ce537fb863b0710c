"""Card numbers that hide from the door: in what the reader understands and the door might not."""

from __future__ import annotations

import io

import openpyxl
import pytest

from efc_portal.core.content.cards import has_card_number
from efc_portal.intake.door import Door
from efc_portal.intake.reading import dialect_detect, table_open
from tests.cast import Cast
from tests.factories import intakes
from tests.intake.samples import CARD, IBAN

ESCAPED = "".join(f"\\u{ord(digit):04x}" for digit in CARD)


@pytest.mark.parametrize(
    "sent",
    [
        f'[1, {{"value": "{ESCAPED}"}}]'.encode(),
        f'[null, {{"value": "{ESCAPED}"}}]'.encode(),
        f'{{"value": "a@shop.example"}}\n{{"value": "{ESCAPED}"}}\n'.encode(),
        ("Āda,value,x\n" + f"a,{CARD},1\n" * 200).encode("utf-16-le"),
        ("一,value,x\n" + f"a,{CARD},1\n" * 200).encode("utf-16-be"),
        "value,name\n4111\xa01111\xa01111\xa01111,Müller\n".encode("cp1252"),
        "value,name\n4111–1111–1111–1111,Müller\n".encode("cp1252"),
        "value,name\n4111\xad1111\xad1111\xad1111,Müller\n".encode("cp1250"),
    ],
    ids=["scalar first", "null first", "object a line", "Latvian UTF-16", "Chinese UTF-16", "nbsp", "dash", "hyphen"],
)
def test_what_is_kept_of_a_file_has_no_whole_card_number(sent: bytes) -> None:
    door = Door()
    kept = io.BytesIO(b"".join(door.kept([sent])))
    cells = [cell for row in table_open(kept, dialect_detect(kept, "rows")).rows() for cell in row.cells]
    assert any(cell.startswith("411111***") for cell in cells)
    assert not any(map(has_card_number, cells))
    assert door.truncated


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["another sheet", "a hidden sheet", "the names of the columns"])
def test_a_workbook_with_a_whole_card_number_anywhere_is_not_kept(cast: Cast, place: str) -> None:
    book = openpyxl.Workbook()
    rows, other = book.worksheets[0], book.create_sheet("Raw data")
    rows.append(["identifier", CARD if place == "the names of the columns" else "note"])
    rows.append([IBAN, "x"])
    if place != "the names of the columns":
        other.append(["as it came", CARD])
    other.sheet_state = "hidden" if place == "a hidden sheet" else "visible"
    saved = io.BytesIO()
    book.save(saved)
    intake = intakes.checked(cast.reporter, saved.getvalue())
    assert (intake.status, intake.blob) == ("failed", "")
    assert "full card number" in intake.problem
    assert CARD not in intake.problem
