"""Where in a text values may stand: marks so rare that looking near them alone is quick.

Each clue is a function of a prepared text that gives places, in order, as start and end. All go by searching for fixed
bytes, which costs about a nanosecond a character, and none looks at a place more than a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from efc_portal.indicators.names import name_within
from efc_portal.indicators.plain import Plain, places

Clue = Callable[[Plain], Iterator[tuple[int, int]]]

LONG = 13  # the fewest letters and digits in one piece that are a value by themselves
_RUN = b"x" * LONG
_ACCOUNT = re.compile(rb" aa ?11")
_IN_CARDS = b"1111-1111"  # in each of these
_CARDS = (  # the groupings in which cards are printed, by what each begins with
    (b"1111-1111-1111-1", re.compile(rb"1111-1111-1111-1{1,4}(?:-111)?")),
    (b"1111-111111-1111", re.compile(rb"1111-111111-1{4,5}")),
    (b"1111-1111-11111", re.compile(rb"1111-1111-1{5}")),
    (b"111111-111111111", re.compile(rb"111111-1{13}")),
    (b"11111111-1111111", re.compile(rb"1{8}-1{8}")),
)
_MASKS, _DOTS = (b"**", b"xx", b"XX", b"##"), ("••", "●●")
_PLUS, _ZEROS = re.compile(rb"\+[ (]?[1-9]"), re.compile(rb"00[1-9]")
_HEXADECIMAL = (b"hh-hh-hh-hh-hh-hh", b"hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh")
_QUAD_DIGITS = 3
_QUAD = re.compile(rb"\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]")


def words(of: Iterable[str]) -> Callable[[Plain], Iterator[tuple[int, int, str]]]:
    """What gives the places of any of some words, whole ones alone, and which it is; by the letters they share."""
    # With what parts words before it: there are fewer of these than of letters a word may begin with.
    pattern = re.compile(rf"[^0-9a-z_]({_branches(sorted(of))})\b".encode())

    def found(plain: Plain) -> Iterator[tuple[int, int, str]]:
        for match in pattern.finditer(plain.lower):
            yield match.start(), match.end() - 1, match[1].decode()

    return found


def _branches(rest: list[str]) -> str:
    ends = "" in rest
    parts = [
        re.escape(first) + _branches([one[1:] for one in group])
        for first, group in groupby((one for one in rest if one), key=lambda one: one[0])
    ]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)})" + ("?" if ends else "")


def runs(plain: Plain) -> Iterator[tuple[int, int]]:
    """Letters and digits in one long piece, from its beginning to its end: wallets, hashes, company identifiers."""
    words = plain.words
    start = words.find(_RUN)
    while start >= 0:
        end = words.find(b" ", start)
        if end < 0:
            end = len(words)
        yield start, end
        start = words.find(_RUN, end)


def accounts(plain: Plain) -> Iterator[tuple[int, int]]:
    """Two letters and two digits at the beginning of a word: an IBAN's country and check digits."""
    yield from ((match.start(), match.end() - 1) for match in _ACCOUNT.finditer(plain.shape))


def cards(plain: Plain) -> Iterator[tuple[int, int]]:
    """Groups of digits as cards are printed, unless a letter, a digit or a further group of four adjoins."""
    groups, text = plain.groups, plain.text
    if _IN_CARDS not in groups:
        return
    forms = ((form.match(groups, place)) for mark, form in _CARDS for place in places(groups, mark))
    for start, end in sorted(match.span() for match in forms if match):
        if groups[max(start - 5, 0) : start] == b"1111-" or groups[end : end + 5] == b"-1111":
            continue
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start, end


def masks(plain: Plain) -> Iterator[tuple[int, int]]:
    """The first two of the stars, crosses or dots that hide the middle of a card number."""
    text = plain.text
    found = [place for mask in _MASKS if mask[:1] in plain.latin for place in places(plain.latin, mask)]
    found += [place for mask in _DOTS if mask[0] in text for place in places(text, mask)]
    for place in sorted(found):
        if text[place - 1 : place] != text[place]:
            yield place, place + 2


def numbers_abroad(plain: Plain) -> Iterator[tuple[int, int]]:
    """A plus or two zeros before a country code."""
    text = plain.latin
    yield from sorted(match.span() for form in (_PLUS, _ZEROS) for match in form.finditer(text))


def at_signs(plain: Plain) -> Iterator[tuple[int, int]]:
    for place in places(plain.latin, b"@"):
        yield place, place + 1


def schemes(plain: Plain) -> Iterator[tuple[int, int]]:
    """What stands between a scheme and a host."""
    for place in places(plain.latin, b"://"):
        yield place, place + 3


def names(plain: Plain) -> Iterator[tuple[int, int]]:
    """Names on the internet that stand alone, from their beginning to their end."""
    shape, whole = plain.dotted, plain.names
    end = 0
    for place in places(shape, b".a"):
        if place < end or not place:
            continue
        start = whole.rfind(b" ", 0, place) + 1
        end = whole.find(b" ", place)
        if end < 0:
            end = len(whole)
        if stop := name_within(plain, start, end):
            yield start, stop


def quads(plain: Plain) -> Iterator[tuple[int, int]]:
    """Four numbers with dots between them, from the first digit on."""
    text = plain.text
    for match in _QUAD.finditer(plain.latin):
        start = match.start()
        while start and match.start() - start < _QUAD_DIGITS and text[start - 1] in "0123456789":
            start -= 1
        yield start, match.end()


def hexadecimal_groups(plain: Plain) -> Iterator[tuple[int, int]]:
    """Six pairs or five groups of hexadecimal digits with dashes or colons: addresses of network cards, UUIDs."""
    groups = plain.hexadecimal.replace(b":", b"-")
    yield from sorted((place, place + len(mark)) for mark in _HEXADECIMAL for place in places(groups, mark))


def colons(plain: Plain) -> Iterator[tuple[int, int]]:
    """Four hexadecimal digits before a colon: how an IPv6 address of the internet begins."""
    for place in places(plain.hexadecimal, b"hhhh:"):
        yield place, place + 5
