"""Valid telephone numbers in international form, told by the tables of `phonenumbers` without its parser.

Parsing and checking one number costs `phonenumbers` some forty microseconds, most of them on forms that a number from
a file does not have. A plus, digits, and single separators need a country's own patterns alone. Whatever is not valid
by them is left to the library, which says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneMetadata

_PLAIN = re.compile(r"\+[1-9][0-9]*(?:[ .-][0-9]+)*")
_SEPARATORS = str.maketrans("", "", " .-")
_SHORTEST, _LONGEST = 3, 17  # digits of a national number that the parser is sure to take

Pattern = Callable[[str], object]


class _Region(NamedTuple):
    """What the numbers of one region have: how they begin, if that decides, and what each form of them is."""

    begins: Pattern | None
    general: tuple[frozenset[int], Pattern]
    forms: tuple[tuple[frozenset[int], Pattern], ...]

    def has(self, number: str) -> bool:
        return _is(number, self.general) and any(_is(number, form) for form in self.forms)


class _Country(NamedTuple):
    """The regions that share a country code, the main one first, and what would be cut from a number's beginning."""

    cut: Pattern | None
    regions: tuple[_Region, ...]


def e164(text: str) -> str:
    """The E.164 form of a valid number that is written plainly, with its plus; "" for everything else."""
    if not _PLAIN.fullmatch(text):
        return ""
    digits = text[1:].translate(_SEPARATORS)
    for size in (1, 2, 3):
        country = _country(int(digits[:size]))
        if country is not None:
            number = digits[size:]
            return f"+{digits}" if _is_valid(number, country) else ""
    return ""


def _is_valid(number: str, country: _Country) -> bool:
    if not _SHORTEST <= len(number) <= _LONGEST or (country.cut is not None and country.cut(number)):
        return False
    for region in country.regions:
        if region.begins is None:
            if region.has(number):
                return True
        elif region.begins(number):
            return region.has(number)
    return False


def _is(number: str, form: tuple[frozenset[int], Pattern]) -> bool:
    lengths, pattern = form
    return (not lengths or len(number) in lengths) and pattern(number) is not None


@cache
def _country(code: int) -> _Country | None:
    """By its country code; None for one that is not a country's."""
    codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code, ())
    found = [metadata for region in codes if (metadata := PhoneMetadata.metadata_for_region(region, None)) is not None]
    if not found or len(found) < len(codes):
        return None
    cut = found[0].national_prefix_for_parsing
    return _Country(re.compile(cut).match if cut else None, tuple(map(_region, found)))


def _region(metadata: PhoneMetadata) -> _Region:
    """Numbers that are both fixed and mobile stand under fixed lines, so that these are tried first."""
    forms = (
        metadata.mobile, metadata.fixed_line, metadata.premium_rate, metadata.toll_free, metadata.shared_cost,
        metadata.voip, metadata.personal_number, metadata.pager, metadata.uan, metadata.voicemail,
    )  # fmt: skip
    return _Region(
        re.compile(metadata.leading_digits).match if metadata.leading_digits else None,
        _form(metadata.general_desc),
        tuple(_form(form) for form in forms if form is not None and form.national_number_pattern),
    )


def _form(desc: phonenumbers.PhoneNumberDesc | None) -> tuple[frozenset[int], Pattern]:
    if desc is None:
        return frozenset(), re.compile("(?!)").fullmatch
    return frozenset(desc.possible_length), re.compile(desc.national_number_pattern or "(?!)").fullmatch
