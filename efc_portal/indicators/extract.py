"""Finding identifiers in running text, precision first.

What carries a checksum is only found when it holds, and is certain; everything else is a candidate for the reporter to
confirm. One pass for each type, over patterns that cannot backtrack far; where finds overlap, the certain one stays,
then the longer one.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import NamedTuple

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import clean, visible
from efc_portal.indicators.declaration import Found, IndicatorType
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.types import TYPES


class _Find(NamedTuple):
    start: int
    end: int
    type: str
    canonical: str
    confidence: Confidence

    @property
    def weight(self) -> tuple[bool, int]:
        return self.confidence is Confidence.CERTAIN, self.end - self.start


def extract(text: str, *, region: str | None = None) -> Iterator[Found]:
    """The identifiers of a text in the order they stand there. `region` is the reporter's country, as in `identify`."""
    plain, places = visible(text)
    line, counted = 1, 0
    for find in _apart(heapq.merge(*(_finds(declaration, plain, region) for declaration in TYPES.values()))):
        start, end = (find.start, find.end) if places is None else (places[find.start], places[find.end - 1] + 1)
        line += text.count("\n", counted, start)
        counted = start
        yield Found(find.type, find.canonical, start, end, line, find.confidence)


def _finds(declaration: IndicatorType, text: str, region: str | None) -> Iterator[_Find]:
    for span in declaration.candidates(text, region):
        try:
            canonical = declaration.canonicalise(clean(span.text), region)
        except InvalidValue:
            continue
        yield _Find(span.start, span.end, declaration.code, canonical, span.confidence)


def _apart(finds: Iterator[_Find]) -> Iterator[_Find]:
    """Of finds in order of their start, those that remain when of two overlapping ones the lighter goes."""
    kept: _Find | None = None
    for find in finds:
        if kept is None or find.start >= kept.end:
            if kept is not None:
                yield kept
            kept = find
        elif find.weight > kept.weight:
            kept = find
    if kept is not None:
        yield kept
