"""The report's own language: the agency's, whatever language the portal's pages are in.

Its sentences stand in a small catalogue beside this file, `languages/<code>/LC_MESSAGES/report.po`, read by the
standard library: a package needs no settings, and no thread's active language gets into it.
`msgfmt -o report.mo report.po` compiles it.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).with_name("languages")
LANGUAGES = ("en", "fr")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Language:
    """Sentences, dates and lists in one language. An unknown one falls back to English."""

    def __init__(self, code: str) -> None:
        self.code = code if code in LANGUAGES else "en"
        self._catalogue = gettext.translation("report", CATALOGUES, [self.code], fallback=True)

    def say(self, message: str, **params: object) -> str:
        text = self._catalogue.gettext(message)
        return text % params if params else text

    def count(self, one: str, many: str, number: int, **params: object) -> str:
        return self._catalogue.ngettext(one, many, number) % {"number": self.number(number), **params}

    def number(self, number: int) -> str:
        return f"{number:,}".replace(",", "\u202f") if self.code == "fr" else f"{number:,}"

    def day(self, day: date) -> str:
        """23 November 2026; 1er mars 2026."""
        number = "1er" if self.code == "fr" and day.day == 1 else str(day.day)
        return f"{number} {self.say(MONTHS[day.month - 1])} {day.year}"

    def moment(self, at: datetime) -> str:
        at = at.astimezone(UTC)
        return self.say("%(date)s at %(time)s UTC", date=self.day(at.date()), time=f"{at:%H:%M}")

    def period(self, first: date | None, last: date | None) -> str:
        """From a first to a last day; an open side is said so; empty where neither is known."""
        if first and last:
            if first == last:
                return self.day(first)
            return self.say("%(first)s to %(last)s", first=self.day(first), last=self.day(last))
        if first:
            return self.say("from %(first)s", first=self.day(first))
        return self.say("until %(last)s", last=self.day(last)) if last else ""

    def listed(self, items: Sequence[str]) -> str:
        """A, B and C."""
        if len(items) < 2:
            return "".join(items)
        return self.say("%(first)s and %(last)s", first=", ".join(items[:-1]), last=items[-1])


@cache
def language_of(code: str) -> Language:
    return Language(code)
