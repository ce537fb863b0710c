"""JSON (RFC 8259) read from its beginning to its end, holding one value at a time.

Python's own scanner reads the values; this goes from one to the next, and into lists and objects that are too large
to be held. Numbers stay the text they are, so that no digit is lost and none makes work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.limits import MAX_DEPTH
from efc_portal.intake.reading.errors import InvalidFile
from efc_portal.intake.reading.limits import MAX_ROW
from efc_portal.intake.reading.table import Exact

_TOKEN = 16  # characters that the end of a piece may leave of an escape or a word
_BLANK = re.compile(r"[ \t\n\r]*+")
_WORD_CHARACTERS = frozenset("0123456789+-.eEtrufalsn")


class _NotJson(Exception):
    pass


def _no_constant(_text: str) -> Any:
    raise _NotJson  # NaN and Infinity are no JSON


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        found[TWICE] = True
    return found


TWICE = "\x00twice"  # in an object that has two members of one name
_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=Exact, parse_float=Exact, parse_constant=_no_constant)


class JsonCursor:
    """A place in a JSON text that comes in pieces. `line` counts from one."""

    def __init__(self, text: Iterable[str]) -> None:
        self._chunks = iter(text)
        self._text, self._place = "", 0
        self._ended = False
        self._lines, self._depth = 1, 0

    @property
    def line(self) -> int:
        return self._lines + self._text.count("\n", 0, self._place)

    def peek(self) -> str:
        """The character that comes next, blanks left out; "" at the end."""
        while True:
            self._place = _BLANK.match(self._text, self._place).end()  # type: ignore[union-attr]
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                return ""

    def value(self) -> Any:
        """The whole value that comes next. Raises `InvalidFile` where it is longer than a row may be."""
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                unfinished = len(self._text) - error.pos < _TOKEN or error.msg.startswith("Unterminated string")
                if not unfinished or not self._more_of_value():
                    raise self.malformed() from error
                continue
            except _NotJson as error:
                raise self.malformed() from error
            except RecursionError as error:
                raise self._too_deep() from error
            if end == len(self._text) and self._text[end - 1] in _WORD_CHARACTERS and self._more():
                continue  # a number that the next piece may go on with
            self._place = end
            return found

    def elements(self) -> Iterator[None]:
        """Enter a list: the cursor stands before each element, which must be read before going on."""
        self._enter("[")
        if self.peek() != "]":
            yield
            while self._take() == ",":
                if self.peek() in ("]", ""):
                    raise self.malformed()
                yield
            self._place -= 1
        self._leave("]")

    def members(self) -> Iterator[str]:
        """Enter an object: gives each name, and the cursor stands before its value, which must be read."""
        self._enter("{")
        if self.peek() != "}":
            yield self._name()
            while self._take() == ",":
                yield self._name()
            self._place -= 1
        self._leave("}")

    def skip(self) -> None:
        """Pass over the value that comes next, however long it is."""
        sign = self.peek()
        if sign == "[":
            for _element in self.elements():
                self.skip()
        elif sign == "{":
            for _member in self.members():
                self.skip()
        else:
            self.value()

    def end(self) -> None:
        """Say that nothing may come any more."""
        if self.peek():
            raise self.malformed()

    def malformed(self) -> InvalidFile:
        return InvalidFile(
            _("The file stops being JSON in line %(line)s. Mend it there, or export it again, and upload it."),
            rule="malformed",
            line=self.line,
        )

    def _name(self) -> str:
        if self.peek() != '"':
            raise self.malformed()
        name: str = self.value()
        if self._take() != ":":
            raise self.malformed()
        return name

    def _enter(self, sign: str) -> None:
        if self._take() != sign:
            self._place = max(self._place - 1, 0)
            raise self.malformed()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._too_deep()

    def _leave(self, sign: str) -> None:
        if self._take() != sign:
            raise self.malformed()
        self._depth -= 1

    def _take(self) -> str:
        sign = self.peek()
        self._place += 1
        return sign

    def _more_of_value(self) -> bool:
        if len(self._text) - self._place > MAX_ROW:
            raise InvalidFile(
                _("The file has a value of more than %(most)s characters in line %(line)s. Split it into several."),
                rule="long_row",
                most=f"{MAX_ROW:,}",
                line=self.line,
            )
        return self._more()

    def _more(self) -> bool:
        """Take one more piece in, and let go of what is behind."""
        piece = next(self._chunks, "")
        if not piece:
            return False
        self._lines += self._text.count("\n", 0, self._place)
        self._text, self._place = self._text[self._place :] + piece, 0
        return True

    def _too_deep(self) -> InvalidFile:
        return InvalidFile(
            _("The file is nested more than %(depth)s levels deep in line %(line)s. Save what matters as CSV."),
            rule="deep",
            depth=MAX_DEPTH,
            line=self.line,
        )
