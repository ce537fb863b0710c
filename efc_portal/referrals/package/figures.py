"""What the payments of a referral add up to, and the one picture of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from efc_portal.referrals.package.content import Payment
from efc_portal.referrals.package.language import MONTHS, MONTHS_SHORT, Language
from efc_portal.referrals.package.money import amount_shown, total

MOST_MONTHS = 24  # a longer span is drawn by years


@dataclass(frozen=True, slots=True)
class Total:
    """The payments of one method in one currency."""

    method: str
    currency: str
    count: int
    amount: Decimal
    first: date | None
    last: date | None


def span(payments: Sequence[Payment]) -> tuple[date | None, date | None]:
    """The first and last dated day."""
    days = [payment.paid_on for payment in payments if payment.paid_on]
    return (min(days), max(days)) if days else (None, None)


def totals(payments: Sequence[Payment]) -> list[Total]:
    """One row per method and currency, the most frequent first."""
    groups: dict[tuple[str, str], list[Payment]] = defaultdict(list)
    for payment in payments:
        groups[payment.method.label, payment.currency].append(payment)
    rows = [
        Total(method, currency, len(group), total(payment.amount for payment in group), *span(group))
        for (method, currency), group in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.method, row.currency))


def value_line(payments: Sequence[Payment], language: Language) -> str:
    """61,200.00 EUR and 0.15 BTC in 214 payments, 3 March 2026 to 12 October 2026."""
    by_currency: dict[str, list[Decimal]] = defaultdict(list)
    for payment in payments:
        by_currency[payment.currency].append(payment.amount)
    amounts = language.listed(
        [
            amount_shown(total(group), currency, language.code)
            for currency, group in sorted(by_currency.items(), key=lambda item: (-len(item[1]), item[0]))
        ]
    )
    line = language.count(
        "%(amounts)s in one payment", "%(amounts)s in %(number)s payments", len(payments), amounts=amounts
    )
    period = language.period(*span(payments))
    return f"{line}, {period}" if period else line


def _months(first: date, last: date) -> list[tuple[int, int]]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [(number // 12, number % 12 + 1) for number in range(start, end + 1)]


def chart(payments: Sequence[Payment], language: Language) -> dict[str, object] | None:
    """Amounts by month (by year, over a long span) in the currency with the most dated payments.

    None when there is nothing to compare: fewer than two periods. Heights are parts of the largest, from 0 to 1.
    """
    dated = [payment for payment in payments if payment.paid_on]
    counts: dict[str, int] = defaultdict(int)
    for payment in dated:
        counts[payment.currency] += 1
    if not counts:
        return None
    currency = min(counts, key=lambda code: (-counts[code], code))
    chosen = [payment for payment in dated if payment.currency == currency]
    first, last = min(p.paid_on for p in chosen if p.paid_on), max(p.paid_on for p in chosen if p.paid_on)
    by_year = len(_months(first, last)) > MOST_MONTHS
    periods = [(year, 0) for year in range(first.year, last.year + 1)] if by_year else _months(first, last)
    sums: dict[tuple[int, int], list[Decimal]] = {period: [] for period in periods}
    for payment in chosen:
        if payment.paid_on:
            sums[payment.paid_on.year, 0 if by_year else payment.paid_on.month].append(payment.amount)
    amounts = {period: total(values) for period, values in sums.items()}
    largest = max(amounts.values())
    if len(periods) < 2 or largest <= 0 or len(periods) > 5 * MOST_MONTHS:
        return None
    top = next(period for period in periods if amounts[period] == largest)
    return {
        "bars": [
            {
                "label": str(year) if by_year else language.say(MONTHS_SHORT[month - 1]),
                "group": "" if by_year else str(year),
                "height": float(amounts[year, month] / largest),
                "top": (year, month) == top,
            }
            for year, month in periods
        ],
        "largest": amount_shown(largest, currency, language.code),
        "caption": _caption(len(chosen), len(payments), currency, by_year, language),
        "alt": _alt(amounts, top, currency, by_year, language),
    }


def _caption(chosen: int, every: int, currency: str, by_year: bool, language: Language) -> str:
    text = (
        language.say("Amounts by year, %(currency)s.", currency=currency)
        if by_year
        else language.say("Amounts by month, %(currency)s.", currency=currency)
    )
    if chosen == every:
        return text
    rest = language.say(
        "Drawn from %(chosen)s of %(every)s payments: those in this currency with a known date.",
        chosen=language.number(chosen),
        every=language.number(every),
    )
    return f"{text} {rest}"


def _alt(
    amounts: dict[tuple[int, int], Decimal], top: tuple[int, int], currency: str, by_year: bool, language: Language
) -> str:
    """The picture as a sentence: each period with its amount, the largest named first."""

    def name(period: tuple[int, int]) -> str:
        year, month = period
        return str(year) if by_year else f"{language.say(MONTHS[month - 1])} {year}"

    each = "; ".join(
        f"{name(period)}: {amount_shown(amount, currency, language.code)}" for period, amount in amounts.items()
    )
    return language.say("Bar chart. The largest is %(top)s. %(each)s.", top=name(top), each=each)
