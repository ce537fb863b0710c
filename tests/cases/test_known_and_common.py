"""What a known or a common value does to matches: never a link while it is so, and all of it back when that is over."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.cases.correlate import submission_correlate
from efc_portal.cases.models import Match
from efc_portal.cases.recorrelate import known_value_recorrelate
from efc_portal.cases.related import related_elsewhere
from efc_portal.cases.selectors import match_counts, matches_of
from efc_portal.core.services import data_key_create, reference_next
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.identify import identify
from efc_portal.indicators.models import Identifier, KnownValue
from efc_portal.indicators.services import (
    common_cap_set,
    identifiers_cover,
    identifiers_resolve,
    known_value_add,
    known_value_end,
)
from efc_portal.submissions.enums import SightingRole, SubmissionStatus
from efc_portal.submissions.models import Sighting, Submission
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import stages

pytestmark = pytest.mark.django_db

ACCOUNT = "DE48999900000123456789"  # of a bank code that no bank has
OTHER = "LT959999012345678901"


def reported(reporter: User, *values: str) -> Submission:
    """A finished submission of these values, compared with what is known, without the form and the files."""
    submission = Submission(
        organisation=reporter.memberships.get().organisation,
        reporter=reporter,
        provider_country="NL",
        reference=reference_next("S"),
        status=SubmissionStatus.NORMALISED,
        finished_at=timezone.now(),
        contains_str=False,
        tlp="TLP:AMBER",
        source_grade="A",
        information_grade="2",
        data_key=data_key_create(purpose="submission"),
    )
    submission.content = submission.data_key.seal_json(
        {**stages.DOCUMENT, "identifiers": [], "payments": []},
        submission.content_context,
    )
    submission.save(force_insert=True)
    for position, identifier in enumerate(identifiers_resolve([identify(value) for value in values])):
        Sighting.objects.create(
            submission=submission, identifier=identifier, position=position, role=SightingRole.RECIPIENT
        )
    submission_correlate(submission=submission)
    return submission


def links() -> set[frozenset[UUID]]:
    """The pairs of submissions that an officer sees tied together, from both sides, which must agree."""
    submissions = list(Submission.objects.select_related("data_key"))
    seen = {frozenset((one.pk, row.submission.pk)) for one in submissions for row in matches_of([one])}
    counts = match_counts(submissions)
    for one in submissions:
        assert counts.get(one.pk, 0) == sum(one.pk in pair for pair in seen)
    return seen


def known(cast: Cast, value: str, **options: Any) -> KnownValue:
    options = {"effect": KnownEffect.INFORM, "reason": "Known.", **options}
    return known_value_add(actor=cast.officer, recognised=identify(value), **options)


def end(cast: Cast, entry: KnownValue) -> None:
    known_value_end(actor=cast.officer, known_value=entry, reason="No longer.")


def test_matches_of_before_do_not_count_while_a_value_is_known_and_come_back(cast: Cast) -> None:
    first, second = reported(cast.reporter, ACCOUNT), reported(cast.coordinator, ACCOUNT)
    assert links() == {frozenset((first.pk, second.pk))}
    entry = known(cast, ACCOUNT)
    assert links() == set()
    assert Match.objects.count() == 1  # not lost
    end(cast, entry)
    assert links() == {frozenset((first.pk, second.pk))}


def test_what_was_missed_meanwhile_is_made_when_the_entry_ends(cast: Cast) -> None:
    entry = known(cast, ACCOUNT)
    pks = [reported(cast.reporter, ACCOUNT).pk for _each in range(3)]
    assert Match.objects.count() == 0
    end(cast, entry)
    work_drain_for(30)
    assert links() == {frozenset(pair) for pair in ((pks[0], pks[1]), (pks[0], pks[2]), (pks[1], pks[2]))}
    match = Match.objects.get(earlier=pks[0], later=pks[2])
    assert match.earlier.finished_at < match.later.finished_at
    event = AuditEvent.objects.get(action="match.recorrelate")
    assert (event.payload["count"], event.actor_id) == (3, None)
    known_value_recorrelate(known_value=KnownValue.objects.get(pk=entry.pk))  # the step runs again after a crash
    assert Match.objects.count() == 3
    assert AuditEvent.objects.filter(action="match.recorrelate").count() == 1


def test_what_lies_under_a_known_domain_makes_no_links(cast: Cast) -> None:
    values = ("desk@shop.mill-and-mallow.com", "https://shop.mill-and-mallow.com/pay", "shop.mill-and-mallow.com")
    entry = known(cast, "mill-and-mallow.com", covers_below=True)
    for value in values:
        reported(cast.reporter, value)
        reported(cast.coordinator, value)
    assert Match.objects.count() == 0
    end(cast, entry)
    work_drain_for(30)
    assert len(links()) == len(values)
    known(cast, "mill-and-mallow.com")  # the name alone, not what is below it
    assert len(links()) == len(values)


def test_identifiers_of_before_learn_what_they_lie_under(cast: Cast) -> None:
    reported(cast.reporter, "desk@mill-and-mallow.com", ACCOUNT)
    reported(cast.coordinator, "desk@mill-and-mallow.com")
    Identifier.objects.update(wider_keys=None)  # as stored by an earlier version
    known(cast, "mill-and-mallow.com", covers_below=True)
    assert identifiers_cover(batch=1) == 2  # the mail address, and the domain that it was related to
    assert links() == set()
    assert identifiers_cover() == 0


def test_other_values_of_the_same_submissions_still_link(cast: Cast) -> None:
    reported(cast.reporter, ACCOUNT, OTHER)
    reported(cast.coordinator, ACCOUNT, OTHER)
    known(cast, ACCOUNT)
    assert len(links()) == 1


def test_above_the_limit_nothing_counts_and_an_officer_can_raise_it(cast: Cast, settings: Settings) -> None:
    settings.IDENTIFIER_COMMON_CAP = 2
    for _each in range(3):
        reported(cast.reporter, ACCOUNT)
    assert len(links()) == 3  # each has two others
    fourth = reported(cast.coordinator, ACCOUNT)
    assert links() == set()
    assert Match.objects.count() == 3  # those of before it became common are kept
    page = cast.client("officer").get(reverse("cases:triage_detail", args=[fourth.pk])).content.decode()
    assert "More than 2 other submissions report it." in page
    assert "Known and common values are left out." in page

    identifier = Identifier.objects.get()
    common_cap_set(actor=cast.officer, identifier=identifier, cap=3, reason="One merchant, followed by hand.")
    work_drain_for(30)
    assert len(links()) == 6
    common_cap_set(actor=cast.officer, identifier=identifier, cap=None, reason="Done.")
    assert links() == set()


def test_the_limit_of_a_type_goes_before_the_setting(cast: Cast, settings: Settings) -> None:
    settings.IDENTIFIER_COMMON_CAP = 1
    for _each in range(3):
        reported(cast.reporter, "438857******3388")  # a card's limit is its type's
    assert len(links()) == 3


def test_rows_of_a_draft_count_for_nothing(cast: Cast, settings: Settings) -> None:
    settings.IDENTIFIER_COMMON_CAP = 1
    entry = known(cast, ACCOUNT)
    reported(cast.reporter, ACCOUNT)
    reported(cast.reporter, ACCOUNT)
    identifier = Identifier.objects.get()
    for position in range(3):
        draft = stages.draft_of(cast.reporter)
        Sighting.objects.create(submission=draft, identifier=identifier, position=position, role=SightingRole.SENDER)
    end(cast, entry)
    work_drain_for(30)
    assert len(links()) == 1


@pytest.mark.parametrize("seed", range(4))
def test_links_are_what_the_lists_and_limits_say_whatever_happened_before(
    cast: Cast, settings: Settings, seed: int
) -> None:
    """Against a plain model: pairs that share a value which is neither known, nor under a known one, nor common."""
    settings.IDENTIFIER_COMMON_CAP = 2
    chance = random.Random(seed)
    values = ("mill-and-mallow.com", "desk@mill-and-mallow.com", ACCOUNT)
    under = {values[1]: values[0]}
    holds: dict[str, list[UUID]] = {value: [] for value in values}
    entries: dict[str, KnownValue] = {}
    caps: dict[str, int] = {}
    for _each in range(14):
        value, act = chance.choice(values), chance.choice(("report", "report", "report", "list", "cap"))
        if act == "report":
            holds[value].append(reported(cast.reporter, value).pk)
        elif act == "list" and value in entries:
            end(cast, entries.pop(value))
        elif act == "list":
            entries[value] = known(cast, value, covers_below=value == values[0])
        elif holds[value]:
            caps[value] = chance.randint(1, 4)
            identifier = Identifier.objects.matching([identify(value)]).get()
            common_cap_set(actor=cast.officer, identifier=identifier, cap=caps[value], reason="Tried.")
        work_drain_for(30)
        expected = {
            frozenset((one, other))
            for value, pks in holds.items()
            if value not in entries and under.get(value) not in entries and len(pks) - 1 <= caps.get(value, 2)
            for one in pks
            for other in pks
            if one != other
        }
        assert links() == expected


def test_a_refused_value_is_not_taken_from_the_text_and_a_known_one_makes_no_link(cast: Cast) -> None:
    known(cast, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", effect=KnownEffect.REFUSE)
    known(cast, "1BoatSLRHtKNngkdXEeobR76b53LETtpyT")
    told = "Paid to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 and 1BoatSLRHtKNngkdXEeobR76b53LETtpyT."
    for who in (cast.reporter, cast.coordinator):
        submission = stages.submission_of(
            who,
            what={**stages.DOCUMENT["what"], "narrative": told},
            identifiers=[{"value": f"{who.pk.hex[:8]}@mill-and-mallow.com", "type": "", "role": "contact"}],
            payments=[],
        )
    assert set(submission.sightings.values_list("identifier__type", flat=True)) == {"email", "wallet_btc"}
    assert submission.sightings.count() == 2
    assert links() == set()


def test_the_queue_and_a_page_cost_the_same_however_many_values_are_known(cast: Cast) -> None:
    def cost() -> list[int]:
        found = []
        for call in (lambda: match_counts(submissions), lambda: matches_of(submissions)):
            with CaptureQueriesContext(connection) as queries:
                call()
            found.append(len(queries))
        return found

    submissions = [reported(cast.reporter, ACCOUNT), reported(cast.coordinator, ACCOUNT)]
    few = cost()
    submissions += [reported(cast.reporter, ACCOUNT, OTHER, f"a{number}@mill-and-mallow.com") for number in range(3)]
    known(cast, "mill-and-mallow.com", covers_below=True)
    assert cost() == few


def test_a_known_value_relates_nothing_either(cast: Cast) -> None:
    def related() -> int:
        rows = related_elsewhere(cast.officer, [first])
        return sum(row.related == "mill-and-mallow[.]com" for row in rows)

    first, _second = (
        stages.submission_of(who, identifiers=[{"value": value, "type": "", "role": "contact"}], payments=[])
        for who, value in (
            (cast.reporter, "https://mill-and-mallow.com/pay"),
            (cast.coordinator, "desk@mill-and-mallow.com"),
        )
    )
    assert related() == 1
    entry = known(cast, "mill-and-mallow.com")
    assert related() == 0
    end(cast, entry)
    assert related() == 1
    known(cast, "https://mill-and-mallow.com/pay")
    assert related() == 0
