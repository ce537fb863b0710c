"""Rows that were not taken: given back, mended, sent in again, counted, and gone with the sending."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from efc_portal.audit.models import AuditEvent
from efc_portal.intake.models import BrokenRow, Intake
from efc_portal.intake.services import intake_cancel
from efc_portal.submissions.models import Submission
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import intakes
from tests.factories.intakes import BROKEN, GOOD, table
from tests.intake.test_services import send
from tests.intake.walking import NEW, columns, described, own_folder, rows_of, upload  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
RIGHT = "NL91ABNA0417164300"
WRONG = ("DE89370400440532013001", "GB29NWBK60161331926818", "NL91ABNA0417164301")
THREE = table(*GOOD, *(f"{value},sender,1.00,EUR,2026-09-01" for value in WRONG))


def figures(client: Client, intake: Intake) -> dict[str, int]:
    """The numbers at the head of a file's page, by their words."""
    html = client.get(reverse("intake:detail", args=[intake.pk])).content.decode()
    found = re.findall(r'<p class="figure">\s*<b>([0-9,]+)</b>\s*<span>([^<]+)</span>', html)
    return {words: int(number.replace(",", "")) for number, words in found}


def mended(cast: Cast, intake: Intake, mend: Callable[[list[list[str]]], object], into: Intake | None = None) -> Intake:
    """Take the rows to mend along, mend them, and add them to their draft, or to that of another file."""
    rows = rows_of(cast.client("reporter").get(reverse("intake:mend", args=[intake.pk])))
    mend(rows)
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    draft = Submission.objects.select_related("data_key").get(pk=(into or intake).submission_id)
    return intakes.checked(cast.reporter, text.getvalue().encode(), draft=draft, name="mended.csv")


def put(*values: str) -> Callable[[list[list[str]]], object]:
    def mend(rows: list[list[str]]) -> None:
        for row, value in zip(rows[1:], values, strict=False):
            row[0] = value

    return mend


def test_errors_and_rows_to_mend_as_files(cast: Cast) -> None:
    formula = '"=HYPERLINK(""x"")",recipient,1.00,EUR,2026-09-01'
    intake = intakes.checked(cast.reporter, table(*GOOD, *BROKEN, formula))
    client = cast.client("reporter")
    errors = rows_of(client.get(reverse("intake:errors", args=[intake.pk])))
    assert [line[0] for line in errors[1:]] == ["6", "7"]
    assert not any(BROKEN[0].split(",")[0] in cell for line in errors for cell in line)
    mend = client.get(reverse("intake:mend", args=[intake.pk]))
    rows = rows_of(mend)
    assert rows[0] == ["identifier", "part", "amount", "currency", "date", "What is wrong", "Row that this mends"]
    assert rows[1][:5] == BROKEN[0].split(",")
    assert [row[-1] for row in rows[1:]] == [f"F1-R{number}-{intake.pk.hex[:6]}" for number in (6, 7)]
    assert rows[2][0].startswith("'=")
    recorded = set(AuditEvent.objects.filter(category="consultation").values_list("action", flat=True))
    assert {"intake.report", "intake.take_broken"} <= recorded


def test_mended_rows_come_back_as_they_were_described(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    client = cast.client("reporter")
    rows = rows_of(client.get(reverse("intake:mend", args=[intake.pk])))
    rows[1][0] = "NL91ABNA0417164300"
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    upload(client, text.getvalue().encode(), "mended.csv", f"{NEW}?draft={intake.submission_id}")
    second = Intake.objects.exclude(pk=intake.pk).get()
    html = client.get(reverse("intake:describe", args=[second.pk])).content.decode()
    assert "as your organisation had it the last time" in html
    assert "What is wrong" not in html
    answer = described(
        client, second, dates="ymd", decimal=".", **columns(value=0, role=1, amount=2, currency=3, date=4)
    )
    assert answer.status_code == 302
    work_drain_for(20)
    second.refresh_from_db()
    assert (second.summary["good"], second.summary["broken"]) == (1, 0)
    assert Submission.objects.get(pk=intake.submission_id).file_rows == 5


def test_rows_added_to_another_draft_by_mistake_mend_none_of_its_own(cast: Cast) -> None:
    client = cast.client("reporter")
    first, other = intakes.checked(cast.reporter, THREE), intakes.checked(cast.reporter, THREE)
    mended(cast, first, put(RIGHT, "GB29NWBK60161331926819", "DE89370400440532013000"), into=other)
    assert figures(client, other) == figures(client, first) == {"rows read": 7, "rows taken": 4, "rows left to mend": 3}
    assert len(rows_of(client.get(reverse("intake:mend", args=[other.pk])))) == 4


def test_a_mended_row_is_counted_as_mended_and_not_as_left(cast: Cast) -> None:
    client, first = cast.client("reporter"), intakes.checked(cast.reporter, THREE)
    assert figures(client, first) == {"rows read": 7, "rows taken": 4, "rows left to mend": 3}
    second = mended(cast, first, lambda rows: (put(RIGHT)(rows), rows.pop()))  # one mended, one not, one deleted
    assert figures(client, first) == {
        "rows read": 7,
        "rows taken": 4,
        "mended, and taken from another file": 1,
        "rows left to mend": 1,
    }
    html = client.get(reverse("intake:detail", args=[first.pk])).content.decode()
    assert "1 row came again in a later file of this draft and was still wrong" in html
    assert figures(client, second) == {"rows read": 2, "rows taken": 1, "rows left to mend": 1}
    left = rows_of(client.get(reverse("intake:errors", args=[first.pk])))
    assert [line[0] for line in left[1:]] == ["8"]
    check = client.get(reverse("submissions:edit", args=[first.submission_id, "check"])).content.decode()
    assert check.count("1 row was not taken") == 2


def test_rows_are_mended_in_several_turns(cast: Cast) -> None:
    client, first = cast.client("reporter"), intakes.checked(cast.reporter, THREE)
    second = mended(cast, first, put(RIGHT, WRONG[1], WRONG[2]))
    third = mended(cast, second, put("GB29NWBK60161331926819", "DE89370400440532013000"))
    assert [figures(client, one)["rows left to mend"] for one in (first, second, third)] == [0, 0, 0]
    assert figures(client, second)["mended, and taken from another file"] == 2
    check = client.get(reverse("submissions:edit", args=[first.submission_id, "check"])).content.decode()
    assert "not taken" not in check


def test_what_a_cancelled_file_mended_is_left_to_mend_again(cast: Cast) -> None:
    client, first = cast.client("reporter"), intakes.checked(cast.reporter, THREE)
    intake_cancel(intake=mended(cast, first, put(RIGHT, RIGHT, RIGHT)), actor=cast.reporter)
    assert figures(client, first)["rows left to mend"] == 3
    assert len(rows_of(client.get(reverse("intake:mend", args=[first.pk])))) == 4
    mended(cast, first, put(RIGHT, RIGHT, RIGHT))
    assert figures(client, first)["rows left to mend"] == 0


def test_a_row_mends_none_of_another_draft(cast: Cast) -> None:
    first, other = intakes.checked(cast.reporter, THREE), intakes.checked(cast.reporter, THREE)
    rows = rows_of(cast.client("reporter").get(reverse("intake:mend", args=[other.pk])))
    put(RIGHT, RIGHT, RIGHT)(rows)
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    draft = Submission.objects.select_related("data_key").get(pk=first.submission_id)
    intakes.checked(cast.reporter, text.getvalue().encode(), draft=draft)
    assert figures(cast.client("reporter"), other)["rows left to mend"] == 3


def test_sent_its_broken_rows_are_gone_and_their_addresses_say_so(cast: Cast) -> None:
    first = intakes.checked(cast.reporter, THREE)
    second = mended(cast, first, put(RIGHT))
    client = cast.client("reporter")
    submission = send(first, cast)
    for name in ("mend", "errors"):  # at once, before the workflow has erased anything
        answer = client.get(reverse(f"intake:{name}", args=[first.pk]))
        assert answer.status_code == 410
        html = answer.content.decode()
        assert f"The file was sent with {submission.reference}" in html
        assert WRONG[0][-4:] not in html
    work_drain_for(20)
    assert not BrokenRow.objects.exists()
    assert figures(client, first) == {
        "rows read": 7,
        "rows taken": 4,
        "mended, and taken from another file": 1,
        "rows not taken": 0,
    }
    assert figures(client, second)["rows not taken"] == 2
    html = client.get(reverse("intake:detail", args=[second.pk])).content.decode()
    assert "were erased when the submission was sent" in html
    assert "Rows to mend" not in html


def test_a_row_of_json_comes_back_mended_as_well(cast: Cast) -> None:
    content = json.dumps([{"iban": value, "note": "x"} for value in (WRONG[0], RIGHT)]).encode()
    first = intakes.checked(cast.reporter, content, name="rows.json")
    assert first.summary["broken"] == 1
    mended(cast, first, put("DE89370400440532013000"))
    assert figures(cast.client("reporter"), first)["rows left to mend"] == 0
