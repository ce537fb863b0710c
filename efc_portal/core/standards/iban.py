"""IBAN (ISO 13616): country, structure of the national account number, and the mod-97 check of ISO 7064.

Structures come from schwifty's copy of the SWIFT IBAN registry; the check itself is our own, because schwifty's costs
seven microseconds and more for each value. Verdicts agree with schwifty's (docs/indicators-agreement.md): check digits
00, 01 and 99 are refused. Many at once are checked column by column (`iban_many.py`).
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
_MANY = 400  # from here on, column by column is quicker than one by one
_CLASSES = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Z0-9]"}
_PART = re.compile(r"(\d+)!?([nac])")
_DIGITS = {char: str(value) for value, char in enumerate(digits + ascii_uppercase)}
# Letters and digits that may be an IBAN, with single spaces, dashes or line breaks between them.
_RUN = re.compile(r"[A-Za-z]{2} ?[0-9]{2}(?:(?:[ -]| ?\r?\n ?)?[A-Za-z0-9]){11,30}")


class Structure(NamedTuple):
    """What the registry says of one country."""

    length: int
    whole: Callable[[str], object]  # whether a text has this structure, check digits 02 to 98 included
    country_digits: str  # the country's two letters as ISO 7064 counts them
    parts: tuple[tuple[int, str], ...]  # of the national part: how many characters, of which class (n, a, c)
    bank: slice
    branch: slice

    @property
    def kinds(self) -> str:
        """The class of every character, country and check digits included."""
        return "aann" + "".join(kind * count for count, kind in self.parts)


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
            _expanded(country),
            parts,
            slice(bank.start + 4, bank.end + 4),
            slice(branch.start + 4, branch.end + 4),
        )
    return found


def is_valid(compact: str) -> bool:
    """Whether a text of upper-case letters and digits, without separators, is a valid IBAN."""
    structure = structures().get(compact[:2])
    if structure is None or not structure.whole(compact):
        return False
    national = compact[4:]
    if not national.isdigit():
        national = _expanded(national)
    return int(national + structure.country_digits + compact[2:4]) % 97 == 1


def valid_ones(texts: Sequence[str]) -> list[str | None]:
    """Of each text its compact form if it is a valid IBAN, or None. Spaces and lower case are allowed."""
    if len(texts) >= _MANY:
        from efc_portal.core.standards.iban_many import valid_among  # NumPy is loaded where there are many to check

        return valid_among(texts)
    compact = [text.replace(" ", "").upper() for text in texts]
    return [text if is_valid(text) else None for text in compact]


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
    for position, (char, kind) in enumerate(zip(compact, structure.kinds, strict=True), 1):
        if kind == "n" and not char.isdigit():
            message = _("Position %(position)s: a digit belongs here, not %(character)s")
        elif kind == "a" and not char.isalpha():
            message = _("Position %(position)s: a letter belongs here, not %(character)s")
        else:
            continue
        return InvalidValue(message, rule="structure", position=position, character=char)
    return InvalidValue(_("Wrong checksum: a character was probably mistyped, or two were swapped"), rule="checksum")
