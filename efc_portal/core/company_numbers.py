"""What identifies an organisation outside the portal: its LEI and the number of its national register.

- LEI: ISO 17442, check digits by ISO 7064 MOD 97-10.
- Register numbers: the check of the country's own format where `python-stdnum` knows it; elsewhere the form alone.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from stdnum import get_cc_module, lei
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from efc_portal.core.countries import country_name
from efc_portal.core.errors import ApplicationError

# What a country's companies are registered under, by the name of the module that checks it.
_REGISTERS = {
    "AT": "businessid",
    "BE": "vat",
    "CH": "uid",
    "DE": "handelsregisternummer",
    "DK": "cvr",
    "EE": "registrikood",
    "FI": "ytunnus",
    "FR": "siren",
    "GR": "vat",
    "HR": "oib",
    "IT": "iva",
    "LI": "peid",
    "LV": "pvn",
    "NO": "orgnr",
    "PT": "nif",
    "RO": "onrc",
    "SE": "orgnr",
}
_FORM = re.compile(r"[\w./(), -]{2,40}")
_COURT = re.compile(r"^(amtsgericht|ag)\s+", re.IGNORECASE)  # German extracts put it before the town


def lei_check(text: str) -> str:
    """The LEI in its canonical form: 20 upper-case characters. Raises `ApplicationError` with the rule that failed."""
    value = re.sub(r"[\s.-]", "", text).upper()
    if len(value) != 20:
        raise ApplicationError(
            _("A LEI has 20 letters and digits; this one has %(length)s. Copy it from the LEI register."),
            length=len(value),
        )
    try:
        return str(lei.validate(value))
    except InvalidChecksum as error:
        raise ApplicationError(
            _("The check digits of this LEI do not fit: a character is wrong or two are exchanged. Copy it again.")
        ) from error
    except ValidationError as error:
        raise ApplicationError(_("A LEI has letters A to Z and digits alone, and two digits at its end.")) from error


def register_number_check(text: str, country: str) -> str:
    """The number as the country's register writes it. Raises `ApplicationError` when it cannot be one."""
    value = " ".join(text.split())
    if not _FORM.fullmatch(value):
        raise ApplicationError(
            _("A register number has 2 to 40 letters, digits, blanks, dots, strokes and hyphens. Leave the rest out.")
        )
    module = _module(country)
    if module is None:
        return value
    if country == "DE":
        value = _COURT.sub("", value)
    try:
        whole = str(module.validate(value))
        return whole if _FORM.fullmatch(whole) else value
    except InvalidLength as error:
        problem = _("its length is not right")
        raise _refusal(country, problem) from error
    except InvalidChecksum as error:
        raise _refusal(country, _("its check digit does not fit")) from error
    except ValidationError as error:
        if country == "DE":
            problem = _("it needs the town of the court, the kind and the number, such as “Aachen HRA 11223”")
            raise _refusal(country, problem) from error
        raise _refusal(country, _("it has another form")) from error


def _refusal(country: str, problem: object) -> ApplicationError:
    return ApplicationError(
        _("This is no number of the company register of %(country)s: %(problem)s. Copy it from an extract."),
        country=country_name(country),
        problem=problem,
    )


def _module(country: str) -> Any:
    name = _REGISTERS.get(country)
    return get_cc_module(country, name) if name else None


def has_rule(country: str) -> bool:
    """Whether numbers of a country's register are checked by more than their form."""
    return country in _REGISTERS
