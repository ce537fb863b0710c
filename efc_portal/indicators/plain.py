"""A text as extraction reads it, and the way back from each of its places to the text it was made of.

Characters that cannot be seen go, full-width ones, foreign digits, dashes and spaces become plain, `[.]`, `(dot)` and
their like become what they stand for, and line breaks that a mail program or a hyphenating typesetter put inside a word
go too. Letters of other scripts that look like Latin ones count as these in codes (`code`), where a checksum proves it,
and never in names on the internet: there they make another name.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import AnyStr, NamedTuple

from efc_portal.core.text import FOLDS, INVISIBLE

# Dots of other scripts that IDNA (RFC 3490, section 3.1) counts as the dots of a name.
_DOTS = {0x3002: ".", 0xFF61: "."}
_PLAIN = {point: new for point, new in {**FOLDS, **_DOTS}.items() if point not in (0x2014, 0x2015)}  # long dashes part
# Latin letters for Cyrillic and Greek ones that look the same (from the Unicode confusables, those of one font).
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсухѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχ", "ABESIJKMHOPCTYXaeijopcyxshdqwABEZHIKMNOPTYXaikvoptux"
)
_MIXED = re.compile(r"[0-9A-Za-z\u0370-\u052f]{2,}")
# Every character beyond the basic plane is looked at, as a set that names some of them is slow to search with.
_UNSEEN = f"{INVISIBLE}{''.join(re.escape(chr(point)) for point in _PLAIN if point < 0x10000)}\U00010000-\U0010ffff"
_GREEK_OR_CYRILLIC = "\u0370-\u052f"
_HIDDEN, _ALIKES, _ODD = (re.compile(f"[{odd}]") for odd in (_UNSEEN, _GREEK_OR_CYRILLIC, _UNSEEN + _GREEK_OR_CYRILLIC))
_ODD_IN_LATIN = tuple(chr(point) for point in range(256) if _ODD.match(chr(point)))
_SOFT_BREAK = re.compile("\u00ad\r?\n[ \t]*")
_QUOTED_BREAK = re.compile(r"=[ \t]*\r?\n(?=\S)")
_FANG = re.compile(
    r"[\[({](?: ?(?P<word>dot|punkt|point|at) ?[\])}]|(?P<mark>\.|,|://|:|//|/|@)[\])}]|\.(?=[^\W_]))", re.IGNORECASE
)
_OTHER_FANGS = (".]", "\\.")
_BEGINS = re.compile(r"[^\W_]")
_FANGED = {"dot": ".", "punkt": ".", "point": ".", "at": "@", ",": "."}


def _letters(error: UnicodeError) -> tuple[str, int]:
    """What stands in for characters beyond Latin-1: `à` for a letter or digit, a space for all else."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = error.object[error.start : error.end]
    return "".join(["à" if char.isalnum() else " " for char in run]), error.end


def _letters_unless_odd(error: UnicodeError) -> tuple[str, int]:
    """The same, but it fails at a character that is to be read as another, or may be."""
    if not isinstance(error, UnicodeEncodeError) or _ODD.search(error.object, error.start, error.end):
        raise error
    return _letters(error)


codecs.register_error("efc-letters", _letters)
codecs.register_error("efc-letters-unless-odd", _letters_unless_odd)


def _ordinary(text: str) -> bytes | None:
    """A text's `latin`, or None where a character in it is to be read as another, or may be."""
    if any(char in text for char in _ODD_IN_LATIN):
        return None
    try:
        return text.encode("latin-1", "efc-letters-unless-odd")
    except UnicodeEncodeError:
        return None


def _table(**kinds: str) -> bytes:
    """A translation of bytes: what each is, by the first kind that it belongs to, or else a space."""
    letters: dict[str, Callable[[str], bool]] = {
        "letter": lambda char: char.isalpha() and char not in "ªº",
        "digit": lambda char: char in "0123456789",
        "hexadecimal": lambda char: char in "0123456789abcdefABCDEF",
        "colon": lambda char: char == ":",
        "hyphen": lambda char: char == "-",
        "dash": lambda char: char in "-_.",
        "dot": lambda char: char == ".",
        "split": lambda char: char in " -.",
        "other": lambda char: True,
    }
    return bytes(
        ord(next((mark for kind, mark in kinds.items() if letters[kind](chr(byte))), " ")) for byte in range(256)
    )


_LOWER = bytes(ord(chr(byte).lower()) for byte in range(256))
_WORDS = _table(letter="x", digit="x")
_SHAPE = _table(letter="a", digit="1")
_NAMES = _table(letter="x", digit="x", dash="x")
_HEXADECIMAL = _table(hexadecimal="h", colon=":", hyphen="-")
_DOTTED = _table(letter="a", dot=".")
_GROUPS = _table(digit="1", split="-", other="a")


class Edit(NamedTuple):
    """A piece of a text and what takes its place."""

    start: int
    end: int
    new: str


class _Edited:
    """A text with pieces exchanged, and for each place of the result the place in what it was made of."""

    def __init__(self, text: str, edits: Iterator[Edit]) -> None:
        pieces: list[str] = []
        self._from: list[int] = []
        self._shift: list[int] = []
        done = length = 0
        for edit in edits:
            pieces += (text[done : edit.start], edit.new)
            length += edit.start - done + len(edit.new)
            done = edit.end
            self._from.append(length)
            self._shift.append(done - length)
        pieces.append(text[done:])
        self.text = "".join(pieces) if self._from else text

    @property
    def is_other(self) -> bool:
        return bool(self._from)

    def back(self, place: int) -> int:
        found = bisect_right(self._from, place)
        return place + self._shift[found - 1] if found else place


class Plain:
    """A text ready to be searched. `text` is what values are read from; every place given is a place of it."""

    def __init__(self, original: str) -> None:
        ordinary = _ordinary(original)
        seen = _Edited(original, _unseen(original) if ordinary is None else iter(()))
        self._fangs: list[int] = []
        mended = _Edited(seen.text, self._mending(seen.text))
        self.text = mended.text
        self._steps = tuple(step for step in (mended, seen) if step.is_other)
        self.is_as_it_was = not self._steps
        self._has_alikes = ordinary is None and _ALIKES.search(self.text) is not None
        if ordinary is not None and self.is_as_it_was:
            self.latin = ordinary

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The places in the original text of a stretch that is not empty."""
        last = end - 1
        for step in self._steps:
            start, last = step.back(start), step.back(last)
        return start, last + 1

    def is_defanged(self, start: int, end: int) -> bool:
        """Whether somebody had written a stretch so that no software takes it for a link."""
        return bool(self._fangs) and bisect_right(self._fangs, end - 1) > bisect_right(self._fangs, start - 1)

    @cached_property
    def code(self) -> str:
        """The text with look-alike letters as Latin ones wherever they stand between letters or digits of ASCII."""
        return _MIXED.sub(_latin, self.text) if self._has_alikes else self.text

    @cached_property
    def latin(self) -> bytes:
        """A byte for each character: its Latin-1 code, letters of other scripts as `à`, all else as a space."""
        return self.code.encode("latin-1", "efc-letters")

    @cached_property
    def words(self) -> bytes:
        """`x` for each letter or digit, a space for all else."""
        return self.latin.translate(_WORDS)

    @cached_property
    def lower(self) -> bytes:
        """Each letter in lower case; with a space before."""
        return b" %b" % self.latin.translate(_LOWER)

    @cached_property
    def shape(self) -> bytes:
        """`a` for each letter, `1` for each digit, a space for all else; with a space before and behind."""
        return b" %b " % self.latin.translate(_SHAPE)

    @cached_property
    def names(self) -> bytes:
        """`x` for what names on the internet are made of, a space for all else."""
        return self.latin.translate(_NAMES)

    @cached_property
    def hexadecimal(self) -> bytes:
        """`h` for each hexadecimal digit, colons and dashes as they are, a space for all else."""
        return self.latin.translate(_HEXADECIMAL)

    @cached_property
    def dotted(self) -> bytes:
        """`a` for each letter, a dot for each dot, a space for all else."""
        return self.latin.translate(_DOTTED)

    @cached_property
    def groups(self) -> bytes:
        """`1` for each digit, `-` for a space, dash or dot, `a` for all else."""
        return self.latin.translate(_GROUPS)

    def _mending(self, text: str) -> Iterator[Edit]:
        edits = []
        if "=" in text and ("=\n" in text or "=\r\n" in text):
            edits += [Edit(*match.span(), "") for match in _QUOTED_BREAK.finditer(text)]
        edits += _fangs(text)
        edits.sort()
        end = gone = 0
        for edit in edits:
            if edit.start < end:
                continue
            end = edit.end
            if edit.new:
                self._fangs.append(edit.start - gone)
            gone += edit.end - edit.start - len(edit.new)
            yield edit


def _unseen(text: str) -> Iterator[Edit]:
    soft = {match.start(): match.end() for match in _SOFT_BREAK.finditer(text)} if "\u00ad" in text else {}
    for match in _HIDDEN.finditer(text):
        place, char = match.start(), match[0]
        yield Edit(place, soft.get(place, place + 1), _PLAIN.get(ord(char), "" if char in INVISIBLE else char))


def _latin(match: re.Match[str]) -> str:
    word = match[0]
    if word.isascii():
        return word
    plain = word.translate(_ALIKE)
    return plain if plain.isascii() and any(char.isascii() for char in word) else word


def _fangs(text: str) -> list[Edit]:
    found = []
    for match in filter(None, (_FANG.match(text, place) for bracket in "[({" for place in places(text, bracket))):
        start, end = match.span()
        if word := match["word"]:
            start -= text[start - 1 : start] == " "
            end += text[end : end + 1] == " "
            found.append(Edit(start, end, _FANGED[word.lower()]))
        elif mark := match["mark"]:
            found.append(Edit(start, end, _FANGED.get(mark, mark)))
        elif text[start - 1 : start].isalnum():
            found.append(Edit(start, end, "."))
    for mark in _OTHER_FANGS:
        for place in places(text, mark) if "]" in text or "\\" in text else ():
            behind = place + len(mark)
            if text[place - 1 : place].isalnum() and _BEGINS.match(text, behind):
                found.append(Edit(place, behind, "."))
    return found


def places(text: AnyStr, mark: AnyStr) -> Iterator[int]:
    """Where a mark stands in a text."""
    place = text.find(mark)
    while place >= 0:
        yield place
        place = text.find(mark, place + 1)
