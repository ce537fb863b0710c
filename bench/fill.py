"""Thousands of submissions in seconds: rows that are encrypted like all others, written in bulk, past the workflow."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from bench.invented import NARRATIVE
from efc_portal.accounts.models import User
from efc_portal.cases.models import Match
from efc_portal.core.models import DataKey
from efc_portal.demo.values import Invented
from efc_portal.indicators.identify import identify
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.services import identifiers_resolve
from efc_portal.partners.models import Membership
from efc_portal.submissions.enums import SightingRole, SubmissionStatus, Tlp
from efc_portal.submissions.models import Payment, Sighting, Submission

BATCH = 500
PAYMENTS = 2
SHARED_BY = 5  # so many submissions in a row name the same account
# What becomes of ten submissions: the queue grows with the portal, and so do its past decisions.
STATUSES = [SubmissionStatus.TRIAGE] * 6 + [SubmissionStatus.ASKED] + [SubmissionStatus.DECLINED] * 3


def fill_to(total: int) -> None:
    """Bring the database to this many finished submissions."""
    there = Submission.objects.exclude(reference=None).count()
    reporters = list(Membership.objects.filter(organisation__kind="partner").select_related("organisation", "user"))
    for first in range(there, total, BATCH):
        _batch(range(first, min(first + BATCH, total)), reporters)


def _batch(numbers: range, reporters: list[Membership]) -> None:
    submissions = [_submission(number, reporters[number % len(reporters)]) for number in numbers]
    DataKey.objects.bulk_create(one.data_key for one in submissions)
    Submission.objects.bulk_create(submissions)
    identifiers = _identifiers(numbers)
    shared, own = identifiers[: len(numbers)], identifiers[len(numbers) :]
    sightings = Sighting.objects.bulk_create(
        Sighting(submission=one, identifier=identifier, position=position, role=SightingRole.RECIPIENT)
        for one, *pair in zip(submissions, shared, own, strict=True)
        for position, identifier in enumerate(pair)
    )
    Payment.objects.bulk_create(
        Payment(
            submission=sighting.submission, position=position, recipient=sighting, method="bank_transfer",
            amount=Decimal(35 + position), currency="EUR",
        )
        for sighting in sightings[::2]
        for position in range(PAYMENTS)
    )  # fmt: skip
    Match.objects.bulk_create(
        Match(earlier=earlier, later=later, identifier=identifier)
        for earlier, later, identifier, before in zip(submissions, submissions[1:], shared[1:], shared, strict=False)
        if identifier == before
    )


def _submission(number: int, reporter: Membership) -> Submission:
    user: User = reporter.user
    finished = timezone.now() - timedelta(minutes=number)
    one = Submission(
        reference=f"S-2025-{number + 1:06d}",
        organisation=reporter.organisation,
        reporter=user,
        provider_country=reporter.organisation.country,
        status=STATUSES[number % len(STATUSES)],
        status_at=finished + timedelta(seconds=30),
        created_at=finished,
        finished_at=finished,
        data_key=DataKey.new("submission"),
        contains_str=False,
        child_in_danger=number % 50 == 0,
        tlp=Tlp.AMBER,
        source_grade="A",
        information_grade="2",
        methods=["bank_transfer"],
        countries=["DE"],
    )
    document = {
        "what": {"title": f"Transfers to one account, {number}", "narrative": NARRATIVE},
        "identifiers": [],
        "payments": [],
        "handling": {"handling_note": "", "str_reference": ""},
    }
    one.content = one.data_key.seal_json(document, one.content_context)
    return one


def _identifiers(numbers: range) -> list[Identifier]:
    """For each submission an account that its neighbours name as well, then for each one of its own."""
    shared = [Invented(f"shared {number // SHARED_BY}").iban("DE") for number in numbers]
    own = [Invented(f"own {number}").iban("NL") for number in numbers]
    return identifiers_resolve([identify(value, type="iban") for value in [*shared, *own]])
