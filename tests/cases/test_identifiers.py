"""One identifier before an officer."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from efc_portal.audit.models import AuditEvent
from efc_portal.cases.querysets import CaseQuerySet
from efc_portal.cases.views import identifiers
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.services import common_cap_set
from efc_portal.submissions.models import Submission
from efc_portal.submissions.services import value_withdraw
from tests.cast import Cast
from tests.factories import stages
from tests.factories.stages import IBAN

pytestmark = pytest.mark.django_db

WHY = "Preparing the meeting on night transfers"


def page_of(submission: Submission) -> str:
    return reverse("cases:identifier", args=[Identifier.objects.get(sightings__submission=submission).pk])


def test_the_reason_is_asked_and_recorded(cast: Cast) -> None:
    first, second = stages.submission_of(cast.reporter), stages.submission_of(cast.coordinator)
    client, url = cast.client("officer"), page_of(first)
    asked = client.get(url).content.decode()
    assert first.reference not in asked
    assert IBAN[-4:] not in asked
    assert client.post(url, {"why": ""}).status_code == 422
    assert not AuditEvent.objects.filter(action="identifier.view").exists()
    shown = client.post(url, {"why": WHY}, follow=True).content.decode()
    for text in (first.reference, second.reference, "Meridian Bank", "Lighthouse for Children", "Recipient of money"):
        assert str(text) in shown
    event = AuditEvent.objects.get(action="identifier.view")
    assert event.justification == WHY
    assert set(event.payload["references"]) == {first.reference, second.reference}


def test_a_look_up_that_found_it_is_reason_enough(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    client = cast.client("officer")
    client.post(reverse("look_up:ask"), {"values": IBAN, "why": WHY})
    assert submission.reference in client.get(page_of(submission)).content.decode()
    assert AuditEvent.objects.get(action="identifier.view").justification == WHY


def test_the_page_calls_it_common_by_its_own_limit(cast: Cast) -> None:
    first, *_others = (stages.submission_of(one) for one in (cast.reporter, cast.coordinator, cast.reporter))
    client, url = cast.client("officer"), page_of(first)
    assert "ties none of them together" not in client.post(url, {"why": WHY}, follow=True).content.decode()
    identifier = Identifier.objects.get(sightings__submission=first)
    common_cap_set(actor=cast.officer, identifier=identifier, cap=1, reason="A collection account.")
    assert "ties none of them together" in client.get(url).content.decode()


def test_a_case_leads_to_it(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    case = stages.case_of(cast.officer, submission)
    detail = cast.client("officer").get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert page_of(submission) in detail


def back_link(page: str) -> tuple[str, str]:
    found = re.search(r'<a class="govuk-back-link" href="([^"]*)">([^<]*)</a>', page)
    assert found
    return found[1], found[2]


def test_opened_from_a_case_it_leads_back_there(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    case = stages.case_of(cast.officer, submission)
    client, there = cast.client("officer"), (reverse("cases:detail", args=[case.pk]), str(case.reference))
    url = page_of(submission) + f"?case={case.pk}"
    assert f'href="{url}"' in client.get(there[0]).content.decode()
    asked = client.get(url).content.decode()
    assert back_link(asked) == there
    assert f'action="{url}"' in asked
    shown = client.post(url, {"why": WHY}, follow=True).content.decode()
    assert back_link(shown) == there
    submission_page = client.get(reverse("cases:triage_detail", args=[submission.pk])).content.decode()
    assert back_link(submission_page) == there  # it waits no longer


@pytest.mark.parametrize("wanted", ["", "//elsewhere.example", "5b0f4a1c-0000-4000-8000-000000000000", "hidden"])
def test_it_leads_nowhere_else(cast: Cast, wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    submission = stages.submission_of(cast.reporter)
    if wanted == "hidden":  # a case that is there, but not for this reader
        wanted = str(stages.case_of(cast.officer, submission).pk)
        monkeypatch.setattr(CaseQuerySet, "visible_to", lambda self, _user: self.none())
    client, url = cast.client("officer"), page_of(submission)
    shown = client.post(f"{url}?case={wanted}", {"why": WHY}, follow=True).content.decode()
    assert back_link(shown) == (reverse("cases:list"), "Cases")


def test_what_nobody_finished_is_not_there(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    draft = stages.draft_of(cast.reporter)
    url = page_of(submission)
    submission.sightings.update(submission=draft)
    assert cast.client("officer").get(url).status_code == 404
    assert cast.client("officer").get(reverse("cases:identifier", args=[987654])).status_code == 404


def test_many_submissions_are_paged_and_cost_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identifiers, "PER_PAGE", 2)
    submissions = [stages.submission_of(cast.reporter) for _ in range(2)]
    client, counts = cast.client("officer"), []
    client.post(page_of(submissions[0]), {"why": WHY})
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(page_of(submissions[0]), {"page": "1"}).content.decode()
        counts.append(len(queries))
        submissions += [stages.submission_of(cast.reporter) for _ in range(3)]
    assert counts[0] == counts[1]
    assert "1 to 2 of 5" in page
    assert submissions[4].reference in page
    assert submissions[0].reference not in page


def related(shown: str) -> list[str]:
    """The rows of the related values, as text."""
    table = shown.partition("Related values")[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_the_page_says_what_is_related_to_it_and_in_how_many_submissions(cast: Cast) -> None:
    page = {"value": "https://pay.shop-seven.example.org/a", "type": "", "role": "other", "group": ""}
    domain = {**page, "value": "pay.shop-seven.example.org"}
    first = stages.submission_of(cast.reporter, identifiers=[page], payments=[])
    stages.submission_of(cast.coordinator, identifiers=[page, domain], payments=[])
    client = cast.client("officer")
    url = reverse("cases:identifier", args=[first.sightings.get().identifier_id])
    rows = related(client.post(url, {"why": WHY}, follow=True).content.decode())
    assert "names pay[.]shop-seven[.]example[.]org Domain 2" in rows
    host = Identifier.objects.get(type="domain", sightings__isnull=False)
    assert reverse("cases:identifier", args=[host.pk]) in client.get(url).content.decode()
    back = client.post(reverse("cases:identifier", args=[host.pk]), {"why": WHY}, follow=True).content.decode()
    assert related(back)[0] == "is named by hxxps://pay[.]shop-seven[.]example[.]org/a URL 2"


def test_what_was_taken_back_where_it_was_reported_has_no_page_to_lead_to(cast: Cast) -> None:
    row = {"type": "", "role": "other", "group": ""}
    host = stages.submission_of(cast.reporter, identifiers=[{**row, "value": "shop-seven.example.org"}], payments=[])
    page = {**row, "value": "https://shop-seven.example.org/a"}
    other = stages.submission_of(cast.coordinator, identifiers=[page], payments=[])
    taken_back = host.sightings.get().identifier
    value_withdraw(submission=host, identifier=taken_back, reason="mistake", actor=cast.reporter)
    url = reverse("cases:identifier", args=[other.sightings.get().identifier_id])
    shown = cast.client("officer").post(url, {"why": WHY}, follow=True).content.decode()
    assert "names shop-seven[.]example[.]org Domain 1" in related(shown)
    assert reverse("cases:identifier", args=[taken_back.pk]) not in shown


def test_the_page_says_how_recent_it_is(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    client, url = cast.client("officer"), page_of(submission)
    sightings = submission.sightings.filter(identifier=Identifier.objects.get(sightings__submission=submission))
    sightings.update(seen_on=date(2026, 3, 1))
    shown = client.post(url, {"why": WHY}, follow=True).content.decode()
    assert re.search(r"First seen</dt>\s*<dd>1 March 2026", shown)
    assert "Fades on 28 February 2031, unless it is seen again" in shown  # five years for an IBAN
    sightings.update(seen_on=date(2019, 3, 1))
    assert "Faded since 28 February 2024" in client.get(url).content.decode()
