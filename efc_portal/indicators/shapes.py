"""Which types a value may be of, told from its first character, its length and its punctuation.

Asking thirty types about each of a million values costs more than checking the values. So a type may declare the
shapes of all texts that look like it, however loosely; a table made of these leaves the few types worth asking. One
that declares nothing is asked about every value.
"""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_letters, digits

from efc_portal.indicators.declaration import IndicatorType, Shape

_PLAIN = (ascii_letters + digits).encode()
_LONG = 128  # characters; lengths above it are told apart by the types themselves
_KEPT_MARKS = 12  # punctuation characters of a text: with more, what they say is worked out each time
_MOST = 100_000  # entries of the table

Types = tuple[IndicatorType, ...]


class ShapeTable:
    """The types that a text may be of. Entries are made when a text of their shape first comes, and hold no text."""

    def __init__(self, types: Iterable[IndicatorType]) -> None:
        self._types = tuple(types)
        self._marks = "".join({mark for one in self._types for shape in one.shapes for mark in shape.marks or ""})
        self._seen: dict[bytes, int] = {}
        self._entries: dict[tuple[str, int, int], Types] = {}

    def types_for(self, text: str) -> Types:
        """In their order, every type that a cleaned text may look like, and perhaps some that it does not."""
        if not text.isascii():
            return self._types
        punctuation = text.encode().translate(None, _PLAIN)
        marks = self._seen.get(punctuation)
        if marks is None:
            marks = self._marks_in(punctuation)
        length = len(text)
        key = text[0], length if length < _LONG else _LONG, marks
        found = self._entries.get(key)
        return self._entry(key) if found is None else found

    def _marks_in(self, punctuation: bytes) -> int:
        """A number with a bit for each declared mark that occurs, and one for whether any punctuation does."""
        marks = punctuation.decode()
        number = bool(marks) + sum(2 << place for place, mark in enumerate(self._marks) if mark in marks)
        if len(marks) <= _KEPT_MARKS and len(self._seen) < _MOST:
            self._seen[punctuation] = number
        return number

    def _entry(self, key: tuple[str, int, int]) -> Types:
        first, length, number = key
        marks = {mark for place, mark in enumerate(self._marks) if number & 2 << place}
        found = tuple(
            one for one in self._types if any(_may_be(shape, first, length, number, marks) for shape in one.shapes)
        )
        if len(self._entries) >= _MOST:
            self._entries.clear()
        self._entries[key] = found
        return found


def _may_be(shape: Shape, first: str, length: int, number: int, marks: set[str]) -> bool:
    if shape.first and first not in shape.first:
        return False
    if not (shape.least <= length <= shape.most if length < _LONG else shape.most >= _LONG):
        return False
    if shape.marks is None:
        return True
    return not marks.isdisjoint(shape.marks) if shape.marks else not number
