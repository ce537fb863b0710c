"""Currencies and their minor units (ISO 4217), and the virtual currencies that have none there."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pycountry
from django.utils.formats import number_format

# ISO 4217 minor units that differ from two digits.
_MINOR_UNITS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(),
        0,
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
# Smallest units of virtual currencies: satoshi, wei, lovelace and so on.
VIRTUAL_CURRENCIES = {
    "BTC": 8,
    "LTC": 8,
    "BCH": 8,
    "DASH": 8,
    "ZEC": 8,
    "ETH": 18,
    "USDT": 6,
    "USDC": 6,
    "TRX": 6,
    "XRP": 6,
    "XMR": 12,
}
_FIRST = ("EUR", "GBP", "USD", "CHF", "SEK", "DKK", "NOK", "PLN", "CZK", "HUF", "RON", "BGN", "PHP")


def minor_units(currency: str) -> int:
    """How many digits may stand after the decimal point."""
    return VIRTUAL_CURRENCIES.get(currency, _MINOR_UNITS.get(currency, 2))


def is_currency(code: str) -> bool:
    return code in VIRTUAL_CURRENCIES or pycountry.currencies.get(alpha_3=code) is not None


@cache
def currency_choices() -> list[tuple[str, str]]:
    """Currencies as (code, code and name): the usual ones first, then virtual ones, then all others."""
    names = {currency.alpha_3: currency.name for currency in pycountry.currencies}
    order = [*_FIRST, *VIRTUAL_CURRENCIES, *sorted(names.keys() - set(_FIRST))]
    return [(code, f"{code} · {names[code]}" if code in names else code) for code in order]


def money_text(amount: Decimal, currency: str) -> str:
    """An amount with its currency, localised, with the currency's digits: `3,120.00 EUR`, `0.84 BTC`."""
    digits = minor_units(currency)
    if currency in VIRTUAL_CURRENCIES:
        shown = amount.quantize(Decimal(1).scaleb(-digits)).normalize()
        digits = max(-int(shown.as_tuple().exponent), 0)
    return f"{number_format(amount, decimal_pos=digits, use_l10n=True, force_grouping=True)}\u00a0{currency}"
