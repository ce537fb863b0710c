"""What must hold of amounts and days of payments, in the form and in a file alike.

Each raises `InvalidValue` with the sentence for the reporter.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from efc_portal.core.money import minor_units
from efc_portal.core.standards.errors import InvalidValue

LARGEST = Decimal(10) ** 12


def plain_amount(text: str) -> Decimal:
    """The amount that digits with at most one point are."""
    digits = text.replace(".", "", 1)
    if not digits.isascii() or not digits.isdigit():
        raise InvalidValue(_("Write the amount in digits only, and its currency apart from it."), rule="amount")
    amount = Decimal(text)
    if amount >= LARGEST:
        raise InvalidValue(_("This amount is too large to be one payment. Check it."), rule="amount_large")
    return amount


def fineness_check(amount: Decimal, currency: str) -> None:
    """Refuse an amount with more digits after the point than its currency has."""
    digits = minor_units(currency)
    if -int(amount.as_tuple().exponent) <= digits:
        return
    if not digits:
        raise InvalidValue(
            _("%(currency)s has no digits after the point. Correct the amount or the currency."),
            rule="minor_units",
            currency=currency,
        )
    raise InvalidValue(
        ngettext(
            "%(currency)s has at most %(digits)s digit after the point. Correct the amount or the currency.",
            "%(currency)s has at most %(digits)s digits after the point. Correct the amount or the currency.",
            digits,
        ),
        rule="minor_units",
        currency=currency,
        digits=digits,
    )


def day_check(day: date, today: date) -> None:
    if day > today:
        raise InvalidValue(_("This day is in the future. Enter the day it was paid."), rule="future")
