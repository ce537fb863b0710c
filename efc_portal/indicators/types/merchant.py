"""Card merchants, by what a card statement or an acquirer's record calls them.

A merchant id (ISO 8583 field 42, up to 15 characters) is unique within its acquirer only, as is the id of one of its
terminals (field 41, 8 characters); a descriptor (field 43) is free text. A category code (ISO 18245) may stand beside
them. The canonical form is upper case with single spaces, in one order, each part but the first being optional:

    000123456789012 WESTSHOP*MEDIA LIMASSOL TID 12345678 MCC 5816 @ NORTHPAY

Two reports that know different parts have different values; what both lie under is in `covered_by`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.pan import truncate_pans
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.merchant_categories import NAMES
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, StixHint, Words

_LONGEST = 100
_MID = r"(?:MID|MERCHANT ID|MERCHANT NO|MERCHANT NUMBER)\b\.? ?[:#]? ?"
_LEADS = re.compile(rf"^{_MID}(?=[A-Z0-9])")
_ID = re.compile(r"(?=(?:[A-Z-]*[0-9]){5})[A-Z0-9-]{6,15}")
_NAMED_ID = re.compile(rf"(?<![^ ,;]){_MID}({_ID.pattern})(?![A-Z0-9-])[,;]?")
_TERMINAL = re.compile(
    r"(?<![^ ,;])(?:TID|TERMINAL(?: ID| NO| NUMBER)?)\b\.? ?[:#]? ?((?=[A-Z]*[0-9])[A-Z0-9]{4,8})(?![A-Z0-9])[,;]?"
)
_CATEGORY = re.compile(r"(?<![^ ,;])(?:MCC|CATEGORY CODE)\b\.? ?[:#]? ?([0-9]{4})(?![A-Z0-9])[,;]?")
_ACQUIRER = re.compile(r"(?: @ ?(.*)| ?\(ACQUIRER:? ([^()]+)\))$")


class _Parts(NamedTuple):
    name: str  # the id, the descriptor, or both
    terminal: str
    category: str
    acquirer: str

    @property
    def is_enough(self) -> bool:
        return sum(char.isalnum() for char in f"{self.name}{self.terminal}") >= 3

    @property
    def written(self) -> str:
        terminal = f"TID {self.terminal}" if self.terminal else ""
        category = f"MCC {self.category}" if self.category else ""
        acquirer = f"@ {self.acquirer}" if self.acquirer else ""
        return " ".join(filter(None, (self.name, terminal, category, acquirer)))


class Merchant(IndicatorType):
    code = "merchant"
    label = _("Card merchant")
    help = _(
        "The merchant’s id, or the text on the card statement; add TID and the terminal, MCC and the category code, "
        "“@” and the acquirer, as far as you know them: WESTSHOP*MEDIA MCC 5816 @ Northpay."
    )
    example = "WESTSHOP*MEDIA LIMASSOL @ NORTHPAY"
    order = 80
    lifetime_days = 2 * 365
    method = "payment_card"
    stix = StixHint("identity", "name")
    misp = MispHint("legal-entity", "name")
    goaml = "t_entity/name"
    shapes = (Shape("mMtT", 5, marks=" .:#"),)

    def canonicalise(self, text: str, region: str | None = None) -> str:
        folded = " ".join(text.upper().split())
        parts = _parts(folded)
        if len(folded) > _LONGEST:
            raise InvalidValue(
                _("Too long: a merchant’s id or descriptor has at most %(limit)s characters"),
                rule="length",
                limit=_LONGEST,
            )
        if not parts.is_enough:
            if parts.category:
                raise InvalidValue(
                    _("A category code alone names no merchant. Add its id or the text on the card statement"),
                    rule="structure",
                )
            raise InvalidValue(
                _("Too short: a merchant’s id or descriptor has at least three letters or digits"), rule="length"
            )
        if truncate_pans(folded)[1]:
            raise InvalidValue(
                _("This holds a card number. Give it as a payment card, and the merchant by its id or descriptor"),
                rule="kind",
            )
        if _parts(parts.written) != parts:
            raise InvalidValue(
                _("Give one merchant, with at most one terminal, one category code and one acquirer"), rule="structure"
            )
        return parts.written

    def looks_like(self, text: str) -> bool:
        upper = text.upper()
        return _LEADS.match(upper) is not None or _TERMINAL.match(upper) is not None

    def masked(self, canonical: str) -> str:
        return f"{canonical[:2]}…"

    def detail(self, canonical: str) -> Words:
        parts = _parts(canonical)
        said = [_said_of(parts)]
        if parts.terminal and parts.name:
            said.append(gettext("terminal %(terminal)s") % {"terminal": parts.terminal})
        if parts.category:
            code = parts.category
            said.append(
                gettext("category %(code)s, %(name)s") % {"code": code, "name": NAMES[code]}
                if code in NAMES
                else gettext("category %(code)s") % {"code": code}
            )
        return "; ".join(said)

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        """The merchant without its terminal and category, by its id, and by its descriptor."""
        parts = _parts(canonical)
        bare = parts._replace(terminal="", category="")
        wider = [bare, parts._replace(name="", category="")]
        first, _space, rest = parts.name.partition(" ")
        if rest and _ID.fullmatch(first):
            wider += [bare._replace(name=first), bare._replace(name=rest)]
        for one in dict.fromkeys(wider):
            if one.is_enough and one != parts and one.written[0].isalnum() and _parts(one.written) == one:
                yield self.code, one.written


def _said_of(parts: _Parts) -> str:
    if not parts.name:
        text = gettext("Terminal at %(acquirer)s") if parts.acquirer else gettext("Terminal, acquirer not given")
    elif _ID.fullmatch(parts.name):
        text = gettext("Merchant id at %(acquirer)s") if parts.acquirer else gettext("Merchant id, acquirer not given")
    elif parts.acquirer:
        text = gettext("Descriptor, acquired by %(acquirer)s")
    else:
        text = gettext("Descriptor, acquirer not given")
    return text % {"acquirer": parts.acquirer}


def _parts(folded: str) -> _Parts:
    """The parts of a merchant in upper case, each "" where it is not given; an id said to be one comes first."""
    named = _ACQUIRER.search(folded)
    acquirer = (named[1] or named[2] or "").strip() if named else ""
    rest = folded[: named.start()].strip() if named else folded
    found = []
    for pattern in (_TERMINAL, _CATEGORY, _NAMED_ID):
        match = pattern.search(rest)
        found.append(match[1] if match else "")
        if match:
            rest = " ".join(f"{rest[: match.start()]} {rest[match.end() :]}".split())
    terminal, category, named_id = found
    name = " ".join(filter(None, (named_id, _LEADS.sub("", rest).strip())))
    return _Parts(name, terminal, category, acquirer)


DECLARATION = Merchant()
