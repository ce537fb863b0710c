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
from efc_portal.core.standards.hosts import endings, host, parents
from efc_portal.core.text import defang, refang
from efc_portal.indicators.clues import at_signs
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, Span, StixHint
from efc_portal.indicators.plain import Plain

_DISPLAY_NAME = re.compile(r"[^<>]*<([^<>\s]+)>")
# What stands before the @ nearly always (RFC 5322 dot-atom, RFC 5321 4.5.3.1.1); anything else the library looks at.
_PLAIN_LOCAL = re.compile(r"[a-zA-Z0-9_!#$%&'*+/=?^`{|}~-]+(?:\.[a-zA-Z0-9_!#$%&'*+/=?^`{|}~-]+)*")
_LONGEST_LOCAL = 64
_LOCAL_BACKWARDS = re.compile(r"[\w.+%'-]*")
_HOST = re.compile(r"[^\W_][\w-]{0,62}(?:\.[^\W_][\w-]{0,62}){1,10}")
_GOES_ON = re.compile(r"[\w@-]|\.[^\WA-Z]|:[^\s\d]")  # not an address alone: a place on a server, a longer word
_LEADS_TO = frozenset(":/<")
_MESSAGE_NUMBER = re.compile(r"(?:message-id|in-reply-to|references):[^:]*<$", re.IGNORECASE)


class EmailAddress(IndicatorType):
    code = "email"
    label = _("E-mail address")
    help = _("An e-mail address. It is checked by its form alone; nothing is sent or looked up.")
    example = "name@example.com"
    accepts = (
        "Name (at) example [dot] com",
        "Somebody <name@example.com>",
        "mailto:name@example.com",
    )
    refuses = (
        "name.example.com",
        "name@@example.com",
        "name@example",
        "na me@example.com",
    )
    order = 40
    lifetime_days = 2 * 365
    stix = StixHint("email-addr", "value")
    misp = MispHint("", "email")
    goaml = "t_person/email"
    shapes = (Shape(marks="@[({"),)
    clues = (at_signs,)

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

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """What stands on both sides of an @, as far as mail allows it."""
        text = plain.text
        stop = _end_of_host(text, end)
        if stop is None or _GOES_ON.match(text, stop):
            return None
        before = text[max(start - _LONGEST_LOCAL - 2, 0) : start]
        local = before[len(before) - len(_LOCAL_BACKWARDS.match(before[::-1])[0]) :].lstrip(".'+-%")  # type: ignore[index]
        first = start - len(local)
        if not local or len(local) > _LONGEST_LOCAL or _is_no_address(text, first):
            return None
        return Span(first, stop, text[first:stop], self.found_as)


def _end_of_host(text: str, start: int) -> int | None:
    """Where a host ends, without a next sentence that follows its full stop without a space."""
    found = _HOST.match(text, start)
    if found is None:
        return None
    name, _dot, last = found[0].rpartition(".")
    if last.lower() in endings():
        return found.end()
    if last[0].isupper() and name.rpartition(".")[2] in endings() and "." in name:
        return start + len(name)
    return None


def _is_no_address(text: str, first: int) -> bool:
    """Whether a name and password before a host, or the number of a message, only look like an address."""
    last = text[first - 1 : first]
    if last not in _LEADS_TO:
        return False
    before = text[max(first - 200, 0) : first]
    return _MESSAGE_NUMBER.search(before) is not None if last == "<" else "://" in before.split()[-1]


DECLARATION = EmailAddress()
