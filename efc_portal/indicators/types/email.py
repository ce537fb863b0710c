"""E-mail addresses.

Mail providers treat the part before the @ alike in upper and lower case, whatever RFC 5321 allows, so the canonical
form is lower case; nothing else is folded, neither dots nor what follows a plus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import email_validator
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.hosts import host, parents
from efc_portal.core.text import defang, refang
from efc_portal.indicators.declaration import IndicatorType, Shape, StixHint

_DISPLAY_NAME = re.compile(r"[^<>]*<([^<>\s]+)>")
# What stands before the @ nearly always (RFC 5322 dot-atom, RFC 5321 4.5.3.1.1); anything else the library looks at.
_PLAIN_LOCAL = re.compile(r"[a-zA-Z0-9_!#$%&'*+/=?^`{|}~-]+(?:\.[a-zA-Z0-9_!#$%&'*+/=?^`{|}~-]+)*")
_LONGEST_LOCAL = 64


class EmailAddress(IndicatorType):
    code = "email"
    label = _("E-mail address")
    help = _("An e-mail address. It is checked by its form alone; nothing is sent or looked up.")
    example = "name@example.com"
    order = 40
    lifetime_days = 2 * 365
    stix = StixHint("email-addr", "value")
    shapes = (Shape(marks="@[({"),)
    pattern = re.compile(
        r"(?<![\w.+%-])[\w.+%'-]{1,64}(?:@|\[@\]|\(@\)| ?\[at\] ?| ?\(at\) ?)"
        r"[^\W_][\w-]{0,62}(?:(?:\.|\[\.\]|\(\.\)| ?\[dot\] ?| ?\(dot\) ?)[\w-]{1,63}){1,10}(?![\w@-])",
        re.IGNORECASE,
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = refang(text)
        if named := _DISPLAY_NAME.fullmatch(address):
            address = named[1]
        if address[:7].lower() == "mailto:":
            address = address[7:].partition("?")[0]
        local, at, name = address.rpartition("@")
        if not at:
            raise InvalidValue(_("An e-mail address has an @"), rule="structure")
        if not local or not name:
            raise InvalidValue(_("Something is missing before or after the @"), rule="structure")
        if "@" in local:
            raise InvalidValue(
                _("Position %(position)s: there is more than one @"), rule="structure", position=len(local) + 1
            )
        if space := re.search(r"\s", address):
            raise InvalidValue(
                _("Position %(position)s: there is a space inside the address"),
                rule="alphabet",
                position=space.start() + 1,
            )
        if "." not in name:
            raise InvalidValue(_("The part after the @ has a dot and an ending, such as .com"), rule="structure")
        canonical_host = host(name).name
        if len(local) <= _LONGEST_LOCAL and _PLAIN_LOCAL.fullmatch(local):
            return f"{local.lower()}@{canonical_host}"
        try:
            checked = email_validator.validate_email(f"{local}@example.com", check_deliverability=False, strict=True)
        except email_validator.EmailNotValidError as error:
            raise InvalidValue(
                _("The part before the @ is too long, or has a character or two dots that mail does not allow there"),
                rule="alphabet",
            ) from error
        return f"{checked.local_part.lower()}@{canonical_host}"

    def looks_like(self, text: str) -> bool:
        address = refang(text)
        return "@" in address and "://" not in address and (" " not in address or address.endswith(">"))

    def display(self, canonical: str) -> str:
        local, _at, name = canonical.rpartition("@")
        return f"{local}@{defang(name)}"

    def masked(self, canonical: str) -> str:
        local, _at, name = canonical.rpartition("@")
        return f"{local[0]}…@{defang(name)}"

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        name = canonical.rpartition("@")[2]
        for above in (name, *parents(name)):
            yield "domain", above


DECLARATION = EmailAddress()
