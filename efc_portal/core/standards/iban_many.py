"""Many IBANs checked at once, one column of characters after the other.

A small table holds every step of ISO 7064's MOD 97-10: what a remainder and the next character leave. Another says for
each column and country which characters may stand there. All texts take each step together, so that the work for one
is a few look-ups in arrays rather than a few dozen steps of the interpreter. Verdicts are those of `iban.is_valid`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from string import ascii_uppercase, digits
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from efc_portal.core.standards.iban import structures

_AT_ONCE = 10_000  # that many stay in the processor's own memory
_NO_CHECK_DIGITS = [ord(first) << 8 | ord(second) for first, second in ("00", "01", "99")]
_END = "\n"  # stands behind every text; reading on there changes nothing
_NO_CHARACTER = "?"  # stands for all that is none of an IBAN
_DIGIT, _LETTER, _BEHIND, _OTHER = 1, 2, 4, 8
_MAY_STAND = {"n": _DIGIT, "a": _LETTER, "c": _DIGIT | _LETTER}

_Bytes = NDArray[np.uint8]


class _Tables(NamedTuple):
    step: _Bytes  # by character and remainder (128 of each): the next remainder
    kind: _Bytes  # by character: digit, letter, end or other
    country: _Bytes  # by two letters, each from 0 to 31: the country's row, 0 for none
    wrong: _Bytes  # by column and country: the kinds that may not stand there


def valid_among(texts: Sequence[str]) -> list[str | None]:
    """Of each text its compact form if it is a valid IBAN, or None. Spaces and lower case are allowed."""
    found: list[str | None] = []
    for place in range(0, len(texts), _AT_ONCE):
        found += _together(texts[place : place + _AT_ONCE])
    return found


def _together(texts: Sequence[str]) -> list[str | None]:
    joined = _END.join(texts)
    if joined.count(_END) >= len(texts):
        joined = _END.join([text.replace(_END, _NO_CHARACTER) for text in texts])
    joined = joined.replace(" ", "").upper()
    compact = joined.split(_END)
    tables = _tables()
    chars = np.frombuffer((joined + _END).encode("ascii", "replace"), np.uint8)
    ends = np.flatnonzero(chars == ord(_END))
    starts = np.concatenate((np.zeros(1, ends.dtype), ends[:-1] + 1))
    columns = [chars.take(np.minimum(starts + column, ends)).astype(np.uint16) for column in range(len(tables.wrong))]
    country = tables.country.take((columns[0] & 31) << 5 | columns[1] & 31)
    wrong = np.isin(columns[2] << 8 | columns[3], _NO_CHECK_DIGITS).astype(np.uint8)
    for column, may_not_stand in zip(columns, tables.wrong, strict=True):
        wrong |= tables.kind.take(column) & may_not_stand.take(country)
    remainder = np.zeros(len(texts), np.uint16)
    for column in columns[4:] + columns[:4]:
        remainder = tables.step.take(column << 7 | remainder).astype(np.uint16)
    holds = (remainder == 1) & (wrong == 0)
    return [text if good else None for text, good in zip(compact, holds.tolist(), strict=True)]


@cache
def _tables() -> _Tables:
    step = np.zeros((128, 128), np.uint8)
    remainders = np.arange(97)
    step[:, :97] = remainders
    kind = np.full(128, _OTHER, np.uint8)
    kind[ord(_END)] = _BEHIND
    for value, char in enumerate(digits + ascii_uppercase):
        step[ord(char), :97] = (remainders * (10 if value < 10 else 100) + value) % 97
        kind[ord(char)] = _DIGIT if value < 10 else _LETTER
    countries = structures()
    longest = max(structure.length for structure in countries.values())
    country = np.zeros(32 * 32, np.uint8)
    wrong = np.full((longest + 1, len(countries) + 1), _DIGIT | _LETTER | _BEHIND | _OTHER, np.uint8)
    for row, (code, structure) in enumerate(countries.items(), start=1):
        country[(ord(code[0]) & 31) << 5 | ord(code[1]) & 31] = row
        may_stand = [_MAY_STAND[kind] for kind in structure.kinds] + [_BEHIND] * (longest + 1 - structure.length)
        wrong[:, row] &= ~np.array(may_stand, np.uint8)
    return _Tables(step.reshape(-1), kind, country, wrong)
