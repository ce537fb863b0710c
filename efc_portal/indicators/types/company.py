"""Companies and other legal persons, by number: the LEI, or a national register's number with its country.

- LEI (ISO 17442): 20 characters, check digits by ISO 7064 MOD 97-10.
- Register numbers: checked by the country's own rule where there is one, elsewhere by their form alone.

Names are not taken here: they are written in too many ways to be compared.
"""

from __future__ import annotations

import re
from string import ascii_uppercase, digits

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.company_numbers import has_rule, lei_check, register_number_check
from efc_portal.core.countries import country_name, is_country
from efc_portal.core.errors import ApplicationError
from efc_portal.core.pan import truncate_pans
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.clues import runs
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, Span, StixHint, Words
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.plain import Plain
from efc_portal.indicators.types.iban import DECLARATION as IBAN

_LEI_LEAD = re.compile(r"^LEI(?: (?:code|number|no)(?=[ .:#]))?\.? ?[:#]? ?(?=[A-Z0-9])", re.IGNORECASE)
_LEI = re.compile(
    r"(?=[0-9 ]*[A-Z])[A-Z0-9]{4}(?P<blank> ?)(?:[A-Z0-9]{4}(?P=blank)){3}[A-Z0-9]{2}[0-9]{2}", re.IGNORECASE
)
_LEI_LENGTH, _LEAD_LENGTH = 20, len("LEI code")
_RESERVED = "00"  # the fifth and sixth character of LEIs since 2013
_PART_OF = re.compile(r"[\w-]")
_REGISTER = re.compile(r"(?P<country>[A-Za-z]{2})(?: ?: ?| (?=.*[0-9]))(?P<number>.+)")
_BEHIND = re.compile(r"(?P<number>.+?) ?\((?P<country>[A-Za-z]{2})\)")
_GERMAN = re.compile(r"(?:HR[AB]|GnR|PR|VR)\b ?[0-9]|(?:HR[AB]|GnR|PR|VR) [0-9]", re.IGNORECASE)
_PADDED = {"GB": 8, "NL": 8}  # registers whose numbers lose their leading zeros in spreadsheets
_SEPARATORS = re.compile(r"[ .]")


class Company(IndicatorType):
    code = "company"
    label = _("Company number")
    help = _("An LEI, or the number in a company register with its country before it, as in FR 552 081 317.")
    example = "LEI 529900T8BM49AURSDO55"
    accepts = (
        "529900T8BM49AURSDO55",
        "lei: 5299 00T8 BM49 AURS DO55",
        "FR 552 081 317",
        "GB: SC123456",
        "DE Aachen HRB 11223",
        "552081317 (FR)",
    )
    refuses = (
        "529900T8BM49AURSDO56",
        "LEI 529900T8BM49AURSDO5",
        "FR 552 081 318",
        "QQ: 12345",
        "Northgate Media Ltd",
    )
    order = 85
    lifetime_days = 5 * 365
    stix = StixHint("identity", "name")
    misp = MispHint("legal-entity", "registration-number")
    goaml = "t_entity/incorporation_number"
    shapes = (Shape("", _LEI_LENGTH, _LEI_LENGTH, ""), Shape("", 24, 24, " "), Shape("lL", _LEI_LENGTH - 2))
    clues = (runs,)
    starts = ascii_uppercase + digits
    words = ("lei", "lei code")
    pattern = re.compile(
        r"(?P<lead>(?i:LEI)(?: (?i:code))?\.?[ :]{1,2})?[A-Z0-9]{4}(?P<blank> ?)(?:[A-Z0-9]{4}(?P=blank)){3}"
        r"[A-Z0-9]{2}[0-9]{2}(?!-?\w)"
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        folded = fold(text)
        bare = _LEI_LEAD.sub("", folded)
        if bare != folded or _is_lei_alike(folded):
            return f"LEI:{_checked_lei(bare)}"
        country, number = _parted(folded, region)
        return f"{country}:{_checked_number(number, country)}"

    def looks_like(self, text: str) -> bool:
        """An LEI alone: the numbers of registers say nothing by themselves. What may be an IBAN is one."""
        if len(text) < _LEI_LENGTH - 2:
            return False
        folded = fold(text)
        return _LEI_LEAD.match(folded) is not None or (_is_lei_alike(folded) and not IBAN.looks_like(text))

    def display(self, canonical: str) -> str:
        return canonical.replace(":", " ", 1) if canonical.startswith("LEI:") else canonical.replace(":", ": ", 1)

    def masked(self, canonical: str) -> str:
        kind, _mark, number = canonical.partition(":")
        return f"{kind} {number[:2]}…{number[-2:]}"

    def country(self, canonical: str) -> str:
        """The register's country. An LEI names none."""
        return "" if canonical.startswith("LEI:") else canonical[:2]

    def detail(self, canonical: str) -> Words:
        if canonical.startswith("LEI:"):
            return _("Legal entity identifier; who it is stands in the public register of GLEIF")
        name = country_name(canonical[:2])
        if has_rule(canonical[:2]):
            return gettext("Company register of %(country)s; the number holds its rule") % {"country": name}
        return gettext("Company register of %(country)s; the form alone was checked") % {"country": name}

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """An LEI by its name, or alone in one piece: then sure only with the zeros that all new ones have in them.

        The checksum alone holds for one in a hundred texts of this form.
        """
        if end - start > _LEAD_LENGTH and end - start != _LEI_LENGTH:
            return None
        found = self.pattern.match(plain.code, start)
        if found is None or _PART_OF.match(plain.code[start - 1 : start]):
            return None
        number = found[0].removeprefix(found["lead"] or "")
        if not found["lead"] and (found["blank"] or number.isdigit()):
            return None
        is_sure = found["lead"] or number[4:6] == _RESERVED
        return Span(start, found.end(), found[0], Confidence.CERTAIN if is_sure else Confidence.CANDIDATE)


def _is_lei_alike(folded: str) -> bool:
    return _LEI.fullmatch(folded) is not None


def _checked_lei(text: str) -> str:
    try:
        return lei_check(text)
    except ApplicationError as error:
        raise InvalidValue(error, rule="checksum") from error


def _parted(folded: str, region: str | None) -> tuple[str, str]:
    """Country and number, as they were given; without a country, the reporter's."""
    if _GERMAN.search(folded) and not re.match("DE[ :]", folded, re.IGNORECASE):
        return "DE", folded  # its courts are abbreviated AG, as Antigua is
    found = _REGISTER.fullmatch(folded) or _BEHIND.fullmatch(folded)
    if found and is_country(found["country"].upper()):
        return found["country"].upper(), found["number"].strip()
    if found and re.match("[A-Za-z]{2} ?:", folded):
        raise InvalidValue(
            _("No country has the code before the number. Use two letters of ISO 3166, as in FR"), rule="country"
        )
    if region and any(map(str.isdigit, folded)):
        return region, folded
    raise InvalidValue(
        _("Give an LEI, or the number in the company register with its country before it, as in FR 552 081 317"),
        rule="structure",
    )


def _checked_number(number: str, country: str) -> str:
    if not any(map(str.isdigit, number)):
        raise InvalidValue(_("A register’s number has digits. Names of companies are not compared"), rule="structure")
    if country != "DE" and not number.isascii():  # there alone the number holds a name, that of the court's town
        raise InvalidValue(_("A register’s number has letters from A to Z and digits alone"), rule="alphabet")
    if not has_rule(country):
        number = _SEPARATORS.sub("", number)
    if country in _PADDED and number.isdigit():
        number = number.zfill(_PADDED[country])
    try:
        checked = register_number_check(number, country)
    except ApplicationError as error:
        raise InvalidValue(error, rule="register") from error
    if country != "DE":
        checked = _SEPARATORS.sub("", checked).upper()
    if truncate_pans(checked)[1]:
        raise InvalidValue(_("This holds what would pass for a card number, which is never kept"), rule="kind")
    return checked


DECLARATION = Company()
