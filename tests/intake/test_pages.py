"""The pages of a file of rows, as a reporter without JavaScript walks them, and who else may."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.identify import identify
from efc_portal.indicators.services import known_value_add
from efc_portal.intake.models import ColumnMemory, Intake
from efc_portal.intake.services import intake_pause
from efc_portal.submissions.models import Sighting, Submission
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import intakes
from tests.factories.intakes import BROKEN, GOOD, table
from tests.intake.walking import NEW, blobs, columns, described, own_folder, upload  # noqa: F401  (a fixture)
from tests.journeys import pages

pytestmark = pytest.mark.django_db
OTHER_NAMES = b"Konto;Rolle;Wert in EUR;Buchung\r\nDE89370400440532013000;recipient;1.234,50;03.04.2026\r\n"


def test_from_the_upload_to_the_summary(cast: Cast) -> None:
    client = cast.client("reporter")
    assert b"Template as CSV" in client.get(NEW).content
    answer = upload(client, table(*GOOD, *BROKEN))
    intake = Intake.objects.get()
    assert answer.url == reverse("intake:describe", args=[intake.pk])
    html = client.get(answer.url).content.decode()
    assert "DE89370400440532013000" in html
    answer = described(
        client, intake, dates="ymd", decimal=".", **columns(value=0, role=1, amount=2, currency=3, date=4)
    )
    assert answer.status_code == 302, answer.content.decode()
    html = client.get(answer.url).content.decode()
    assert "rows checked" in html
    assert "Pause" in html
    work_drain_for(20)
    live = client.get(reverse("intake:progress", args=[intake.pk]))
    assert live.headers["HX-Refresh"] == "true"
    html = client.get(answer.url).content.decode()
    assert "Continue with the submission" in html
    check = client.get(reverse("submissions:edit", args=[intake.submission_id, "check"])).content.decode()
    assert "1 row was not taken" in check
    assert "How it may be used: This step is not filled in yet." in check
    assert "Rows to mend" in html
    assert BROKEN[0].split(",")[0] not in html


def test_the_summary_says_which_known_values_are_among_the_good_rows(cast: Cast) -> None:
    known = identify(GOOD[1].split(",")[0])
    known_value_add(actor=cast.officer, recognised=known, effect=KnownEffect.INFORM, reason="A public example.")
    intake = intakes.checked(cast.reporter, table(*GOOD))
    html = cast.client("reporter").get(reverse("intake:detail", args=[intake.pk])).content.decode()
    assert "1 row: A public example." in html


def test_the_summary_says_how_much_of_a_misp_event_is_no_identifier(cast: Cast) -> None:
    hashes = [{"type": "md5", "value": f"{place:032x}"} for place in range(2)]
    event = {"Event": {"info": "x", "Attribute": [{"type": "iban", "value": GOOD[0].split(",")[0]}, *hashes]}}
    intake = intakes.checked(cast.reporter, json.dumps(event).encode(), name="event.json")
    html = cast.client("reporter").get(reverse("intake:detail", args=[intake.pk])).content.decode()
    assert intake.summary["left_out"] == 2
    assert re.search(r"Left out, as no identifier</dt>\s*<dd>\s*<span>2<", html)


def test_other_names_are_matched_once_and_remembered_for_the_organisation(cast: Cast) -> None:
    client = cast.client("reporter")
    upload(client, OTHER_NAMES)
    intake = Intake.objects.get()
    answer = described(client, intake, **columns(value=0, role=1, amount=2, date=3))
    assert answer.status_code == 422
    assert b"03/04/2026 means two different days" in answer.content
    answer = described(
        client, intake, dates="dmy", decimal=",", currency="EUR", **columns(value=0, role=1, amount=2, date=3)
    )
    assert answer.status_code == 302
    work_drain_for(20)
    row = Sighting.objects.get()
    assert (str(row.amount.normalize()), row.currency, str(row.seen_on)) == ("1234.5", "EUR", "2026-04-03")
    colleague = cast.client("analyst")
    upload(colleague, OTHER_NAMES)
    again = Intake.objects.exclude(pk=intake.pk).get()
    html = colleague.get(reverse("intake:describe", args=[again.pk])).content.decode()
    assert "as your organisation had it the last time" in html
    assert re.search(r'value="dmy"[^>]*checked', html)
    assert ColumnMemory.objects.count() == 1


STIX = {
    "type": "bundle",
    "id": "bundle--1",
    "objects": [
        {"type": "email-addr", "id": "email-addr--1", "value": "payer77@mailbox.example"},
        {"type": "relationship", "id": "relationship--1"},
        {"type": "bank-account", "id": "bank-account--1", "iban": GOOD[0].split(",")[0]},
    ],
}
MISP = {"Event": {"info": "x", "Attribute": [
    {"type": "iban", "value": GOOD[0].split(",")[0]},
    {"type": "email-src", "value": "payer77@mailbox.example", "first_seen": "2026-09-14T10:00:00Z"},
]}}  # fmt: skip


@pytest.mark.parametrize("content", [STIX, MISP], ids=["stix", "misp"])
def test_of_a_format_whose_fields_are_known_nothing_is_asked_and_what_is_read_is_shown(
    cast: Cast, content: dict[str, Any]
) -> None:
    client = cast.client("reporter")
    url = upload(client, json.dumps(content).encode(), "shared.json").url
    html = client.get(url).content.decode()
    assert "Its fields are known" in html
    assert "Which column is which" not in html
    assert not re.search(r"<select|type=\"radio\"", html.split("<h1>")[1])
    first_rows = html.split("The first rows</caption>")[1].split("</table>")[0]
    assert "payer77@mailbox.example" in first_rows
    assert re.search(r"Identifier</th>.*Type</th>", first_rows, re.DOTALL)
    assert "IBAN" in first_rows
    assert "Currency" not in first_rows  # no row has one
    intake = Intake.objects.get()
    answer = described(client, intake)
    assert answer.status_code == 302
    work_drain_for(20)
    intake.refresh_from_db()
    assert intake.summary["types"] == {"iban": 1, "email": 1}
    assert not ColumnMemory.objects.exists()


def test_the_hints_speak_of_the_page_they_stand_on(cast: Cast) -> None:
    client = cast.client("reporter")
    html = client.get(upload(client, table(*GOOD)).url).content.decode()
    assert "when you upload the file" not in html  # it was uploaded
    assert "Left empty" not in html  # the cell, or the choice?
    assert "Checking sends nothing" in html
    for key in ("value", "type", "role", "amount", "currency", "date", "method", "country"):
        assert f'id="id_column_{key}_helptext"' in html
    assert "03/04/2026 may be the 3rd of April or the 4th of March" in html


def test_formats_are_never_chosen_for_a_person(cast: Cast) -> None:
    client = cast.client("reporter")
    upload(client, table(*GOOD))
    html = client.get(reverse("intake:describe", args=[Intake.objects.get().pk])).content.decode()
    assert not re.search(r'name="(dates|decimal)"[^>]*checked', html)


def test_read_otherwise_the_columns_are_shown_anew_before_anything_is_checked(cast: Cast) -> None:
    client = cast.client("reporter")
    upload(client, table(*GOOD))
    intake = Intake.objects.get()
    url = reverse("intake:describe", args=[intake.pk])
    answer = described(client, intake, delimiter=";", dates="ymd", decimal=".", **columns(value=0))
    assert answer.status_code == 200
    assert "identifier,part,amount,currency,date" in answer.content.decode()
    intake.refresh_from_db()
    assert intake.status == "uploaded"
    assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n" + bytes(100), b'{"a": [1, 2', b"\x00\x01\x02" * 500],
    ids=["empty", "png", "json", "nul"],
)
def test_a_wrong_file_gets_a_sentence_and_leaves_nothing(cast: Cast, content: bytes) -> None:
    client, before = cast.client("reporter"), blobs()
    answer = upload(client, content)
    assert answer.status_code == 422
    assert b"govuk-error-summary" in answer.content
    assert not Submission.objects.exists()
    assert blobs() == before


def test_without_a_file_it_says_so(cast: Cast) -> None:
    answer = cast.client("reporter").post(NEW, {})
    assert answer.status_code == 422
    assert b"Choose a file first." in answer.content


def test_a_file_that_is_too_large_is_refused_and_not_kept(cast: Cast, settings: Any) -> None:
    settings.INTAKE_MAX_BYTES = 1024 * 1024
    before = blobs()
    answer = upload(cast.client("reporter"), table(*GOOD * 10_000))
    assert answer.status_code == 422
    assert b"larger than 1 MB" in answer.content
    assert blobs() == before


def test_a_forged_upload_is_refused_and_not_kept(cast: Cast) -> None:
    client, before = cast.client("reporter"), blobs()
    client.handler.enforce_csrf_checks = True
    assert upload(client, table(*GOOD)).status_code == 403
    assert not Intake.objects.exists()
    assert blobs() == before


def test_nothing_of_a_file_lies_on_the_disk_in_the_clear(cast: Cast) -> None:
    before = blobs()
    upload(cast.client("reporter"), table(*(f"payer{place}@mailbox.example,sender,,," for place in range(100_000))))
    [made] = blobs() - before
    with storages["blobs"].open(made, "rb") as file:
        assert b"mailbox" not in file.read()


def test_a_step_that_is_not_open_any_more_is_a_conflict(cast: Cast) -> None:
    intake = intakes.checking(cast.reporter)
    intake_pause(intake=intake, actor=cast.reporter)
    answer = cast.client("reporter").post(reverse("intake:step", args=[intake.pk, "pause"]))
    assert answer.status_code == 409


@pytest.mark.parametrize("who", ["coordinator", "officer", "investigator"])
def test_others_find_nothing(cast: Cast, who: str) -> None:
    intake = intakes.checked(cast.reporter)
    client = cast.client(who)
    for name in ("detail", "describe", "progress", "errors", "mend"):
        assert client.get(reverse(f"intake:{name}", args=[intake.pk])).status_code == 404


def test_a_file_is_added_to_drafts_of_the_own_organisation_alone(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    to = f"{NEW}?draft={intake.submission_id}"
    assert upload(cast.client("coordinator"), table(*GOOD), to=to).status_code == 404
    assert upload(cast.client("analyst"), table(*GOOD), to=to).status_code == 302
    assert Intake.objects.filter(submission=intake.submission_id).count() == 2
    assert cast.client("reporter").get(f"{NEW}?draft=nonsense").status_code == 404


def test_sent_it_stands_on_the_submissions_pages_page_by_page(cast: Cast) -> None:
    intake = intakes.checked(
        cast.reporter, table(*(f"payer{place}@mailbox.example,sender,2.00,EUR,2026-09-14" for place in range(250)))
    )
    client, pk = cast.client("reporter"), str(intake.submission_id)
    pages.save(client, pk, "what", pages.what(narrative="Small payments from many people."))
    pages.save(client, pk, "handling", pages.handling())
    check = client.get(reverse("submissions:edit", args=[pk, "check"])).content.decode()
    assert "rows.csv" in check
    assert "500.00" in check
    answer = client.post(reverse("submissions:finish", args=[pk]))
    assert answer.status_code == 302, answer.content.decode()
    work_drain_for(20)
    html = client.get(reverse("submissions:detail", args=[pk])).content.decode()
    assert "240 more rows" in html
    assert "payer9@" in html
    assert "payer10@" not in html
    listing = reverse("submissions:identifiers", args=[pk])
    first = client.get(listing).content.decode()
    after = re.search(r"\?after=(\d+)", first)
    assert after
    second = client.get(f"{listing}?after={after[1]}").content.decode()
    assert ("payer99" in first, "payer100" in first) == (True, False)
    assert ("payer99@" in second, "payer100" in second) == (False, True)
    before = re.search(r"\?before=(\d+)", second)
    assert before
    assert "payer99" in client.get(f"{listing}?before={before[1]}").content.decode()
    assert "500.00" in client.get(reverse("submissions:list")).content.decode()
    officer = cast.client("officer")
    html = officer.get(reverse("cases:triage_detail", args=[pk])).content.decode()
    assert "240 more rows" in html
    assert officer.get(reverse("cases:triage_identifiers", args=[pk])).status_code == 200
    assert cast.client("coordinator").get(listing).status_code == 404


def test_while_a_file_is_checked_the_draft_does_not_go(cast: Cast) -> None:
    intake = intakes.checking(cast.reporter)
    client, pk = cast.client("reporter"), str(intake.submission_id)
    pages.save(client, pk, "what", pages.what())
    pages.save(client, pk, "identifiers", pages.rows("identifiers", pages.IDENTIFIERS))
    pages.save(client, pk, "handling", pages.handling())
    answer = client.post(reverse("submissions:finish", args=[pk]))
    assert answer.status_code == 409
    assert b"not checked to its end" in answer.content
    assert Submission.objects.get(pk=pk).is_draft
