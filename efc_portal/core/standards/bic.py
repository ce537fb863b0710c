"""BIC (ISO 9362): four characters of the institution, its country, two of its location, and three of a branch.

The primary office may be written with XXX or with nothing at its end; its canonical form has eight characters. BICs of
the network's test environment, whose eighth character is 0, stand for no bank and are refused.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.countries import is_country
from efc_portal.core.standards.errors import InvalidValue

LENGTHS = (8, 11)
PRIMARY = "XXX"
_FORM = re.compile(r"[A-Z0-9]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def canonical(compact: str) -> str:
    """The canonical form of a BIC in upper case and without spaces: 8 characters, or 11 for a branch."""
    if wrong := re.search(r"[^A-Z0-9]", compact):
        raise InvalidValue(
            _("Position %(position)s: %(character)s cannot stand in a BIC, which has letters and digits only"),
            rule="alphabet",
            position=wrong.start() + 1,
            character=wrong[0],
        )
    if len(compact) not in LENGTHS:
        raise InvalidValue(
            _("Wrong length: a BIC has 8 characters, or 11 with its branch; this one has %(length)s"),
            rule="length",
            length=len(compact),
        )
    if not is_country(compact[4:6]):
        raise InvalidValue(
            _("Position 5: a BIC names its country there, and %(country)s is none"),
            rule="country",
            position=5,
            country=compact[4:6],
        )
    if compact[7] == "0":
        raise InvalidValue(
            _("Position 8: with a 0 there it is a test BIC, behind which no bank stands"), rule="test", position=8
        )
    return compact.removesuffix(PRIMARY) if len(compact) == max(LENGTHS) else compact


def is_bic(compact: str, country: str = "") -> bool:
    """Whether a text in upper case is a BIC, of this country if one is given, of the test environment or not."""
    found = _FORM.fullmatch(compact)
    return found is not None and (found[1] == country if country else is_country(found[1]))
