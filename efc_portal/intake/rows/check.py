"""Checking rows of a file: each becomes what the portal keeps of it, or says for each wrong cell how to mend it.

What many rows have in common (parts, currencies, days, methods, countries) is looked at once a call, so that a row
costs little more than recognising its value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from efc_portal.core.pan import truncate_pans
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.identify import identify_many
from efc_portal.indicators.types import TYPES
from efc_portal.intake.reading.encoding import UNREADABLE
from efc_portal.intake.reading.table import Exact, RawRow
from efc_portal.intake.rows import cells as reads
from efc_portal.intake.rows.columns import KEYS, Columns, Words
from efc_portal.intake.rows.formats import Formats
from efc_portal.intake.rows.masks import masked, shown

_SHORTENED = re.compile(r"[0-9][.,]?[0-9]*E\+?[0-9]{1,2}", re.IGNORECASE)  # 4.11111E+15, as spreadsheets shorten
_ORDER = {key: place for place, key in enumerate(("", *KEYS))}


def _message(error: InvalidValue) -> str:
    """With its full stop: several may stand behind each other in a file."""
    return error.message if error.message.endswith((".", "!", "?")) else f"{error.message}."


_said = lazy(_message, str)


@dataclass(slots=True)
class Row:
    """What a row says. `country` is the value's own, else the row's; codes are those of the enums, "" for none."""

    number: int
    recognised: Recognised
    role: str
    amount: Decimal | None
    currency: str
    seen_on: date | None
    method: str
    country: str


@dataclass(slots=True)
class RowError:
    """One wrong cell. `column` is a key of `COLUMNS`, or "" for the row as a whole; `masked` may be kept and shown."""

    number: int
    column: str
    masked: str
    rule: str
    sentence: Words


@dataclass
class Checked:
    """`broken` are the cells of rows with errors, by their number, as they may be kept and sent back to be mended:
    without full card numbers, and with numbers written as the file is stated to write them.
    """

    rows: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    broken: dict[int, list[str]] = field(default_factory=dict)


def rows_check(
    raw: Sequence[RawRow], columns: Columns, formats: Formats, *, region: str | None, today: date | None = None
) -> Checked:
    """Check some rows. One with an error is not among the rows given back; all its errors are told.

    `region` is the country of the reporter (ISO 3166-1 alpha-2), for phone numbers without a country code. `today` is
    the last day that a date may name.
    """
    return _Check(columns, formats, region, today or timezone.localdate()).run(raw)


class _Check:
    def __init__(self, columns: Columns, formats: Formats, region: str | None, today: date) -> None:
        if columns.value is None:
            raise ValueError("Rows without a column of values cannot be checked.")
        self._columns, self._formats, self._region = columns, formats, region
        self._needed = 1 + max(place for key in KEYS if (place := getattr(columns, key)) is not None)
        self._roles, self._methods = reads.Answers(reads.role), reads.Answers(reads.method)
        self._types, self._countries = reads.Answers(reads.type_code), reads.Answers(reads.country)
        self._currencies = reads.Answers(reads.currency)
        self._amounts = reads.Amounts(formats)
        self._days = reads.Answers(reads.Days(formats, today))
        self.errors: list[RowError] = []
        self._wrong: dict[int, None] = {}  # places in the batch of rows that have an error

    def run(self, raw: Sequence[RawRow]) -> Checked:
        facts = [self._facts(place, row) for place, row in enumerate(raw)]
        rows: list[Row] = []
        countries = {code: declaration.country for code, declaration in TYPES.items()}
        for place, (row, answer) in enumerate(zip(raw, self._recognised(raw, facts), strict=True)):
            if answer is None:
                continue
            if isinstance(answer, InvalidValue):
                self._value_error(place, row, answer)
            elif place not in self._wrong:
                _type, role, amount, currency, day, method, country = facts[place]
                own = countries[answer.type](answer.canonical)
                rows.append(Row(row.number, answer, role, amount, currency, day, method, own or country))
        if self.errors:
            self.errors.sort(key=lambda error: (error.number, _ORDER[error.column]))
        return Checked(rows, self.errors, {raw[place].number: self._kept(raw[place].cells) for place in self._wrong})

    def _kept(self, cells: list[str]) -> list[str]:
        """The cells of a row that is to be mended."""
        kept = []
        for place, text in enumerate(cells):
            is_amount = text.__class__ is Exact and place == self._columns.amount
            kept.append(text.replace(".", self._formats.decimal) if is_amount else truncate_pans(text)[0])
        return kept

    def _facts(self, place: int, row: RawRow) -> tuple[Any, ...]:
        """What stands beside the value: type, role, amount, currency, day, method, country."""
        columns, (number, cells) = self._columns, row
        count = len(cells)
        if columns.width and count > columns.width and any(map(str.strip, cells[columns.width :])):
            self._slipped(place, number, cells[columns.width :])
        if count < self._needed:
            cells = [*cells, *[""] * (self._needed - count)]
        type_code = role = amount = currency = day = method = country = None
        if columns.type is not None:
            type_code = self._types[cells[columns.type].strip()]
            if type_code.__class__ is InvalidValue:
                self._error(place, number, "type", cells[columns.type], type_code)
                type_code = None
        if columns.role is not None:
            role = self._roles[cells[columns.role].strip()]
            if role.__class__ is InvalidValue:
                self._error(place, number, "role", cells[columns.role], role)
        if columns.amount is not None and (text := cells[columns.amount].strip()):
            amount, currency = self._amount(place, number, text, cells)
        if columns.date is not None:
            day = self._days[cells[columns.date].strip()]
            if day.__class__ is InvalidValue:
                self._error(place, number, "date", cells[columns.date], day)
        if columns.method is not None:
            method = self._methods[cells[columns.method].strip()]
            if method.__class__ is InvalidValue:
                self._error(place, number, "method", cells[columns.method], method)
        if columns.country is not None:
            country = self._countries[cells[columns.country].strip()]
            if country.__class__ is InvalidValue:
                self._error(place, number, "country", cells[columns.country], country)
                country = None
        return type_code, role or "other", amount, currency or "", day, method or "", country or ""

    def _amount(self, place: int, number: int, text: str, cells: list[str]) -> tuple[Any, Any]:
        columns = self._columns
        code = (cells[columns.currency].strip() if columns.currency is not None else "") or self._formats.currency
        if not code:
            missing = InvalidValue(
                _("The amount has no currency. Write its code (ISO 4217), such as EUR."), rule="currency_missing"
            )
            self._error(place, number, "currency", "", missing)
            return None, None
        currency = self._currencies[code]
        if currency.__class__ is InvalidValue:
            self._error(place, number, "currency", code, currency)
            return None, None
        try:
            return self._amounts.read(text, cells[columns.amount or 0].__class__ is Exact, currency), currency
        except InvalidValue as error:
            self._error(place, number, "amount", text, error)
            return None, None

    def _recognised(
        self, raw: Sequence[RawRow], facts: Sequence[tuple[Any, ...]]
    ) -> list[Recognised | InvalidValue | None]:
        """What each row's value is recognised as; those without one are told of here."""
        at = self._columns.value or 0
        answers: list[Recognised | InvalidValue | None] = [None] * len(raw)
        by_region: dict[str | None, list[int]] = {}
        for place, row in enumerate(raw):
            text = row.cells[at].strip() if len(row.cells) > at else ""
            if not text or UNREADABLE in text:
                answers[place] = _unreadable() if text else _no_value()
            else:
                by_region.setdefault(facts[place][-1] or self._region, []).append(place)
        for region, places in by_region.items():
            found = identify_many(
                [raw[place].cells[at] for place in places], types=[facts[place][0] for place in places], region=region
            )
            for place, answer in zip(places, found, strict=True):
                answers[place] = answer
        return answers

    def _value_error(self, place: int, row: RawRow, error: InvalidValue) -> None:
        at = self._columns.value or 0
        text = row.cells[at] if len(row.cells) > at else ""
        if _SHORTENED.fullmatch(text.strip()):
            error = InvalidValue(
                _(
                    "A spreadsheet has shortened this number, so that its last digits are lost. Format the column as "
                    "text, enter the value again, and save the file."
                ),
                rule="shortened",
            )
        self._error(place, row.number, "value", text, error)

    def _slipped(self, place: int, number: int, extra: list[str]) -> None:
        error = InvalidValue(
            _(
                "The row has more than the %(width)s columns that the file names. In a CSV file, put what holds a "
                "separator, such as a decimal comma, into quotation marks; in JSON, give every object the same "
                "members, each once."
            ),
            rule="cells",
            width=self._columns.width,
        )
        self._error(place, number, "", next(filter(str.strip, extra)), error)

    def _error(self, place: int, number: int, column: str, text: str, error: InvalidValue) -> None:
        self._wrong[place] = None
        error.__traceback__ = error.__cause__ = error.__context__ = None  # they would keep the batch alive
        may_stand = masked(text) if column == "value" else shown(text)
        self.errors.append(RowError(number, column, may_stand, error.rule, _said(error)))


def _no_value() -> InvalidValue:
    return InvalidValue(_("The row names no identifier. Enter it, or delete the row."), rule="empty")


def _unreadable() -> InvalidValue:
    return InvalidValue(
        _(
            "The value has a character that cannot be read. Enter the value again, or state another encoding of the "
            "file."
        ),
        rule="encoding",
    )
