"""How amounts and days are written in a file: stated by the person who sends it, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.submissions.facts import plain_amount

DECIMALS = {".": _("1,234.50 (a point before the decimals)"), ",": _("1.234,50 (a comma before the decimals)")}
DATES = {
    "ymd": _("2026-03-31 (year, month, day)"),
    "dmy": _("31/03/2026 (day, month, year)"),
    "mdy": _("03/31/2026 (month, day, year)"),
}
_ORDERS = {"ymd": _("year, month, day"), "dmy": _("day, month, year"), "mdy": _("month, day, year")}
_EXAMPLES = {"ymd": "2026-03-31", "dmy": "31/03/2026", "mdy": "03/31/2026"}
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ][0-9:.]{4,15}(?:Z|[+-][0-9:]{2,6})?)?")
_PARTS = re.compile(r"([0-9]{1,4})([./ -])([0-9]{1,2})\2([0-9]{1,4})(?:[T ]+[0-9]{1,2}:[0-9:.]{2,12})?")
_COMPACT = re.compile(r"[0-9]{8}")
_OTHER = {".": ",", ",": "."}
# With the other mark, or a blank or an apostrophe, between the thousands.
_GROUPED = {
    mark: re.compile(rf"[0-9]{{1,3}}([{other} '’])[0-9]{{3}}(?:\1[0-9]{{3}})*(?:[{mark}][0-9]*)?")
    for mark, other in _OTHER.items()
}
_UNGROUPED = {mark: str.maketrans("", "", f"{other} '’") for mark, other in _OTHER.items()}


@dataclass(frozen=True)
class Formats:
    """`decimal` is "." or ","; `dates` the order of day, month and year; `currency` that of amounts without one."""

    decimal: str = "."
    dates: str = "ymd"
    currency: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Formats:
        return cls(**{field.name: stored[field.name] for field in fields(cls) if field.name in stored})

    def amount(self, text: str) -> Decimal:
        """An amount as the file writes it. Raises `InvalidValue` where it does not fit what was stated."""
        compact = text.replace("\u00a0", " ").replace("\u202f", " ")
        if _GROUPED[self.decimal].fullmatch(compact):
            compact = compact.translate(_UNGROUPED[self.decimal])
        if _OTHER[self.decimal] in compact:
            raise InvalidValue(
                _(
                    "This does not fit the stated format, %(format)s. Correct the amount, or state the format in which "
                    "the file is written."
                ),
                rule="amount_format",
                format=DECIMALS[self.decimal],
            )
        compact = compact.replace(self.decimal, ".")
        return plain_amount(compact)

    def day(self, text: str) -> date:
        """A day as the file writes it; the international form, 2026-03-31, is always understood."""
        if iso := _ISO.fullmatch(text):
            year, month, day = iso.groups()
        elif parts := _PARTS.fullmatch(text):
            found = dict(zip(self.dates, (parts[1], parts[3], parts[4]), strict=True))
            year, month, day = found["y"], found["m"], found["d"]
        elif self.dates == "ymd" and _COMPACT.fullmatch(text):
            year, month, day = text[:4], text[4:6], text[6:]
        else:
            raise self._no_day()
        if len(year) != 4 or len(day) > 2:
            raise self._no_day()
        try:
            return date(int(year), int(month), int(day))
        except ValueError as error:
            raise self._no_day() from error

    def _no_day(self) -> InvalidValue:
        return InvalidValue(
            _(
                "This is no day in the stated order (%(order)s), as in %(example)s. Correct the date, or state the "
                "order in which the file is written."
            ),
            rule="date_format",
            order=_ORDERS[self.dates],
            example=_EXAMPLES[self.dates],
        )
