"""Account numbers as people write and mistype them, and what the portal and schwifty say of each."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from string import ascii_uppercase, digits

import schwifty
from schwifty.exceptions import SchwiftyException

from efc_portal.core.standards import iban
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import INVISIBLE, clean
from efc_portal.indicators.types import TYPES

_CANONICALISE = TYPES["iban"].canonicalise
_ODD = "abcxyz -.:/_+\t\u00a0\u2013１ßé\u0660\u200b"
# The classes of differences in docs/indicators-agreement.md: how a value is written that the portal reads and schwifty
# does not. Each is a mark that the value as it came must bear.
CLASSES = {
    "the word IBAN before it": re.compile(r"IBAN[\s:]*[A-Z]{2}", re.IGNORECASE),
    "dashes": re.compile(r"[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]"),
    "characters that cannot be seen": re.compile(f"[{INVISIBLE}]"),
    "full-width letters, other digits": re.compile(r"[^\x00-\x7f]"),
    "quotes or brackets around it": re.compile(r"""^\s*[<"'“„«‘(\[]"""),
}


# Countries as often as a European payment company meets them, in a hundred values; the rest are of any country.
_OFTEN = {
    "DE": 19, "FR": 13, "GB": 11, "NL": 9, "IT": 8, "ES": 8, "PL": 5, "BE": 5, "AT": 3, "PT": 3, "SE": 3, "RO": 2,
    "IE": 2, "CZ": 2, "CH": 1, "LT": 1,
}  # fmt: skip


def valid(source: random.Random, country: str = "", *, lettered: float = 0.2) -> str:
    """A valid one in compact form, of any country of the registry; letters are so likely where they may stand."""
    country = country or source.choice(list(iban.structures()))
    national = "".join(
        source.choice(ascii_uppercase if kind == "a" or (kind == "c" and source.random() < lettered) else digits)
        for count, kind in iban.structures()[country].parts
        for _place in range(count)
    )
    counted = "".join(str(int(char, 36)) for char in f"{national}{country}00")
    return f"{country}{98 - int(counted) % 97:02}{national}"


def mutated(value: str, source: random.Random) -> str:
    """With up to three characters changed, swapped, lost or added, and in one of the forms in which people write."""
    chars = list(value)
    for _change in range(source.choice((0, 1, 1, 1, 2, 3))):
        place = source.randrange(len(chars))
        kind = source.randrange(6)
        if kind == 0:
            chars[place] = source.choice(digits + ascii_uppercase + _ODD)
        elif kind == 1:
            other = source.randrange(len(chars))
            chars[place], chars[other] = chars[other], chars[place]
        elif kind == 2:
            del chars[place]
        elif kind == 3:
            chars.insert(place, source.choice(digits + ascii_uppercase + _ODD))
        elif kind == 4:
            chars[place] = chars[place].swapcase()
        else:
            chars[2:4] = f"{source.randrange(100):02}"
    return _written("".join(chars), source.random())


def _written(text: str, chance: float) -> str:
    if chance < 0.15:
        return text.lower()
    groups = [text[place : place + 4] for place in range(0, len(text), 4)]
    if chance < 0.4:
        return " ".join(groups)
    if chance < 0.42:
        return "-".join(groups)
    if chance < 0.44:
        return f"IBAN {text}"
    return f"“{text}”" if chance < 0.45 else text


def many(seed: int, count: int) -> Iterator[str]:
    source = random.Random(seed)
    for _turn in range(count):
        yield mutated(valid(source), source)


def realistic(seed: int, count: int) -> list[str]:
    """As a file of payments holds them: half compact, three tenths in fours, a tenth each lower case and mistyped."""
    source = random.Random(seed)
    often = [country for country, share in _OFTEN.items() for _ in range(share)]
    values = []
    for _turn in range(count):
        country = source.choice([*often, *[""] * (100 - len(often))])
        value, chance = valid(source, country, lettered=0.01), source.random()
        if chance < 0.1:
            place = source.randrange(4, len(value))
            value = value[:place] + source.choice(digits) + value[place + source.randrange(2) :]
        elif chance < 0.4:
            value = " ".join(value[place : place + 4] for place in range(0, len(value), 4))
        elif chance < 0.5:
            value = value.lower()
        values.append(value)
    return values


def portal_says(value: str) -> str | None:
    """The canonical form, or None where the value is refused."""
    try:
        return _CANONICALISE(clean(value))
    except InvalidValue:
        return None


def schwifty_says(value: str) -> str | None:
    try:
        return str(schwifty.IBAN(value))
    except SchwiftyException:
        return None


def difference(value: str) -> str:
    """ "" when both say the same, the class of what they differ in, or "unexplained".

    A value that the portal reads and schwifty does not is one of a class only if schwifty accepts its canonical form.
    """
    ours, theirs = portal_says(value), schwifty_says(value)
    if ours == theirs:
        return ""
    if ours is None or theirs is not None or schwifty_says(ours) != ours:
        return "unexplained"
    return next((name for name, mark in CLASSES.items() if mark.search(value)), "unexplained")
