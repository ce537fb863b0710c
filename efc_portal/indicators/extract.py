"""Finding identifiers in running text, precision first.

What carries a checksum is only found when it holds, and is certain; everything else is a candidate for the reporter to
confirm. Where finds overlap, the certain one stays, then the longer one; but an address in a link is found beside it.

A text is read in windows of one size, whatever pieces it comes in, so that any length takes the same memory and gives
the same finds. Each type is looked for near its clues alone (`clues.py`); what is looked at there is bounded, so that
the work grows with the length of a text and no faster, whatever stands in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import clean
from efc_portal.indicators.clues import Clue, runs, words
from efc_portal.indicators.declaration import Found, IndicatorType, Span
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.plain import Plain
from efc_portal.indicators.types import TYPES
from efc_portal.indicators.wrapped import wrapped_runs

WINDOW = 1 << 18  # characters read at once
AROUND = 1 << 12  # of these, how many on each side are only looked at: more than twice the longest value
_REMEMBERED = 1 << 15  # values whose canonical form is kept at hand: the same ones come again and again

_Known = dict[tuple[str, str], str | None]


class _Find(NamedTuple):
    start: int
    end: int
    order: int  # its type's: of two equal ones the more particular type stays
    type: str
    canonical: str
    confidence: Confidence

    @property
    def weight(self) -> tuple[bool, int]:
        return self.confidence is Confidence.CERTAIN, self.end - self.start


def _by_clue() -> dict[Clue, defaultdict[str, list[IndicatorType]]]:
    """The types to try at each clue, by the character that stands there."""
    found = {}
    for clue in dict.fromkeys(clue for declaration in TYPES.values() for clue in declaration.clues):
        types = [declaration for declaration in TYPES.values() if clue in declaration.clues]
        starts = {start for declaration in types for start in declaration.starts}
        anywhere = [declaration for declaration in types if not declaration.starts]
        by_start = {start: [one for one in types if not one.starts or start in one.starts] for start in starts}
        found[clue] = defaultdict(partial(list, anywhere), by_start)
    return found


_BY_CLUE = _by_clue()
_BY_WORD = {
    word: [declaration for declaration in TYPES.values() if word in declaration.words]
    for word in sorted({word for declaration in TYPES.values() for word in declaration.words if word.isascii()})
}
_WORDS = words(_BY_WORD)
_ANYWHERE = [declaration for declaration in TYPES.values() if not declaration.clues and not declaration.words]


def extract(text: str, *, region: str | None = None) -> Iterator[Found]:
    """The identifiers of a text in the order they stand there. `region` is the reporter's country, as in `identify`."""
    return extract_stream((text,), region=region)


def extract_stream(pieces: Iterable[str], *, region: str | None = None) -> Iterator[Found]:
    """The same of a text that comes in pieces, with the memory of one window. Places are those of the whole text."""
    known: _Known = {}
    before, line, settled = 0, 1, 0  # characters and lines gone by; how far into the window finds were given out
    for window, is_last in _windows(pieces):
        until = len(window) if is_last else len(window) - AROUND
        at, counted = line, 0
        for find in _apart(sorted(_finds(Plain(window), region, known))):
            if settled <= find.start < until:
                at += window.count("\n", counted, find.start)
                counted = find.start
                yield Found(find.type, find.canonical, before + find.start, before + find.end, at, find.confidence)
        kept = max(until - AROUND, 0)
        line += window.count("\n", 0, kept)
        before, settled = before + kept, until - kept
        if len(known) > _REMEMBERED:
            known.clear()


def _windows(pieces: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Windows of one size, each beginning with the last two `AROUND` of the one before; and whether it is the last."""
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        for place in range(0, len(piece), WINDOW):
            waiting.append(piece[place : place + WINDOW])
            length += len(waiting[-1])
            if length > WINDOW:
                text = "".join(waiting)
                while len(text) > WINDOW:
                    yield text[:WINDOW], False
                    text = text[WINDOW - 2 * AROUND :]
                waiting, length = [text], len(text)
    yield "".join(waiting), True


def _finds(plain: Plain, region: str | None, known: _Known) -> Iterator[_Find]:
    for declaration, first in _spans(plain, region):
        span: Span | None = first
        while span is not None:
            start, end, text, confidence = span
            key = (declaration.code, text)
            canonical = known.get(key, "")
            if canonical == "":
                canonical = known[key] = _canonical(declaration, text, region)
            if canonical is not None:
                if not plain.is_as_it_was:
                    start, end = plain.original(start, end)
                yield _Find(start, end, declaration.order, declaration.code, canonical, confidence)
                break
            span = declaration.shorter(span)


def _canonical(declaration: IndicatorType, text: str, region: str | None) -> str | None:
    try:
        return declaration.canonicalise(clean(text), region)
    except InvalidValue:
        return None


def _spans(plain: Plain, region: str | None) -> Iterator[tuple[IndicatorType, Span]]:
    code = plain.code
    for clue, by_start in _BY_CLUE.items():
        past: dict[IndicatorType, int] = {}
        for start, end in clue(plain):
            for declaration in by_start[code[start]]:
                if declaration in past and start < past[declaration]:
                    continue
                if span := declaration.at(plain, start, end, region):
                    past[declaration] = span[1]
                    yield declaration, span
    for start, end, word in _WORDS(plain):
        for declaration in _BY_WORD[word]:
            if span := declaration.at(plain, start, end, region):
                yield declaration, span
    for declaration in _ANYWHERE:
        for span in declaration.candidates(code, region):
            yield declaration, span
    for joined, places in wrapped_runs(plain):
        piece = Plain(joined)
        for declaration in _BY_CLUE[runs][joined[0]]:
            span = declaration.at(piece, 0, len(joined), region)
            if span and span.end == len(joined):
                yield declaration, span._replace(start=places[0], end=places[1])


def _apart(finds: Iterable[_Find]) -> Iterator[_Find]:
    """Of finds in order of their start, those that remain when of two overlapping ones the lighter goes."""
    kept: _Find | None = None
    inside: list[_Find] = []
    for find in finds:
        if kept is not None and find.start < kept.end:
            if kept.type == "url" and find.end <= kept.end and find.confidence is Confidence.CERTAIN:
                if not inside or find.start >= inside[-1].end:
                    inside.append(find)
            elif find.weight > kept.weight:
                kept, inside = find, []
            continue
        if kept is not None:
            yield kept
            yield from inside
        kept, inside = find, []
    if kept is not None:
        yield kept
        yield from inside
