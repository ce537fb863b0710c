"""What the public may read of contributions in kind: totals that say nothing about any one organisation.

Each figure stands for one kind in one calendar year, and is shown only when

- at least **five** organisations stand behind it (`ORGANISATIONS_LEAST`), and
- none of them makes up more than **85 %** of it (`LARGEST_SHARE`): of a total that is nearly all one organisation's,
  anybody who knows who the large one is could read its contribution off, however many small ones there are; and
- all but the two largest together make up at least **15 %** of the largest (`OTHERS_LEAST`): the second largest knows
  its own share, and would else read the largest's off (the *p % rule* of official statistics).

Otherwise nothing is said of that kind and year, not even that there was something. Nothing published can be
subtracted from anything else published to get at what is left out: there is no sum over kinds, over years or over
currencies, and none over organisations of a sector or country. Valuations are a figure of their own with the same
rules, counted over the organisations that gave one *in that currency*; the amounts of others are not in it.

Figures say what the ledger held when the current quarter began, so they change four times a year and by what all
organisations did in three months: nobody can look before and after one entry, nor try entries of their own until a
figure steps. They are rounded to two significant digits. The number of organisations behind a figure is not shown,
because it would tell when one joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from efc_portal.core.money import money_text
from efc_portal.partners.contributions.enums import ContributionKind, quantity_text
from efc_portal.partners.models import Contribution

ORGANISATIONS_LEAST = 5
LARGEST_SHARE = Decimal("0.85")
OTHERS_LEAST = Decimal("0.15")  # of the largest: what the second largest cannot tell it from
SIGNIFICANT = 2
YEARS_SHOWN = 3


@dataclass(frozen=True)
class PublicTotal:
    """One row: a kind, the quantity in its unit, and the valuations by currency, both rounded and in words."""

    kind: str
    quantity: str
    valuations: list[str]


@dataclass(frozen=True)
class PublicYear:
    year: int
    totals: list[PublicTotal]


def quarter_begins() -> date:
    """The first day of the current quarter: what was recorded or withdrawn from then on is not in the figures yet."""
    today = timezone.localdate()
    return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)


def public_years() -> list[PublicYear]:
    """The latest calendar years of which something may be said, the newest first, in the active language."""
    held_at = timezone.make_aware(datetime.combine(quarter_begins(), time.min))
    since = timezone.localdate().year - YEARS_SHOWN + 1
    counted = Contribution.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gte=held_at), recorded_at__lt=held_at, period_from__year__gte=since
    ).order_by()
    shares = counted.values_list("period_from__year", "kind", "organisation").annotate(share=Sum("quantity"))
    quantities = _sums(((year, kind), share) for year, kind, _organisation, share in shares)
    valued = counted.exclude(amount=None).values_list("period_from__year", "kind", "currency", "organisation")
    amounts = _sums(
        ((year, kind, currency), share)
        for year, kind, currency, _organisation, share in valued.annotate(share=Sum("amount"))
    )
    return [
        PublicYear(
            year, [_total(year, kind, quantities, amounts) for kind in ContributionKind if (year, kind) in quantities]
        )
        for year in sorted({year for year, _kind in quantities}, reverse=True)
    ]


def _total(
    year: int, kind: ContributionKind, quantities: dict[Any, Decimal], amounts: dict[Any, Decimal]
) -> PublicTotal:
    valuations = [
        money_text(amount, currency)
        for (in_year, of_kind, currency), amount in sorted(amounts.items())
        if (in_year, of_kind) == (year, kind)
    ]
    return PublicTotal(str(kind.label), quantity_text(kind, quantities[year, kind]), valuations)


def _sums(shares: Iterable[tuple[Any, Decimal]]) -> dict[Any, Decimal]:
    """The rounded sums that may be said, by what they stand for; one share for each organisation."""
    grouped: dict[Any, list[Decimal]] = {}
    for key, share in shares:
        grouped.setdefault(key, []).append(share)
    return {key: _rounded(sum(each, Decimal())) for key, each in grouped.items() if may_be_said(each)}


def may_be_said(shares: Sequence[Decimal]) -> bool:
    """Whether a sum of these shares, one for each organisation, may be published."""
    given = [share for share in shares if share]
    if len(given) < ORGANISATIONS_LEAST:
        return False
    first, _second, *others = sorted(given, reverse=True)
    return first <= LARGEST_SHARE * sum(given) and sum(others) >= OTHERS_LEAST * first


def _rounded(value: Decimal) -> Decimal:
    """To two significant digits: 1,250 becomes 1,200."""
    rounded = value.quantize(Decimal(1).scaleb(value.adjusted() - SIGNIFICANT + 1), ROUND_HALF_EVEN)
    return Decimal(f"{rounded:f}")
