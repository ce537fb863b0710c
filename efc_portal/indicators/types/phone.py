"""Telephone numbers, kept as E.164 (ITU-T): a plus, the country code, the number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import digits

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.phones import e164
from efc_portal.core.text import fold
from efc_portal.indicators.declaration import IndicatorType, Shape, Span, StixHint, Words

_SHAPE = re.compile(
    r"(?:(?:tel|whatsapp): ?)?\+?[(0-9][0-9 ().\-/]{4,24}[0-9](?: ?(?:ext|x|;ext=)\.? ?[0-9]{1,7})?", re.IGNORECASE
)
_PREFIX = re.compile(r"^(?:tel|whatsapp):\s*", re.IGNORECASE)
_KINDS = {
    PhoneNumberType.MOBILE: _("Mobile number"),
    PhoneNumberType.FIXED_LINE: _("Fixed line"),
    PhoneNumberType.FIXED_LINE_OR_MOBILE: _("Fixed line or mobile number"),
    PhoneNumberType.TOLL_FREE: _("Free of charge for the caller"),
    PhoneNumberType.PREMIUM_RATE: _("Premium rate"),
    PhoneNumberType.SHARED_COST: _("Shared cost"),
    PhoneNumberType.VOIP: _("Internet telephony"),
    PhoneNumberType.PERSONAL_NUMBER: _("Personal number"),
    PhoneNumberType.PAGER: _("Pager"),
    PhoneNumberType.UAN: _("Company access number (UAN)"),
}
_LENGTHS = {
    ValidationResult.TOO_SHORT: _("Too short for a number of this country"),
    ValidationResult.TOO_LONG: _("Too long for a number of this country"),
    ValidationResult.INVALID_LENGTH: _("Wrong length for a number of this country"),
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: _("The area code is missing"),
}


class Phone(IndicatorType):
    code = "phone"
    label = _("Phone number")
    help = _("With its country code, as in +49 …; without one it is read as a number of your organisation’s country.")
    example = "+49 1512 3456789"
    order = 70
    lifetime_days = 365
    stix = StixHint("phone-number", "value", "extension-definition--14a97ee2-e666-5ada-a6bd-b7177f79e211")
    shapes = (Shape(digits, 6, 36, ""), Shape(digits + "+(tTwW", 6, 60, "+() .-/:;"))
    # International numbers only: a national one in running text could be anything.
    pattern = re.compile(r"(?<![\w+./-])(?:\+|00)[1-9](?:[ ().\-/]{0,2}[0-9]){6,14}(?![\w])")

    def canonicalise(self, text: str, region: str | None = None) -> str:
        number = fold(text)
        if valid := e164(number):
            return valid
        number = _PREFIX.sub("", number)
        if number.startswith("00") and not region:
            number = f"+{number[2:]}"
        if letter := re.search(r"[^\W\d_]", re.sub(r"(?:;?ext[.=]?|x)\s*\d+$", "", number, flags=re.IGNORECASE)):
            raise InvalidValue(
                _("Position %(position)s: %(character)s cannot stand in a phone number"),
                rule="alphabet",
                position=letter.start() + 1,
                character=letter[0],
            )
        try:
            parsed = phonenumbers.parse(number, region or None)
        except NumberParseException as error:
            raise _unparsed(error, region) from error
        if not phonenumbers.is_valid_number(parsed):
            possible = phonenumbers.is_possible_number_with_reason(parsed)
            raise InvalidValue(
                _LENGTHS.get(possible, _("No such number is given out in its country; a digit was probably mistyped")),
                rule="length" if possible in _LENGTHS else "range",
            )
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)

    def looks_like(self, text: str) -> bool:
        """Digits alone, without a plus or a leading zero, are only a phone number while too few for a card."""
        folded = fold(text)
        begins = _PREFIX.match(folded) is not None or folded[0] in "+0("
        return _SHAPE.fullmatch(folded) is not None and (begins or sum(map(str.isdigit, folded)) <= 12)

    def display(self, canonical: str) -> str:
        return phonenumbers.format_number(_parsed(canonical), phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def masked(self, canonical: str) -> str:
        return f"{canonical[:5]}…{canonical[-2:]}"

    def country(self, canonical: str) -> str:
        region = phonenumbers.region_code_for_number(_parsed(canonical))
        return region if region and region.isalpha() else ""

    def detail(self, canonical: str) -> Words:
        return _KINDS.get(phonenumbers.number_type(_parsed(canonical)), "")

    def candidates(self, text: str, region: str | None = None) -> Iterator[Span]:
        for span in super().candidates(text, region):
            number = f"+{span.text[2:]}" if span.text.startswith("00") else span.text
            yield Span(span.start, span.end, number, span.confidence)


@lru_cache(16)
def _parsed(canonical: str) -> phonenumbers.PhoneNumber:
    """What a canonical form says, kept for the next question about the same number."""
    return phonenumbers.parse(canonical)


def _unparsed(error: NumberParseException, region: str | None) -> InvalidValue:
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        if region:
            return InvalidValue(_("No country has this country code"), rule="country")
        return InvalidValue(_("Give the number with its country code, beginning with +"), rule="country")
    if error.error_type == NumberParseException.TOO_LONG:
        return InvalidValue(_("Too long: a phone number has at most 15 digits"), rule="length")
    if error.error_type in (NumberParseException.TOO_SHORT_NSN, NumberParseException.TOO_SHORT_AFTER_IDD):
        return InvalidValue(_("Too short for a phone number"), rule="length")
    return InvalidValue(_("This is not a phone number"), rule="structure")


DECLARATION = Phone()
