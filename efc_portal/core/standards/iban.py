"""IBAN (ISO 13616): country, structure of the national account number, and the mod-97 check of ISO 7064.

Structures come from schwifty's copy of the SWIFT IBAN registry; the check itself is our own, because schwifty's costs
seven microseconds and more for each value. Verdicts agree with schwifty's (docs/indicators-agreement.md): check digits
00, 01 and 99 are refused.

The check needs no number of thirty digits. For a country and two check digits the national part must leave one certain
remainder; there are fewer than ten thousand such beginnings, so that a table tells the remainder, and the length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import product
from string import ascii_uppercase, digits
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from schwifty.domain import Component
from schwifty.exceptions import InvalidCountryCode
from schwifty.registry import get_iban_spec

from efc_portal.core.standards.errors import InvalidValue

MAX_LENGTH = 34
_CLASSES = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Z0-9]"}
_PART = re.compile(r"(\d+)!?([nac])")
_DIGITS = {char: str(value) for value, char in enumerate(digits + ascii_uppercase)}
_READ_OVER = "_+-\t\r\v\f\x1c\x1d\x1e\x1f"  # what int() takes in, around or between digits
# Letters and digits that may be an IBAN, with single spaces, dashes or line breaks between them.
_RUN = re.compile(r"[A-Za-z]{2} ?[0-9]{2}(?:(?:[ -]| ?\r?\n ?)?[A-Za-z0-9]){11,30}")

_Led = tuple[int, int, int, int, dict[str, int], dict[str, int]]


class Structure(NamedTuple):
    """What the registry says of one country."""

    length: int
    whole: Callable[[str], object]  # whether a text has this structure, check digits 02 to 98 included
    letters: bool  # whether letters may stand in the national part
    country_digits: str  # the country's two letters as ISO 7064 counts them
    parts: tuple[tuple[int, str], ...]  # of the national part: how many characters, of which class (n, a, c)
    bank: slice
    branch: slice


def _expanded(text: str) -> str:
    """Letters and digits as ISO 7064 counts them: A is 10, B is 11 …"""
    return "".join([_DIGITS[char] for char in text])


@cache
def structures() -> dict[str, Structure]:
    """Every country's structure, by its code."""
    found = {}
    for pair in product(ascii_uppercase, repeat=2):
        country = "".join(pair)
        try:
            spec = get_iban_spec(country)
        except InvalidCountryCode:
            continue
        parts = tuple((int(count), kind) for count, kind in _PART.findall(spec.bban_spec))
        national = "".join(f"{_CLASSES[kind]}{{{count}}}" for count, kind in parts)
        bank, branch = spec.positions[Component.BANK_CODE], spec.positions[Component.BRANCH_CODE]
        found[country] = Structure(
            spec.iban_length,
            re.compile(rf"{country}(?:0[2-9]|[1-8][0-9]|9[0-8]){national}").fullmatch,
            any(kind != "n" for _count, kind in parts),
            _expanded(country),
            parts,
            slice(bank.start + 4, bank.end + 4),
            slice(branch.start + 4, branch.end + 4),
        )
    return found


def is_valid(compact: str) -> bool:
    """Whether a text of upper-case letters and digits, without separators, is a valid IBAN."""
    return compact.isascii() and compact.isalnum() and _check()(compact)


def valid_ones(texts: Sequence[str]) -> list[str | None]:
    """Of each text its compact form if it is a valid IBAN, or None. Spaces and lower case are allowed."""
    joined = "\n".join(texts).replace(" ", "").upper()
    compact = joined.split("\n")
    if len(compact) != len(texts) or not joined.isascii() or any(char in joined for char in _READ_OVER):
        each = [text.replace(" ", "").upper() for text in texts]
        return [text if is_valid(text) else None for text in each]
    holds = _check()
    return [text if holds(text) else None for text in compact]


@cache
def _check() -> Callable[[str], bool]:
    """The check itself, of a text in which nothing stands that `int` would read over."""
    digits_alone, led = _beginnings()

    def holds(text: str) -> bool:
        try:
            if known := digits_alone.get(text[:4]):
                return known == (len(text), int(text[2:]) % 97)
            if asked := led.get(text[:4]):
                length, remainder, middle, end, first, second = asked
                left = int(text[end:]) + first[text[4:middle]] + second[text[middle:end]]
                return left % 97 == remainder and len(text) == length
        except (ValueError, KeyError):  # letters elsewhere, right or wrong
            pass
        structure = structures().get(text[:2])
        if structure is None or not structure.letters or not structure.whole(text):
            return False
        return int(_expanded(text[4:]) + structure.country_digits + text[2:4]) % 97 == 1

    return holds


@cache
def _beginnings() -> tuple[dict[str, tuple[int, int]], dict[str, _Led]]:
    """What country and check digits ask of the rest, where it may be digits alone, and where letters lead it.

    For the former the length of the whole, and what all but the country leaves modulo 97. For the latter the length,
    what the national part leaves, where its first two letters and all of them end, and what both pairs leave.
    """
    digits_alone, led = {}, {}
    for country, structure in structures().items():
        (count, kind), *later = structure.parts
        lead = count if kind == "a" else 0
        if lead not in (0, 1, 2, 4) or any(kind == "a" for _count, kind in later):
            continue
        tail = structure.length - 4 - lead
        for check in range(2, 99):
            national = (1 - int(structure.country_digits) * 100 - check) * pow(10, -6, 97) % 97
            if lead:
                middle, end = 4 + min(lead, 2), 4 + lead
                weighed = _weighed(tail + 2 * (end - middle)), _weighed(tail)
                led[f"{country}{check:02}"] = structure.length, national, middle, end, *weighed
            else:
                remainder = (check * pow(10, tail, 97) + national) % 97
                digits_alone[f"{country}{check:02}"] = structure.length, remainder
    return digits_alone, led


@cache
def _weighed(tail: int) -> dict[str, int]:
    """What none, one or two letters leave modulo 97 when so many digits follow them."""
    letters = ["", *ascii_uppercase, *map("".join, product(ascii_uppercase, repeat=2))]
    return {text: int(_expanded(text) or 0) * pow(10, tail, 97) % 97 for text in letters}


def starting_at(text: str, start: int) -> tuple[int, str] | None:
    """The valid IBAN that begins at a place of a text, as (end, compact form). Its separators may only be single."""
    run = _RUN.match(text, start)
    structure = structures().get(text[start : start + 2].upper())
    if run is None or structure is None:
        return None
    places = [place for place in range(start, run.end()) if text[place].isalnum()][: structure.length]
    end = places[-1] + 1
    compact = "".join([text[place] for place in places]).upper()
    if text[end : end + 1].isalnum() or not is_valid(compact):
        return None
    return end, compact


def explain(compact: str) -> InvalidValue:
    """The first rule that an invalid IBAN breaks."""
    for position, char in enumerate(compact, 1):
        if not (char.isascii() and char.isalnum()):
            return InvalidValue(
                _("Position %(position)s: %(character)s cannot stand in an IBAN, which has letters and digits only"),
                rule="alphabet",
                position=position,
                character=char,
            )
    structure = structures().get(compact[:2])
    if structure is None:
        return InvalidValue(
            _("An IBAN begins with its country’s two letters; %(start)s is no country that uses IBANs"),
            rule="country",
            position=1,
            start=compact[:2],
        )
    if len(compact) != structure.length:
        return InvalidValue(
            _("Wrong length: an IBAN of %(country)s has %(wanted)s characters, this one has %(length)s"),
            rule="length",
            country=compact[:2],
            wanted=structure.length,
            length=len(compact),
        )
    kinds = "nn" + "".join(kind * count for count, kind in structure.parts)
    for position, (char, kind) in enumerate(zip(compact[2:], kinds, strict=True), 3):
        if kind == "n" and not char.isdigit():
            message = _("Position %(position)s: a digit belongs here, not %(character)s")
        elif kind == "a" and not char.isalpha():
            message = _("Position %(position)s: a letter belongs here, not %(character)s")
        else:
            continue
        return InvalidValue(message, rule="structure", position=position, character=char)
    return InvalidValue(_("Wrong checksum: a character was probably mistyped, or two were swapped"), rule="checksum")
