"""Figures that editors paste, and the drawings made of them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from defusedxml import ElementTree
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from efc_portal.core.errors import ApplicationError
from efc_portal.website.blocks import ChartBlock
from efc_portal.website.blocks.figures import TableBlock
from efc_portal.website.charts.draw import FRAMES, KINDS, drawn
from efc_portal.website.charts.sheet import figures_read, number, sheet_read
from efc_portal.website.charts.svg import nice_top, shown, spread, wrapped
from tests.website.factories import news_item

SHARES = "Year,Cards,Wallets\n2012,62,8\n2018,22,37\n2026,6,62"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("1,234", "1234"),
        ("1,234.5", "1234.5"),
        ("1 234", "1234"),
        ("1\u202f234,5", "1234.5"),
        ("12 %", "12"),
        ("\u22123", "-3"),
        ("", None),
        ("n/a", None),
        ("NaN", None),
        ("1e999999", "1e999999"),
    ],
)
def test_numbers_as_people_write_them(text: str, value: str | None) -> None:
    assert number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_cells_come_with_any_usual_separator(separator: str) -> None:
    sheet = sheet_read(f"Year{separator}Cards\n2012{separator}62\r\n\n2014{separator}48\n")
    assert sheet.head == ("Year", "Cards")
    assert sheet.rows == (("2012", "62"), ("2014", "48"))
    assert sheet.numeric == (True, True)


def test_a_quoted_cell_may_hold_the_separator() -> None:
    assert sheet_read('What,Where\n"Cards, prepaid",Shop').rows == (("Cards, prepaid", "Shop"),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "at least two lines"),
        ("Year,Cards", "at least two lines"),
        ("Year,Cards\n2012", "Line 2 has 1 cells, but there are 2"),
        ("Year,Cards\n" + "2012,1\n" * 201, "201 lines under the headings and 2 columns"),
        ("Year,Cards\n2012,many", "Line 2: “many” is not a number"),
        ("Year,Cards\n2012,-1", "Line 2: a chart cannot show -1"),
        ("Year\n2012", "column of labels and 1 to 4"),
        ("a,b,c,d,e,f\n1,1,1,1,1,1", "column of labels and 1 to 4"),
        ("Year,Cards\n2012,1e30", "Line 2: a chart cannot show 1e30"),
        ('Year,"Bank\n2022,48', "Line 1: a quotation mark begins a cell, and none ends it"),
        ('Year,Bank\n2022,48\n2023,"40\n2024,33', "Line 3: a quotation mark begins a cell"),
        ('Year,Bank\n2022,"' + "4" * 99_000, "Line 2: a quotation mark begins a cell"),
        ("Year,Bank\n" + "1" * 5000 + ",48", "Line 2: a cell holds at most 2000 characters"),
        ("Year,Bank\n2022," + "4" * 140_000, "The cells hold 140015 characters; at most 100000"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, says: str) -> None:
    with pytest.raises(ApplicationError, match=says):
        figures_read(text, most_series=4)


@pytest.mark.parametrize("kind", ["bars", "lines", "shares"])
@pytest.mark.parametrize(
    "cells",
    [
        SHARES,
        "What,Count\nOne,0",
        "What,Count\nOne,0\nTwo,0",
        "What,Count\nOne,1e-999999\nTwo,-0",
        "What,Count\nOne,0." + "0" * 300 + "1",
        "1,1\n" + "2" * 1900 + ",1\n" + "3" * 1900 + ",1\n",
        "²,1\n٢,3\n٣,4",
        "What,Count\n<script>&\"',3\nTwo,1",
        "What,A,B,C,D\n" + "\n".join(f"Label {n},{n},1,2,{n * n}" for n in range(60)),
    ],
)
def test_every_drawing_is_well_formed_and_stays_in_its_frame(kind: str, cells: str) -> None:
    figures = figures_read(cells, most_series=4)
    drawings = drawn(kind, figures, unit="%", label="Shares & more")
    assert len(drawings) == len(FRAMES)
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        assert root.get("aria-label") == "Shares & more"
        assert root.get("role") == "img"
        _left, _top, width, height = map(float, root.get("viewBox").split())
        assert not [node for node in root.iter() if node.get("style") or node.tag == "script"]
        for text in root.iter("text"):
            assert -1 <= float(text.get("x")) <= width, text.text
            assert 0 <= float(text.get("y")) <= height + 1, text.text


def test_areas_fill_the_whole_height_and_the_last_series_has_the_accent() -> None:
    root = ElementTree.fromstring(drawn("shares", figures_read(SHARES, most_series=4), unit="%", label="x")[0])
    first, last = root.findall("polygon")
    assert "s1" in first.get("class")
    assert "s4" in last.get("class")
    heights = [float(point.split(",")[1]) for point in last.get("points").split()]
    assert min(heights) == FRAMES[0].top


def test_years_stand_to_scale() -> None:
    root = ElementTree.fromstring(drawn("lines", figures_read(SHARES, most_series=4), unit="", label="x")[0])
    xs = [float(point.split(",")[0]) for point in root.find("polyline").get("points").split()]
    assert (xs[1] - xs[0]) / (xs[2] - xs[0]) == pytest.approx(6 / 14, abs=0.01)


def test_figures_are_written_as_the_language_does() -> None:
    assert shown(Decimal("1234.50"), "EUR") == "1,234.5\u00a0EUR"
    assert shown(Decimal(25), "%") == "25%"
    with override("fr"):
        assert shown(Decimal(25), "%") == "25\u00a0%"


@given(st.lists(st.floats(0, 300), min_size=1, max_size=6), st.floats(10, 45))
def test_labels_never_touch(wanted: list[float], size: float) -> None:
    places = spread(wanted, [size] * len(wanted), 0, 300)
    ordered = sorted(places)
    assert all(b - a >= size - 1e-6 for a, b in pairwise(ordered))
    assert ordered[0] >= size / 2 - 1e-6
    assert ordered[-1] <= 300 - size / 2 + 1e-6


@given(st.floats(0, 1e12))
def test_the_axis_ends_above_the_largest_value_and_not_far_above(largest: float) -> None:
    end = nice_top(largest)
    assert end >= largest
    assert largest == 0 or end <= max(largest * 4, 4)


def test_a_long_label_breaks_between_words() -> None:
    assert wrapped("Bank transfer and card", 14) == ["Bank transfer", "and card"]


def chart(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Payments",
        "kind": "shares",
        "cells": SHARES,
        "unit": "%",
        "caption": "",
        "source": "",
        "illustration": False,
        **changes,
    }


def test_a_chart_comes_with_its_table_and_says_when_it_is_invented() -> None:
    block = ChartBlock()
    page = block.render(block.to_python(chart()))
    assert page.count("<svg") == 3
    assert "<caption>Payments</caption>" in page
    assert ">62</td>" in page
    assert "Illustration" not in page
    assert "Illustration with demonstration data" in block.render(block.to_python(chart(illustration=True)))


def test_what_editors_write_is_escaped() -> None:
    block = ChartBlock()
    page = block.render(block.to_python(chart(title="<b>x</b>", cells="<i>a</i>,b\n<u>c</u>,1", unit="<s>")))
    for tag in ("<b>", "<i>", "<u>", "<s>"):
        assert tag not in page


@pytest.mark.parametrize("block", [ChartBlock(), TableBlock()])
def test_cells_that_cannot_be_read_are_refused_when_saving_and_told_in_a_preview(block: Any) -> None:
    value = block.to_python({**chart(cells="Year,Cards\n2012"), "caption": "A table"})
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert "Line 2 has 1 cells" in str(refused.value.block_errors["cells"])
    assert "Line 2 has 1 cells" in block.render(value)


def test_what_cannot_be_drawn_cannot_be_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    block = ChartBlock()
    monkeypatch.setitem(KINDS, "shares", lambda *_args: 1 / 0)
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(chart()))
    assert "cannot be drawn" in str(refused.value.block_errors["cells"])


@pytest.mark.parametrize("kind", ["bars", "lines", "shares"])
def test_a_stored_chart_that_cannot_be_drawn_spoils_no_page(
    client: Client, demo_site: None, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unclosed, long = 'Year,"Bank\n2022,48', "Year,Bank\n" + "1" * 5000 + ",48\n" + "2" * 5000 + ",48"
    body = [("chart", chart(kind=kind, cells=cells)) for cells in (unclosed, long, "Year,Bank\n2022,many")]
    page = news_item(slug="charts", live=True, body=[("text", "<p>Words around.</p>"), *body])
    read = client.get(page.url).content.decode()
    assert "Words around." in read
    assert ">many</td>" in read, "where cells can be read, their table is shown"
    assert "is not a number" not in read, "that is for editors"
    assert "a quotation mark begins a cell" in read
    draft = page.make_preview_request()
    assert draft.status_code == 200
    assert "Line 2: “many” is not a number" in draft.content.decode()
    monkeypatch.setitem(KINDS, kind, lambda *_args: 1 / 0)
    other = news_item(2, slug="other", live=True, body=[("chart", chart(kind=kind, cells="Year,Bank\n2022,48"))])
    assert ">48</td>" in client.get(other.url).content.decode()


def test_a_large_table_is_ready_at_once() -> None:
    """What a column is about is found out once, not for every line."""
    line = ",".join(["1 234.5"] * 12)
    sheet = sheet_read("\n".join([line] * 201))
    asked = 0

    def counted(text: str) -> Decimal | None:
        nonlocal asked
        asked += 1
        return number(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("efc_portal.website.charts.sheet.number", counted)
        assert len(sheet.cells) == 200
    assert asked == 200 * 12


def test_a_bar_chart_takes_one_column_of_figures() -> None:
    block = ChartBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python(chart(kind="bars")))


def test_tables_name_each_cell_for_a_phone() -> None:
    cells = "Day,Places\nFirst,40\nSecond,38"
    page = TableBlock().render(TableBlock().to_python({"caption": "Days", "cells": cells, "source": ""}))
    assert 'data-label="Places"' in page
    assert page.count('<th scope="row"') == 2


def test_rich_text_headings_can_be_linked_to() -> None:
    from wagtail.rich_text import RichText

    page = Template("{% load website %}{{ text|anchored }}").render(
        Context({"text": RichText("<h2>What to report, and <b>how</b></h2><p>x</p>")})
    )
    assert page.startswith('<h2 id="what-to-report-and-how">')
