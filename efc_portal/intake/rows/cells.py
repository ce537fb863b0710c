"""One cell of each column beside the value: what it says, or what is wrong with it. Equal ones are looked at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.types import TYPES
from efc_portal.intake.rows.formats import Formats
from efc_portal.intake.rows.words import country_of, currency_of, method_of, role_of, type_of
from efc_portal.submissions.enums import Method, SightingRole
from efc_portal.submissions.facts import day_check, fineness_check, plain_amount


class Answers(dict[Any, Any]):
    """What a function says of each text it was asked about: its result, or the `InvalidValue` it raises."""

    def __init__(self, function: Callable[[Any], object]) -> None:
        self._function = function

    def __missing__(self, text: Any) -> object:
        try:
            answer = self._function(text)
        except InvalidValue as error:
            answer = error.with_traceback(None)
        self[text] = answer
        return answer


def role(text: str) -> str:
    code = role_of(text) if text else SightingRole.OTHER.value
    if code is None:
        raise _no_code(
            _("This is no part that an identifier plays. Write one of these, or nothing: %(codes)s."), SightingRole
        )
    return code


def method(text: str) -> str:
    code = method_of(text) if text else ""
    if code is None:
        raise _no_code(_("This is no method of payment. Write one of these, or nothing: %(codes)s."), Method)
    return code


def _no_code(sentence: object, choices: Any) -> InvalidValue:
    return InvalidValue(sentence, rule="code", codes=", ".join(choices.values))


def type_code(text: str) -> str | None:
    """A type's code; None to recognise the value by itself."""
    code = type_of(text) if text else ""
    if code is None:
        raise InvalidValue(
            _("This is no type of identifier. Leave the cell empty, or write one of these: %(codes)s."),
            rule="type",
            codes=", ".join(TYPES),
        )
    return code or None


def country(text: str) -> str:
    code = country_of(text) if text else ""
    if code is None:
        raise InvalidValue(
            _("This is no country. Write its code of two letters (ISO 3166-1), such as DE."), rule="country"
        )
    return code


def currency(text: str) -> str:
    code = currency_of(text)
    if code is None:
        raise InvalidValue(
            _("This is no currency. Write its code (ISO 4217), such as EUR, or a ticker, such as BTC."),
            rule="currency",
        )
    return code


class Amounts:
    """Reads (text, whether its decimal mark is a point whatever was stated, currency)."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats

    def __call__(self, asked: tuple[str, bool, str]) -> Decimal:
        text, is_exact, code = asked
        amount = plain_amount(text) if is_exact else self._formats.amount(text)
        fineness_check(amount, code)
        return amount


class Days:
    """Reads days, none of them in the future."""

    def __init__(self, formats: Formats, today: date) -> None:
        self._formats, self._today = formats, today

    def __call__(self, text: str) -> date | None:
        if not text:
            return None
        day = self._formats.day(text)
        day_check(day, self._today)
        return day
