"""Reads of submissions. Every object is fetched through `visible_to`; what one may not see is a 404."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.shortcuts import get_object_or_404

from efc_portal.core.money import money_text
from efc_portal.indicators.lifetime import Lifetime
from efc_portal.indicators.models import Identifier
from efc_portal.submissions.models import Attachment, Payment, Sighting, Submission


def get_submission_for(user: object, pk: UUID) -> Submission:
    """A finished submission that the person may see."""
    visible = Submission.objects.visible_to(user).exclude(reference=None)
    return get_object_or_404(visible.select_related("data_key", "organisation", "reporter"), pk=pk)


def get_draft_for(user: object, pk: UUID) -> Submission:
    """A draft that the person may change."""
    editable = Submission.objects.editable_by(user)
    return get_object_or_404(editable.select_related("data_key", "organisation", "reporter"), pk=pk)


def get_attachment_for(user: object, pk: UUID, attachment: UUID) -> Attachment:
    """A file of a submission that the person may see."""
    visible = Attachment.objects.filter(submission__in=Submission.objects.visible_to(user))
    found = visible.select_related("submission__data_key")
    return get_object_or_404(found, pk=attachment, submission_id=pk)


def lifetimes_for(user: object, identifiers: Iterable[Identifier]) -> dict[int, Lifetime]:
    """When each identifier was seen, first and last, in the finished submissions that a person may see: one query.

    A sighting's day is its own, else its submission's period, else the day the submission was sent.
    """
    types = {one.pk: one.type for one in identifiers}
    visible = Submission.objects.visible_to(user).exclude(finished_at=None)
    sent = TruncDate("submission__finished_at")
    rows = (
        Sighting.objects.filter(identifier__in=types, submission__in=visible, withdrawn_at=None)
        .order_by()
        .values("identifier_id")
        .annotate(
            first=Min(Coalesce("seen_on", "submission__period_from", sent)),
            last=Max(Coalesce("seen_on", "submission__period_to", sent)),
        )
    )
    return {row["identifier_id"]: Lifetime(types[row["identifier_id"]], row["first"], row["last"]) for row in rows}


def value_texts(submissions: Iterable[Submission]) -> dict[UUID, str]:
    """What was paid in each submission, largest count first, at most two currencies named: one query for a page.

    What rows of files say was added up when they were checked.
    """
    submissions = list(submissions)
    totals: dict[UUID, list[tuple[int, Decimal, str]]] = {}
    rows = (
        Payment.objects.filter(submission__in=[one.pk for one in submissions])
        .values("submission_id", "currency")
        .annotate(total=Sum("amount"), number=Count("pk"))
    )
    for row in rows:
        totals.setdefault(row["submission_id"], []).append((row["number"], row["total"], row["currency"]))
    for one in submissions:
        if one.file_rows:
            totals[one.pk] = _with_files(totals.get(one.pk, []), [one])
    return {pk: _sums_text(sums) for pk, sums in totals.items()}


def totals_text(payments: QuerySet[Payment], submissions: Iterable[Submission] = ()) -> str:
    """What was paid in all, in payments and in rows of files of some submissions, as `value_texts` writes it."""
    rows = payments.values("currency").annotate(total=Sum("amount"), number=Count("pk"))
    sums = [(row["number"], row["total"], row["currency"]) for row in rows]
    return _sums_text(_with_files(sums, submissions))


def _with_files(
    sums: list[tuple[int, Decimal, str]], submissions: Iterable[Submission]
) -> list[tuple[int, Decimal, str]]:
    found = {currency: (number, total) for number, total, currency in sums}
    for one in submissions:
        for currency, (number, total) in one.file_summary.get("sums", {}).items():
            before = found.get(currency, (0, Decimal(0)))
            found[currency] = before[0] + number, before[1] + Decimal(total)
    return [(number, total, currency) for currency, (number, total) in found.items()]


def _sums_text(sums: list[tuple[int, Decimal, str]]) -> str:
    sums = sorted(sums, reverse=True)
    shown = " + ".join(money_text(total, currency) for _number, total, currency in sums[:2])
    return f"{shown} …" if len(sums) > 2 else shown


@dataclass(frozen=True)
class Feedback:
    """One thing a submitter may be told about what became of a submission."""

    at: datetime
    sentence: str


_feedback_sources: list[Callable[[Submission], list[Feedback]]] = []


def feedback_source(source: Callable[[Submission], list[Feedback]]) -> Callable[[Submission], list[Feedback]]:
    """Register who knows what became of a submission: apps above this one do, and this one shows it."""
    _feedback_sources.append(source)
    return source


def feedback_on(submission: Submission) -> list[Feedback]:
    """Everything that was released to the submitter so far, in order."""
    found = [one for source in _feedback_sources for one in source(submission)]
    return sorted(found, key=lambda one: one.at)
