"""Amounts as the package writes them: exact for machines, worded in the report's language for people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal

from efc_portal.core.money import VIRTUAL_CURRENCIES, minor_units

_CONTEXT = Context(prec=80)  # the usual 28 digits would round a sum of 18-decimal amounts
_FRENCH = {ord(","): "\u202f", ord("."): ","}


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Their sum, exactly."""
    result = Decimal(0)
    for amount in amounts:
        result = _CONTEXT.add(result, amount)
    return result


def _decimals(amount: Decimal) -> int:
    """How many decimals the amount really has: 250.1000 has one."""
    return len(f"{amount:f}".partition(".")[2].rstrip("0"))


def amount_exact(amount: Decimal, currency: str) -> str:
    """In the currency's minor units: `61200.00`, `1200`, `0.15000000`. Never rounded: decimals beyond them stay."""
    return f"{amount:.{max(minor_units(currency), _decimals(amount))}f}"


def amount_shown(amount: Decimal, currency: str, language: str) -> str:
    """`61,200.00 EUR` in English, `61 200,00 EUR` in French; a virtual currency without idle zeros."""
    places = 0 if currency in VIRTUAL_CURRENCIES else minor_units(currency)
    number = f"{amount:,.{max(places, _decimals(amount))}f}"
    return f"{number.translate(_FRENCH) if language == 'fr' else number}\u00a0{currency}"
