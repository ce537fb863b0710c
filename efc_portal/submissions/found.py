"""Identifiers in the reporter's own words, beside those given in the form.

What a checksum proves is reported with the submission. The rest are candidates: a word may have the form of a name on
the internet by chance, so that only what the reporter ticks counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.extract import extract
from efc_portal.indicators.types import Recognised

FOUND_MAX = 200  # values taken from one narrative


class Found(NamedTuple):
    """The values found in a narrative, in the order they stand there, each once."""

    certain: list[Recognised]
    candidates: list[Recognised]


def found_in_words(narrative: str, reported: Iterable[Recognised]) -> Found:
    """What stands in a narrative and was not given in the form. A value that is certain somewhere is certain."""
    sure: dict[Recognised, bool] = {}
    for find in extract(narrative):
        sure[find.recognised] = sure.get(find.recognised, False) or find.confidence is Confidence.CERTAIN
    given = set(reported)
    values = [one for one in sure if one not in given][:FOUND_MAX]
    return Found([one for one in values if sure[one]], [one for one in values if not sure[one]])


def key_of(value: Recognised) -> str:
    """What a candidate is called in the form."""
    return f"{value.type}:{value.canonical}"
