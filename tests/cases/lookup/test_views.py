"""Looking values up: what is shown to whom, what is recorded, and what nobody can tell from the answer."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditEvent
from efc_portal.cases.lookup import timing
from efc_portal.demo.values import Invented
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.services import identifiers_resolve, known_value_add
from efc_portal.indicators.types import Recognised
from efc_portal.submissions.enums import SightingRole, SightingSource, WithdrawalReason
from efc_portal.submissions.models import Sighting, Submission
from efc_portal.submissions.services import value_withdraw
from tests.cast import Cast
from tests.factories import stages
from tests.factories.stages import IBAN

pytestmark = pytest.mark.django_db

ASK, RESULT = "/indicators/look-up/", "/indicators/look-up/result/"
WHY = "Preparing the meeting on night transfers"


def account(number: int) -> str:
    return Invented(f"look-up {number}").iban("NL")


def shown(value: str) -> str:
    """An account as pages show it."""
    return Recognised("iban", value).display


def look_up(client: Client, *values: str, **more: str) -> str:
    """The text of the result of a look-up that is taken."""
    answer = client.post(ASK, {"values": "\n".join(values), "why": WHY, **more}, follow=True)
    assert answer.redirect_chain == [(RESULT, 302)], answer.content.decode()
    return answer.content.decode()


def refused(client: Client, status: int = 422, **typed: str) -> str:
    answer = client.post(ASK, {"values": IBAN, "why": WHY, **typed})
    assert answer.status_code == status
    return answer.content.decode()


def figures(page: str) -> list[int]:
    """Known, not known, on a list, without a valid value."""
    return [int(one.replace(",", "")) for one in re.findall(r"<b>([\d,]+)</b>", page)]


def rows_of_a_file(submission: Submission, value: str, times: int) -> None:
    (identifier,) = identifiers_resolve([Recognised("iban", value)])
    Sighting.objects.bulk_create(
        Sighting(
            submission=submission,
            identifier=identifier,
            position=1000 + place,
            role=SightingRole.SENDER,
            source=SightingSource.FILE,
        )
        for place in range(times)
    )


# --- what is shown to whom


def test_an_officer_sees_submissions_days_parts_and_cases(cast: Cast) -> None:
    bank, ngo = stages.submission_of(cast.reporter), stages.submission_of(cast.coordinator)
    case = stages.case_of(cast.second_officer, ngo)
    page = look_up(cast.client("officer"), IBAN, account(1), "no value")
    assert figures(page) == [1, 1, 0, 1]
    for text in (bank.reference, ngo.reference, case.reference, "Recipient of money", WHY):
        assert str(text) in page
    assert cast.client("officer").get(reverse("cases:triage_detail", args=[bank.pk])).status_code == 200


def test_an_analyst_sees_the_own_organisations_reports_alone(cast: Cast) -> None:
    own, others = stages.submission_of(cast.reporter), stages.submission_of(cast.coordinator)
    stages.case_of(cast.officer, own)
    page = look_up(cast.client("analyst"), IBAN)
    assert figures(page) == [1, 0, 0, 0]
    assert own.reference in page
    assert reverse("submissions:detail", args=[own.pk]) in page
    assert others.reference not in page
    assert "C-20" not in page


def test_a_draft_and_a_value_that_was_taken_back_are_not_known(cast: Cast) -> None:
    rows_of_a_file(stages.draft_of(cast.reporter), account(1), 30)
    submission = stages.submission_of(cast.reporter)
    identifier = Identifier.objects.get(sightings__submission=submission)
    value_withdraw(submission=submission, identifier=identifier, reason=WithdrawalReason.MISTAKE, actor=cast.reporter)
    for who in ("analyst", "officer"):
        assert figures(look_up(cast.client(who), IBAN, account(1))) == [0, 2, 0, 0]


def test_a_value_of_many_places_is_counted_by_submissions(cast: Cast) -> None:
    for reporter in (cast.reporter, cast.coordinator):
        rows_of_a_file(stages.submission_of(reporter), account(1), 60)
    officer = look_up(cast.client("officer"), account(1))
    assert re.search(r">2\s*</a>", officer)
    assert "Sender of money" in officer
    assert re.search(r'data-label="Submissions">\s*1\s', look_up(cast.client("analyst"), account(1)))


def test_beyond_a_hundred_submissions_it_says_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("efc_portal.cases.lookup.selectors.COUNTED_MAX", 1)
    monkeypatch.setattr("efc_portal.cases.lookup.selectors._FEW", 0)
    for _ in range(3):
        stages.submission_of(cast.reporter)
    assert "more than 1" in look_up(cast.client("officer"), IBAN)


def test_a_list_of_known_values_says_why(cast: Cast) -> None:
    known_value_add(
        actor=cast.officer,
        recognised=Recognised("iban", account(1)),
        effect=KnownEffect.INFORM,
        reason="The bank’s own fee account",
    )
    page = look_up(cast.client("analyst"), account(1), account(2))
    assert figures(page) == [0, 2, 1, 0]
    assert "The bank’s own fee account" in page


def test_a_truncated_card_is_marked_as_weak_and_never_kept_whole(cast: Cast) -> None:
    client = cast.client("officer")
    page = look_up(client, "4012 8888 8888 1881", "note 4012888888881881 here")
    assert "may be another card" in page
    assert "88888888" not in page.replace(" ", "")
    assert "88888888" not in str(dict(client.session.items()))


# --- what nobody can tell from the answer


def _pages(client: Client, value: str) -> tuple[list[str], str]:
    """The statements of a look-up and the bytes of its result, without what differs by nature."""
    with CaptureQueriesContext(connection) as queries:
        page = look_up(client, value)
    statements = [re.sub(r"'[^']*'|s\d+_x\d+|\b\d+\b", "?", one["sql"]) for one in queries]
    for text in (shown(value), *re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)):
        page = page.replace(text, "")
    return statements, re.sub(r"As of [^.]*\.", "", page)


@pytest.mark.parametrize("times", [1, 40])
def test_what_only_others_reported_is_answered_as_what_nobody_did(cast: Cast, times: int) -> None:
    for _ in range(2):
        rows_of_a_file(stages.submission_of(cast.coordinator), account(1), times)
    client = cast.client("analyst")
    look_up(client, account(9))
    unknown, others = _pages(client, account(2)), _pages(client, account(1))
    assert others[0] == unknown[0]
    assert others[1] == unknown[1]


def test_the_answer_leaves_at_whole_steps_of_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    look_up(cast.client("analyst"), IBAN)
    assert len(slept) == 1
    assert 0 < slept[0] <= timing.STEP_SECONDS
    look_up(cast.client("officer"), IBAN)  # who sees everything waits for nothing
    assert len(slept) == 1
    for elapsed in (0.0, 0.1, 0.499, 0.5, 1.7):
        steps = (elapsed + timing.left_of_step(elapsed)) / timing.STEP_SECONDS
        assert steps == pytest.approx(round(steps))
        assert timing.left_of_step(elapsed) > 0


# --- many values, hostile ones, mistakes


def test_a_thousand_values_cost_as_many_statements_as_one(cast: Cast) -> None:
    stages.submission_of(cast.reporter)
    client, counts = cast.client("officer"), []
    look_up(client, IBAN)
    for number in (1, 999):
        with CaptureQueriesContext(connection) as queries:
            page = look_up(client, IBAN, *map(account, range(number)))
        counts.append(len(queries))
        assert figures(page) == [1, number, 0, 0]
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE indicators_identifier; --",
        "%s %(x)s {0} {visible}",
        "<script>alert(1)</script>",
        '=HYPERLINK("http://x.example")',
        "\u202e\u0000\u2028" + "9" * 5000,
        "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    ],
)
def test_hostile_lines_are_wrong_lines(cast: Cast, text: str) -> None:
    page = look_up(cast.client("analyst"), IBAN, text)
    assert figures(page)[3] >= 1
    assert "<script>alert" not in page


def test_one_column_of_a_table_and_a_type(cast: Cast) -> None:
    table = f"Name;Account\nOrion;{account(1)}\nVela;{account(2)}"
    assert figures(look_up(cast.client("officer"), table, column="account")) == [0, 2, 0, 0]
    assert figures(look_up(cast.client("officer"), "ORION", type="merchant")) == [0, 1, 0, 0]


def test_a_mistake_keeps_what_was_typed(cast: Cast) -> None:
    client = cast.client("officer")
    assert "Say why, in a sentence." in refused(client, values="ORION MEDIA 123", why=" ")
    page = refused(client, values=f"{IBAN[:-1]}1\nORION", column="", why=WHY)
    for text in ("Line 1:", "Line 2:", f"{IBAN[:-1]}1", WHY):
        assert text in page
    assert "Split the list" in refused(client, values="\n".join(map(str, range(1001))))
    assert "longer than a thousand values" in refused(client, values="x" * 300_001)
    assert "no column “account”" in refused(client, values=f"iban\n{IBAN}", column="account")
    assert "Paste at least one value" in refused(client, values=" \n ")
    assert not AuditEvent.objects.filter(action="indicator.look_up").exists()


@pytest.mark.parametrize("why", [f"It is about {IBAN}", "Card 4012888888881881 again"])
def test_the_reason_may_not_name_a_value(cast: Cast, why: str) -> None:
    assert "This sentence holds a value" in refused(cast.client("officer"), why=why)


# --- the record, its limit, and the result afterwards


def test_the_record_says_who_looked_up_how_much_and_why_but_not_what(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    look_up(cast.client("analyst"), IBAN, account(1), "no value")
    asked = AuditEvent.objects.get(action="indicator.look_up")
    assert (asked.category, asked.actor_id, asked.organisation_id) == (
        Category.CONSULTATION,
        cast.analyst.pk,
        cast.bank.pk,
    )
    assert (asked.payload, asked.justification) == ({"count": 2}, WHY)
    read = AuditEvent.objects.get(action="indicator.result")
    assert read.payload == {"count": 2, "references": [submission.reference]}
    assert IBAN not in "".join(map(str, AuditEvent.objects.values_list("payload", "justification", "object_label")))


def test_an_hour_holds_so_many_values(cast: Cast, settings: Settings) -> None:
    settings.LOOK_UP_VALUES_PER_HOUR = 3
    client = cast.client("officer")
    look_up(client, account(1), account(2))
    page = refused(client, 429, values=f"{account(3)}\n{account(4)}")
    assert "You have looked up 2, and these are 2 more" in page
    assert account(4) in page
    look_up(client, account(3))
    look_up(cast.client("second_officer"), account(1), account(2), account(3))  # each has an hour of their own


def test_the_result_can_be_left_and_come_back_to_until_it_is_removed(cast: Cast) -> None:
    client = cast.client("officer")
    page = look_up(client, account(1))
    again = client.get(RESULT)
    assert again.headers["Cache-Control"] == "no-store, private"
    assert shown(account(1)) in again.content.decode()
    assert figures(again.content.decode()) == figures(page)
    assert RESULT in client.get(ASK).content.decode()
    assert AuditEvent.objects.filter(action="indicator.look_up").count() == 1
    client.post(reverse("look_up:forget"))
    assert client.get(RESULT).headers["Location"] == ASK
    assert client.post(reverse("look_up:forget")).status_code == 302


def test_values_stand_in_no_address_and_in_no_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    client = cast.client("officer")
    answer = client.get(ASK, {"values": account(1), "why": WHY})
    assert shown(account(1)) not in answer.content.decode()
    with caplog.at_level("INFO"):
        look_up(client, account(1))
        refused(client, values=account(1), why="")
    assert account(1) not in caplog.text


# --- the file


def test_the_file_holds_the_result_and_no_formula(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    client = cast.client("officer", fresh=True)
    look_up(client, IBAN, account(1), "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0")
    answer = client.post(reverse("look_up:download"))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="look-up-')
    assert answer.headers["Cache-Control"] == "no-store, private"
    known, unknown, *wrong = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (known["state"], known["submissions"], known["references"]) == ("known", "1", submission.reference)
    assert (unknown["state"], unknown["references"]) == ("unknown", "")
    assert [one["value"][:5] for one in wrong] == ["'=cmd", "'=cmd"]
    event = AuditEvent.objects.get(action="indicator.export")
    assert (event.category, event.justification, event.payload["count"]) == (Category.DISCLOSURE, WHY, 2)


def test_the_file_asks_for_a_factor_first(cast: Cast) -> None:
    client = cast.client("officer")
    look_up(client, IBAN)
    answer = client.post(reverse("look_up:download"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))


# --- who gets in


@pytest.mark.parametrize(
    ("who", "status"),
    [("reporter", 403), ("bank_coordinator", 403), ("auditor", 403), ("investigator", 404), ("outsider", 404)],
)
def test_whose_work_it_is_not_does_not_get_in(cast: Cast, who: str, status: int) -> None:
    client = cast.client(who)
    assert client.get(ASK).status_code == status
    assert client.post(ASK, {"values": IBAN, "why": WHY}).status_code == status
    assert not AuditEvent.objects.filter(action="indicator.look_up").exists()
