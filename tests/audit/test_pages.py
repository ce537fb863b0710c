"""The record as auditors read it: filters, paging, one entry, who read what, and what is taken away."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditEvent
from efc_portal.audit.seal import audit_seal
from efc_portal.audit.services import audit_event, audit_record, audit_record_many
from efc_portal.cases.services import case_consult
from efc_portal.partners.tasks import record_verify
from tests.accounts.pages import code
from tests.audit.test_seal_and_verify import superuser
from tests.audit.test_verification import damage
from tests.cast import Cast
from tests.factories import stages

WHY = "The data protection officer asked for it on Monday."


def note(number: int, *, actor: Any = None, **fields: Any) -> list[AuditEvent]:
    """Events a minute apart, the last one now."""
    now = timezone.now()
    events = []
    for place in range(number):
        event = audit_event(
            **{"action": "case.view", "category": Category.CONSULTATION, "actor": actor, "obj": actor, **fields}
        )
        event.at = now - timedelta(minutes=number - place)
        events.append(event)
    audit_record_many(events)
    return events


def shown(answer: HttpResponse) -> list[int]:
    """The ids of the entries on a page, from the top."""
    return [int(pk) for pk in re.findall(r'href="/audit/(\d+)/"', answer.content.decode())]


def way(answer: HttpResponse, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', answer.content.decode())
    return "/audit/" + found[1].replace("&amp;", "&") if found else ""


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


# --- the list


def test_a_row_says_who_did_what_to_which_object_and_why(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    case_consult(case=case, justification="I stand in for a colleague", actor=cast.manager)
    page = text(cast.client("auditor").get("/audit/", {"object": case.reference}))
    for words in (
        "Marta Silva",
        "Secretariat of the coalition",
        "Stated why the case is consulted",
        case.reference,
        "I stand in for a colleague",
        "Consultation",
    ):
        assert words in page


def test_the_newest_stand_first_and_pages_follow_each_other(cast: Cast) -> None:
    events = note(120, actor=cast.officer)
    client = cast.client("auditor")
    wanted = [event.pk for event in reversed(events)]
    first = client.get("/audit/", {"person": "olga"})
    second = client.get(way(first, "next"))
    third = client.get(way(second, "next"))
    assert shown(first) + shown(second) + shown(third) == wanted
    assert way(third, "next") == ""
    assert shown(client.get(way(third, "prev"))) == shown(second)
    assert shown(client.get(way(client.get(way(third, "prev")), "prev"))) == shown(first)


def test_what_happens_meanwhile_moves_nothing_between_pages(cast: Cast) -> None:
    note(60, actor=cast.officer)
    client = cast.client("auditor")
    first = client.get("/audit/", {"person": "olga"})
    before = shown(client.get(way(first, "next")))
    note(5, actor=cast.officer)
    assert shown(client.get(way(first, "next")))[-5:] == before[-5:]


def test_a_page_costs_the_same_however_long_the_record_is(cast: Cast) -> None:
    client = cast.client("auditor")
    note(10, actor=cast.officer)
    audit_seal()
    record_verify()
    client.get("/audit/")
    counts = []
    for number in (0, 990):
        if number:
            note(number, actor=cast.officer)
        for path in ("/audit/", "/audit/?person=olga&category=consultation", "/audit/?object=officer@efc.example"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
    assert counts[:3] == counts[3:], counts


def test_broken_cursors_show_the_newest(cast: Cast) -> None:
    event = note(1, actor=cast.officer)[0]
    client = cast.client("auditor")
    for cursor in ("x", "9" * 40 + "-1", "-", "1-", "٣-٣", "1-99999999999999999999"):
        assert event.pk in shown(client.get("/audit/", {"older": cursor})), cursor


# --- filters


def test_by_person_by_part_of_the_name_or_the_address(cast: Cast) -> None:
    mine, other = note(1, actor=cast.officer), note(1, actor=cast.investigator)
    client = cast.client("auditor")
    for wanted in ("Olga", "novak", "officer@efc.example"):
        found = shown(client.get("/audit/", {"person": wanted}))
        assert mine[0].pk in found
        assert other[0].pk not in found
    answer = client.get("/audit/", {"person": "nobody of this name"})
    assert "Nothing matches" in text(answer)


def test_by_reference_finds_also_what_happened_before_there_was_one(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    client = cast.client("auditor")
    short = submission.reference.replace("-000", "-").lower()
    for wanted in (submission.reference, short):
        page = text(client.get("/audit/", {"object": wanted}))
        assert "Began a draft" in page
        assert "Compared it with what is known" in page
        assert "Signed in" not in page
    assert "Nothing matches" in text(client.get("/audit/", {"object": "S-2020-000001"}))
    assert "Nothing matches" in text(client.get("/audit/", {"object": "gibberish"}))


def test_an_object_without_a_reference_is_found_by_its_link(cast: Cast) -> None:
    draft = stages.draft_of(cast.reporter)
    client = cast.client("auditor")
    page = text(client.get("/audit/", {"person": "rosa"}))
    link = re.search(rf'href="(/audit/\?object=submissions.submission[^"]+{draft.pk})"', page)
    assert link
    assert "Began a draft" in text(client.get(link[1]))


def test_by_kind_and_period(cast: Cast) -> None:
    old = audit_event(action="case.view", category=Category.CONSULTATION, actor=cast.officer)
    old.at = timezone.now() - timedelta(days=40)
    audit_record_many([old])
    new = note(1, actor=cast.officer)[0]
    client = cast.client("auditor")
    month = str(timezone.localdate() - timedelta(days=30))
    assert shown(client.get("/audit/", {"person": "olga", "category": "consultation", "until": month})) == [old.pk]
    assert shown(client.get("/audit/", {"person": "olga", "category": "consultation", "since": month})) == [new.pk]
    today = str(timezone.localdate())
    assert shown(client.get("/audit/", {"person": "olga", "since": today, "until": today, "category": "erasure"})) == []
    for wrong in ({"since": "never"}, {"category": "x"}, {"until": "9999-12-31"}):
        assert client.get("/audit/", wrong).status_code == 200


# --- looking is recorded


def test_looking_is_recorded_with_ids_and_not_with_what_was_typed(cast: Cast) -> None:
    client = cast.client("auditor")
    event = note(1, actor=cast.officer)[0]
    client.get("/audit/", {"person": "olga", "object": "a name typed by mistake"})
    client.get(f"/audit/{event.pk}/")
    looks = AuditEvent.objects.filter(actor_id=cast.auditor.pk, action__startswith="audit.").order_by("pk")
    assert [look.action for look in looks] == ["audit.list", "audit.view"]
    assert looks[0].payload["filters"] == {"person": [str(cast.officer.pk)], "object": ":nothing"}
    assert looks[1].object_id == str(event.pk)
    assert looks[0].organisation_id == cast.secretariat.pk


# --- one entry


def test_an_entry_shows_its_payload_and_its_place_in_the_record(cast: Cast) -> None:
    event = audit_record(
        action="session.start", category=Category.ACCESS, actor=cast.officer, obj=cast.officer, ip="192.0.2.7"
    )
    client = cast.client("auditor")
    assert "Not sealed yet" in text(client.get(f"/audit/{event.pk}/"))
    number = audit_seal()
    page = text(client.get(f"/audit/{event.pk}/"))
    for words in (
        "Verified just now",
        f"of {number}",
        "Signed</dt>",
        "192.0.2.7",
        "Network address",
        "Signed in",
        "Olga Novak",
        "officer@efc.example",
    ):
        assert words in page


def test_a_damaged_entry_says_so_on_its_page_and_on_top_of_the_list(cast: Cast) -> None:
    event = note(1, actor=cast.officer)[0]
    audit_seal()
    damage(event)
    client = cast.client("auditor")
    page = text(client.get(f"/audit/{event.pk}/"))
    assert "Damaged" in page
    assert "not as the portal wrote it" in page
    assert "has not been verified yet" in text(client.get("/audit/"))
    record_verify()
    for path in ("/audit/", "/audit/state/"):
        assert "The record is damaged" in text(client.get(path))
    assert "Damage in the audit record" in text(cast.client("manager").get("/workspace/"))
    assert "The record is damaged" in text(cast.client("manager").get("/audit/state/"))


def test_a_whole_record_says_so(cast: Cast) -> None:
    note(3, actor=cast.officer)
    number = audit_seal()
    record_verify()
    page = text(cast.client("auditor").get("/audit/"))
    assert f"{number} sealed entries were verified" in page
    assert "Last sealed: block 1" in page


def test_an_entry_that_says_nonsense_still_opens(cast: Cast) -> None:
    event = note(1, actor=cast.officer)[0]
    with_ids = (
        "UPDATE audit_auditevent SET object_type = 'accounts.user', object_id = 'x', category = 'y', payload = '[1]'"
    )

    with superuser() as execute:
        execute(f"{with_ids} WHERE id = %s", [event.pk])
    client = cast.client("auditor")
    assert client.get(f"/audit/{event.pk}/").status_code == 200
    assert client.get("/audit/").status_code == 200


def test_an_entry_that_is_not_there_is_not_found(cast: Cast) -> None:
    assert cast.client("auditor").get("/audit/99999999/").status_code == 404


# --- who read what


def test_who_read_a_submission_also_in_lists_and_through_its_case(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    cast.client("officer").get(f"/cases/triage/{submission.pk}/")
    cast.client("analyst").get("/submissions/")
    case = stages.case_of(cast.officer, submission)
    case_consult(case=case, justification="Quality check of this month", actor=cast.manager)
    cast.client("manager").get(f"/cases/{case.pk}/")
    page = text(cast.client("auditor").get("/audit/readers/", {"reference": submission.reference}))
    for words in ("Olga Novak", "Anton Smit", "Meridian Bank", "Marta Silva", "Looked at a list of submissions"):
        assert words in page
    assert page.count("Quality check of this month") == 2  # the statement, and the reading under it
    assert AuditEvent.objects.filter(action="audit.readers", payload__reference=submission.reference).count() == 1


def test_reading_a_case_before_a_submission_came_into_it_is_not_reading_it(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    cast.client("officer").get(f"/cases/{case.pk}/")
    later = stages.submission_of(cast.analyst)
    page = text(cast.client("auditor").get("/audit/readers/", {"reference": later.reference}))
    assert "Nobody has read it" in page


def test_no_reference_is_told(cast: Cast) -> None:
    client = cast.client("auditor")
    assert client.get("/audit/readers/").status_code == 200
    answer = client.get("/audit/readers/", {"reference": "Meridian Bank"})
    assert answer.status_code == 422
    assert "This is no reference" in text(answer)


def test_who_read_what_costs_the_same_however_often(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    client = cast.client("auditor")
    counts = []
    for number in (10, 990):
        note(number, actor=cast.officer, obj=case)
        client.get("/audit/readers/", {"reference": case.reference})
        with CaptureQueriesContext(connection) as queries:
            client.get("/audit/readers/", {"reference": case.reference})
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- taking part of it away


def export(client: Client, **fields: str) -> HttpResponse:
    return client.post("/audit/export/", {"justification": WHY, **fields})


def lines(answer: Any) -> list[dict[str, str]]:
    data = b"".join(answer.streaming_content)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_an_export_holds_the_narrowed_list_and_is_itself_recorded(cast: Cast) -> None:
    events = note(3, actor=cast.officer, justification="=HYPERLINK(1)")
    note(2, actor=cast.investigator)
    audit_seal()
    answer = export(cast.client("auditor", fresh=True), person="olga", category="consultation")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = lines(answer)
    assert [int(row["event"]) for row in rows] == [event.pk for event in reversed(events)]
    assert rows[0]["person"] == "Olga Novak"
    assert rows[0]["justification"] == "'=HYPERLINK(1)"
    assert rows[0]["block"] == "1"
    kept = AuditEvent.objects.get(action="audit.export")
    assert kept.category == Category.DISCLOSURE
    assert kept.justification == WHY
    assert kept.payload["count"] == 3
    assert kept.payload["filters"]["person"] == [str(cast.officer.pk)]


def test_an_export_of_many_comes_in_parts_and_is_whole(cast: Cast) -> None:
    events = note(2500, actor=cast.officer)
    rows = lines(export(cast.client("auditor", fresh=True), person="olga", category="consultation"))
    assert [int(row["event"]) for row in rows] == [event.pk for event in reversed(events)]


def test_an_export_needs_a_factor_shown_again(cast: Cast) -> None:
    client = cast.client("auditor")
    assert 'href="/audit/"' in text(client.get("/audit/export/")).split("<form")[-1]  # the way back
    asked = export(client, person="olga")
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert not AuditEvent.objects.filter(action="audit.export").exists()
    done = client.post(asked.headers["Location"], {"code": code(), "next": "/audit/export/"})
    assert lines(done) is not None
    assert AuditEvent.objects.get(action="audit.export").justification == WHY


@pytest.mark.parametrize("reason", ["", "  ", "because"])
def test_an_export_needs_a_reason(cast: Cast, reason: str) -> None:
    answer = cast.client("auditor", fresh=True).post("/audit/export/", {"justification": reason})
    assert answer.status_code == 422
    assert not AuditEvent.objects.filter(action="audit.export").exists()


# --- who gets in


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("manager", 403), ("reporter", 404), ("liaison", 404)])
def test_others_do_not_get_in(cast: Cast, who: str, status: int) -> None:
    client = cast.client(who, fresh=True)
    event = note(1)[0]
    for path in ("/audit/", f"/audit/{event.pk}/", "/audit/readers/", "/audit/export/"):
        assert client.get(path).status_code == status
    assert export(client).status_code == status
    assert not AuditEvent.objects.filter(action__startswith="audit.").exists()


def test_auditors_find_it_in_the_navigation(cast: Cast) -> None:
    assert 'href="/audit/"' in text(cast.client("auditor").get("/workspace/"))
    assert 'href="/audit/"' not in text(cast.client("officer").get("/workspace/"))
