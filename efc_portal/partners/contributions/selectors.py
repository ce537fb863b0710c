"""Reads of the ledger of contributions in kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from efc_portal.core.money import money_text
from efc_portal.core.permissions import Permission
from efc_portal.partners.contributions.enums import ContributionKind, quantity_text
from efc_portal.partners.models import Contribution, Organisation
from efc_portal.partners.permissions import access_of


@dataclass(frozen=True)
class Total:
    """What of one kind came together, from how many organisations, and the valuations that were given."""

    kind: str
    quantity: str
    organisations: int
    valuations: list[str]


def contributions_for(user: object) -> QuerySet[Contribution]:
    """The own organisation's for who records them, all for who views the register, none for others."""
    contributions = Contribution.objects.select_related("organisation", "recorded_by", "withdrawn_by")
    access = access_of(user)
    if access.may(Permission.MEMBERS_VIEW):
        return contributions.order_by("organisation__name", "-period_from", "-recorded_at")
    if access.may(Permission.CONTRIBUTION_RECORD):
        return contributions.filter(organisation=access.organisation)
    return contributions.none()


def contributions_own(user: object) -> QuerySet[Contribution]:
    """Those of the organisation that a person records for, whatever else they may see."""
    return contributions_for(user).filter(organisation=access_of(user).organisation)


def years_of(contributions: QuerySet[Contribution]) -> list[int]:
    """The calendar years that there is something of, the latest first."""
    return [day.year for day in contributions.order_by().dates("period_from", "year", order="DESC")]


def totals_of(contributions: QuerySet[Contribution]) -> list[Total]:
    """By kind in the order of the table; what was withdrawn does not count. Two queries."""
    counted = contributions.filter(withdrawn_at=None).order_by()
    valued = counted.exclude(amount=None).values("kind", "currency").annotate(total=Sum("amount")).order_by("currency")
    valuations: dict[str, list[str]] = {}
    for row in valued:
        valuations.setdefault(row["kind"], []).append(money_text(row["total"], row["currency"]))
    sums = {
        row["kind"]: row
        for row in counted.values("kind").annotate(
            total=Sum("quantity"), organisations=Count("organisation", distinct=True)
        )
    }
    return [
        Total(
            str(kind.label),
            quantity_text(kind, Decimal(sums[kind]["total"])),
            sums[kind]["organisations"],
            valuations.get(kind, []),
        )
        for kind in ContributionKind
        if kind in sums
    ]


def contribution_recorded_since(organisation: Organisation, day: date) -> bool:
    """Whether an organisation has recorded something whose period ends on a day or later, and not withdrawn it."""
    return organisation.contributions.filter(period_to__gte=day, withdrawn_at=None).exists()
