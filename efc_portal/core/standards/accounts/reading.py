"""Taking apart an account as people write it: `US 021000021 / 123456789`, `Sort code 20-00-00, account 55779911`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise

from django.utils.translation import gettext_lazy as _

from efc_portal.core.countries import country_name, is_country
from efc_portal.core.standards import bic, iban
from efc_portal.core.standards.accounts.formats import FORMATS, Format, Part
from efc_portal.core.standards.cards import is_issued, refuse_card_number, was_never_issued
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold

# What people write before a part, and the country that word belongs to.
_OF_COUNTRY = {
    "US": "ABA|RTN|ROUTING(?: TRANSIT)?",
    "GB": "SORT ?CODE",
    "AU": "BSB",
    "IN": "IFSC",
    "MX": "CLABE",
    "AR": "CBU|CVU",
    "NG": "NUBAN",
    "CN": "CNAPS",
    "PH": "BRSTN",
    "RU": "BIK|БИК",
    "UA": "MFO|МФО",
    "CA": "TRANSIT",
    "DE": "BLZ",
}
_ANY = (
    "INSTITUTION|BANK|BRANCH|SUFFIX|ACCOUNT|ACCT|ACC|A/C|C/C|AGENCIA|AGÊNCIA|AG|CONTA(?: CORRENTE)?|CUENTA"
    "|KONTO(?:NUMMER)?|COMPTE"
)
_AFTER = r"(?: ?(?:CODE|NUMBER|NO|NR|#))?[ .:#]*"
_LABEL = re.compile(rf"(?<![^\W_])(?:AND )?(?:{'|'.join((*_OF_COUNTRY.values(), _ANY))})(?![^\W_]){_AFTER}")
_LEAD = re.compile("|".join(f"(?P<{country}>(?:{words})(?![^\\W_]))" for country, words in _OF_COUNTRY.items()))
_COUNTRY = re.compile(r"([A-Z]{2})(?![A-Z])[ :/.-]*")
_IFSC = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}(?![A-Z0-9])")
_AFTER_LEAD = re.compile(r"[ .:/;,#-]|$")
# What stands before the number of an account that has a check digit of its own: a routing number of the United States
# or the Philippines, or the first block of an Argentine CBU, which has 22 digits in all.
_PROVING = re.compile(
    r"(?<![^\W_])(?:(?:US|PH|(?:ABA|RTN|BRSTN|ROUTING)(?: NUMBER| NO)?)[ :/.#]{0,3}[0-9]{9}"
    r"[ ,;/]{1,3}(?:(?:AND )?(?:ACCOUNT|ACCT?|A/C)(?: NUMBER| NO)?[ :.#]{1,3})?"
    r"|(?:AR|CBU|CVU)[ :/.#]{0,3}(?P<block>[0-9]{8})[ -]?)\Z"
)
_SEPARATORS = re.compile(r"[/|;,]")
_WRONG = re.compile(r"[^A-Z0-9 ./|;,:#-]")
_NOT_COMPACT = re.compile(r"[^A-Z0-9]+")
_BANK = Part(_("Bank code"), tuple(range(2, 13)), re.compile("[A-Z0-9]+"))
_ANY_ACCOUNT = Part(_("Account number"), tuple(range(4, 35)), re.compile("[A-Z0-9]*[0-9][A-Z0-9]*"))
_OTHER = Format((_BANK, _ANY_ACCOUNT))  # of a country without a format here, or with a BIC for the bank code


@dataclass(frozen=True, slots=True)
class Account:
    """An account taken apart: its country and compact parts, in the format they are of."""

    country: str
    parts: tuple[str, ...]

    @property
    def format(self) -> Format:
        known = FORMATS.get(self.country)
        if known is None or (len(self.parts) == 2 and bic.is_bic(self.parts[0], self.country)):
            return _OTHER
        return known

    @property
    def canonical(self) -> str:
        return "/".join((self.country, *self.parts))

    @property
    def shown(self) -> str:
        pieces = (part.shown(compact) for part, compact in zip(self.format.parts, self.parts, strict=True))
        return f"{self.country} {self.format.joint.join(pieces)}"

    @property
    def bank(self) -> str:
        """The bank's code, as it is shown."""
        place, where = self.format.bank
        part, compact = self.format.parts[place], self.parts[place]
        return part.shown(compact) if where == slice(None) else compact[where]

    @property
    def number(self) -> str:
        """The part that is the account's own number."""
        return self.parts[2] if self.country == "NZ" else self.parts[-1]


def parsed(canonical: str) -> Account:
    """The account of a canonical form."""
    country, *parts = canonical.split("/")
    return Account(country, tuple(parts))


def read(text: str, region: str | None = None) -> Account:
    """The account of a text, or `InvalidValue` with the part and the rule it breaks.

    Without a country at its beginning, or a word that belongs to one, it is read as one of `region`, if that has a
    format here.
    """
    folded = fold(text).upper()
    _refuse_iban(folded)
    country, rest = _country_of(folded, region)
    rest = _LABEL.sub("/", rest).strip(" /.:-")
    if wrong := _WRONG.search(rest):
        refuse_card_number(_compact_but_stars(rest))
        raise InvalidValue(_("%(character)s cannot stand in an account number"), rule="alphabet", character=wrong[0])
    known = FORMATS.get(country, _OTHER)
    if known.rewrite:
        rest = known.rewrite(rest)
    pieces = _pieces(rest, known)
    if len(pieces) == 2 and bic.is_bic(pieces[0], country):
        known, pieces[0] = _OTHER, bic.canonical(pieces[0])
    if len(pieces) != len(known.parts) or any(map(_LABEL.fullmatch, pieces)):
        raise InvalidValue(
            _("Give an account of %(country)s as: %(country_code)s %(form)s"),
            rule="structure",
            country=country_name(country),
            country_code=country,
            form=" / ".join(str(part.name) for part in known.parts),
        )
    parts = tuple(_checked(part, piece) for part, piece in zip(known.parts, pieces, strict=True))
    if known.check:
        known.check(parts)
    refuse_card_number(parts[-1])
    if not parts[-1].strip("0") and len(parts) < 4:
        raise InvalidValue(_("The account number is all zeros"), rule="range")
    return Account(country, parts)


def is_proven(before: str, digits: str) -> bool:
    """Whether digits of a text end a bank account that is proven not to be a card, by what stands before them.

    It names its country, its own check digit holds, and it has a length at which no card with its first digits was
    ever issued; or, as the second block of a CBU, whose check digits both hold, it is no card that is issued today.
    Both are folded; `before` is in capitals.
    """
    found = _PROVING.search(before)
    if found is None or (is_issued(digits) if found["block"] else not was_never_issued(digits)):
        return False
    try:
        read(f"{found[0]}{digits}")
    except InvalidValue:
        return False
    return True


def is_written_as_account(text: str) -> bool:
    """Whether a text begins as an account does: with a country's word, or its two letters and an account's numbers."""
    folded = fold(text).upper()
    if lead := _LEAD.match(folded) or _IFSC.match(folded):
        return _AFTER_LEAD.match(folded, lead.end()) is not None and any(map(str.isdigit, folded))
    found = _COUNTRY.match(folded)
    if found is None or found.end() == 2 or not is_country(country := _alias(found[1])):
        return False
    rest = folded[found.end() :]
    if iban.is_valid(_NOT_COMPACT.sub("", folded)) or _WRONG.search(rest) or sum(map(str.isdigit, rest)) < 6:
        return False
    return country in FORMATS or sum(1 for piece in rest.split("/") if piece.strip()) == 2


def _alias(country: str) -> str:
    return "GB" if country == "UK" else country


def _country_of(folded: str, region: str | None) -> tuple[str, str]:
    """The country, and what follows it."""
    if (lead := _LEAD.match(folded)) and lead.lastgroup:
        return lead.lastgroup, folded
    if _IFSC.match(folded):
        return "IN", folded
    found = _COUNTRY.match(folded)
    if found and is_country(_alias(found[1])):
        return _alias(found[1]), folded[found.end() :]
    if region in FORMATS and folded[:1].isdigit():
        return region, folded
    raise InvalidValue(
        _("Begin with the two letters of the account’s country, as in US 021000021 / 123456789"), rule="country"
    )


def _pieces(rest: str, known: Format) -> list[str]:
    """The compact parts of a text: between slashes, else between spaces, else cut where the format says."""
    wanted = len(known.parts)
    for separators in (_SEPARATORS, re.compile(r" +"), re.compile(r"[ -]+")):
        pieces = [compact for piece in separators.split(rest) if (compact := _NOT_COMPACT.sub("", piece))]
        if len(pieces) == wanted:
            return pieces
    compact = _NOT_COMPACT.sub("", rest)
    sizes = [part.fill or part.lengths[0] for part in known.parts[:-1]]
    if any(len(part.lengths) > 1 and not part.fill for part in known.parts[:-1]) or len(compact) <= sum(sizes):
        return [compact] if compact else []
    places = [0, *accumulate(sizes), len(compact)]
    return [compact[start:end] for start, end in pairwise(places)]


def _checked(part: Part, piece: str) -> str:
    """One part in its one spelling."""
    if part.fill and len(piece) > part.fill and piece[: -part.fill].strip("0") == "":
        piece = piece[-part.fill :]
    if len(piece) not in part.lengths:
        least, most = part.lengths[0], part.lengths[-1]
        wanted = f"{least}–{most}" if len(part.lengths) > 2 else " / ".join(map(str, part.lengths))
        raise InvalidValue(
            _("%(part)s: wrong length. It has %(wanted)s characters, this one has %(length)s"),
            rule="length",
            part=part.name,
            wanted=wanted,
            length=len(piece),
        )
    if not part.form.fullmatch(piece):
        wrong = re.search("[A-Z]", piece)
        raise InvalidValue(
            _("%(part)s: position %(position)s does not fit its form") if wrong else _("%(part)s: wrong form"),
            rule="alphabet" if wrong else "structure",
            part=part.name,
            position=wrong.start() + 1 if wrong else None,
        )
    settled = part.settle(piece) if part.settle else piece
    return settled.rjust(part.fill, "0")


def _refuse_iban(folded: str) -> None:
    compact = _NOT_COMPACT.sub("", folded.removeprefix("IBAN"))
    structure = iban.structures().get(compact[:2])
    written = not _SEPARATORS.search(folded) and compact[2:4].isdigit()
    if iban.is_valid(compact) or (structure and written and len(compact) == structure.length):
        raise InvalidValue(_("This is an IBAN. Give it as one: choose the type IBAN"), rule="kind")


def _compact_but_stars(rest: str) -> str:
    return re.sub(r"[ -]", "", rest)
