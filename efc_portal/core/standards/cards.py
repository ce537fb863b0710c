"""Payment card numbers (ISO/IEC 7812): the Luhn check, who issues them, and the one form in which they are kept.

What counts as a card number is decided for recall first, as a number that slips through is stored: any first digit
from 3 to 6 at every length from 13 to 19. Other first digits only within ranges that schemes really issue, or every
reference that begins with a date (2026…) and every Unix time (1…, and 2… from 2033 on) would be cut one time in ten:
Mir 2200 to 2204 and BORICA 2205, Mastercard 2221 to 2720; UnionPay 81, RuPay 81 and 82; Uzcard 8600, Humo 9860, Napas
9704, Troy 9792. UATP's airline cards, the only ones that begin with 1, are left out. Source of the ranges: the schemes'
published tables, as collected under ISO/IEC 7812 issuer identification numbers.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue

# PCI SSC FAQ 1091: at most the first six and the last four digits may stay. Six stars stand for however many went, so
# that there is one form whatever the length, and a card is the same card whether typed in full or truncated.
KEPT_FIRST, KEPT_LAST = 6, 4
STARS = "******"
MIN_DIGITS, MAX_DIGITS = 13, 19

_OTHER_RANGES = re.compile(
    r"220[0-5]\d{12,15}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"
    r"|81\d{14,17}|82\d{14}|(?:8600|9860|9792)\d{12}|9704\d{12}(?:\d{3})?",
    re.ASCII,
)
# The prefixes and lengths that schemes issue today: for saying “this is a card number”, where precision counts.
_ISSUED = re.compile(
    r"4\d{12}(?:\d{3}|\d{6})?|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}"
    r"|(?:30[0-5]|36\d|38\d|39\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|(?:6011|64[4-9]\d|65\d\d)\d{12}(?:\d{3})?"
    r"|62\d{14}(?:\d{3})?|(?:50|5[6-9]|6[0-9])\d{14}(?:\d{2,3})?|220[0-4]\d{12}",
    re.ASCII,
)
# First digits and lengths at which any scheme has ever issued: wide where their tables differ.
_EVER_ISSUED = re.compile(
    r"3\d{13,18}|4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|5[06-9]\d{11,17}|6\d{12,18}",
    re.ASCII,
)
_CUT = re.compile(rf"\d{{{KEPT_FIRST}}}{re.escape(STARS)}\d{{{KEPT_LAST}}}", re.ASCII)
_DOUBLED = str.maketrans("0123456789", "0246813579")
_SCHEMES = (
    (re.compile(r"4"), "Visa"),
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), "Mastercard"),
    (re.compile(r"3[47]"), "American Express"),
    (re.compile(r"30[0-5]|3095|36|3[89]"), "Diners Club"),
    (re.compile(r"352[89]|35[3-8]"), "JCB"),
    (re.compile(r"6011|64[4-9]|65"), "Discover"),
    (re.compile(r"62|81"), "UnionPay"),
    (re.compile(r"220[0-4]"), "Mir"),
    (re.compile(r"50|5[6-9]|6[0-9]"), "Maestro"),
)


def luhn_valid(digits: str) -> bool:
    """The Luhn check (ISO/IEC 7812-1, annex B) of a text of ASCII digits."""
    total = sum(map(int, digits[-1::-2])) + sum(map(int, digits[-2::-2].translate(_DOUBLED)))
    return total % 10 == 0


def is_card_number(digits: str) -> bool:
    """Whether ASCII digits are a card number: length, issuer, and Luhn check."""
    return (
        MIN_DIGITS <= len(digits) <= MAX_DIGITS
        and (digits[0] in "3456" or _OTHER_RANGES.fullmatch(digits) is not None)
        and luhn_valid(digits)
    )


def is_issued(digits: str) -> bool:
    """Whether a card number has a prefix and length that a scheme issues."""
    return _ISSUED.fullmatch(digits) is not None and luhn_valid(digits)


def was_never_issued(digits: str) -> bool:
    """Whether no scheme has ever issued cards of these first digits and this length, whatever the Luhn check says."""
    return _EVER_ISSUED.fullmatch(digits) is None and _OTHER_RANGES.fullmatch(digits) is None


def truncated(digits: str) -> str:
    """The one form a card number is kept in: `411111******1111`."""
    return f"{digits[:KEPT_FIRST]}{STARS}{digits[-KEPT_LAST:]}"


def refuse_card_number(compact: str) -> None:
    """Refuse what is a card number, whole or cut, where something else is asked for."""
    issued = is_issued(compact) or (_OTHER_RANGES.fullmatch(compact) is not None and luhn_valid(compact))
    if issued or _CUT.search(compact):
        raise InvalidValue(
            _(
                "This has the form of a card number, which the portal never keeps whole. If it is one, give it as a "
                "payment card; if not, write of it in your account"
            ),
            rule="kind",
        )


def scheme(digits: str) -> str:
    """The scheme that the first digits belong to, or ""."""
    return next((name for pattern, name in _SCHEMES if pattern.match(digits)), "")
