"""Values that mean something within one service alone: a name at a payment service, a code of a brand's gift card.

They are written `service: value`, and their canonical form is the service's one spelling, a colon, and the value as
that service's rule settles it. Services that no table names are taken as they are, by a plain rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.cards import refuse_card_number
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.declaration import IndicatorType, Words

_LONGEST_SERVICE = 30
_MARKS = frozenset({"tlp", "pap"})  # with a colon behind it, a handling mark
_BEHIND = re.compile(r"(.+?) ?\(([^()]+)\)")
_SPACES = re.compile(r"[ .:-]+")


@dataclass(frozen=True, slots=True)
class Service:
    """A service: the code it has in canonical forms, its name, how else people write it, and its rule for values.

    The rule gives back the one spelling of a value or raises `InvalidValue`; it is told the reporter's country.
    """

    code: str
    name: str
    rule: Callable[[str, str | None], str]
    spellings: tuple[str, ...] = ()
    country: str = ""  # where it is offered, if in one country only
    sign: str = ""  # shown before a name


@dataclass(frozen=True, slots=True)
class Form:
    """A rule that is a pattern: what a value looks like without its separators, and how that is said."""

    pattern: re.Pattern[str]
    words: Words  # “16 characters, the first an X”

    def __call__(self, value: str, region: str | None) -> str:
        compact = _SPACES.sub("", value).upper()
        if not self.pattern.fullmatch(compact):
            raise InvalidValue(
                _("it has %(form)s; this one has %(length)s"),
                rule="structure",
                form=self.words,
                length=len(compact),
            )
        return compact


class Named(IndicatorType):
    """A type whose values belong to a service. Subclasses hold the table and the plain rule."""

    services: ClassVar[dict[str, Service]]
    by_spelling: ClassVar[dict[str, Service]]
    form: ClassVar[Words]  # how to write a value, for the one who left the service out

    def plain(self, value: str) -> str:
        """The one spelling of a value of a service that the table does not name."""
        raise NotImplementedError

    def canonicalise(self, text: str, region: str | None = None) -> str:
        folded = fold(text)
        service, code, value = self.parted(folded)
        if not value:
            raise InvalidValue(
                _("Something is missing after the service. Write it as %(form)s"), rule="structure", form=self.form
            )
        refuse_card_number(re.sub("[ -]", "", value))
        if service is None:
            return f"{code}:{self.plain(value)}"
        try:
            return f"{service.code}:{service.rule(value, service.country or region)}"
        except InvalidValue as error:
            raise InvalidValue(
                _("%(service)s: %(reason)s"),
                rule=error.rule,
                position=error.position,
                service=service.name,
                reason=error.message,
            ) from error

    def looks_like(self, text: str) -> bool:
        """Only where a service that the table names stands before a colon."""
        head, colon, value = fold(text).partition(":")
        return bool(colon and value.strip()) and not value.startswith("//") and _key(head) in self.by_spelling

    def parted(self, text: str) -> tuple[Service | None, str, str]:
        """The service, if the table names it, its code, and the value: of `service: value` or `value (service)`."""
        head, colon, value = text.partition(":")
        if not colon and (behind := _BEHIND.fullmatch(text)):
            value, head, colon = behind[1], behind[2], ":"
        if not colon:
            return self._without_colon(text)
        key = _key(head)
        service = self.by_spelling.get(key)
        if service is None and (not 2 <= len(key) <= _LONGEST_SERVICE or key.isdigit() or key in _MARKS):
            raise self._no_service()
        return service, key, value.strip()

    def _without_colon(self, text: str) -> tuple[Service | None, str, str]:
        """A service that the table names, with a space or a sign of money after it."""
        words = re.sub(r"(?<=\w)(?=[$£])", " ", text).split(" ")
        for count in range(min(4, len(words) - 1), 0, -1):
            if service := self.by_spelling.get(_key("".join(words[:count]))):
                return service, service.code, " ".join(words[count:])
        raise self._no_service()

    def _no_service(self) -> InvalidValue:
        return InvalidValue(_("Say of which service it is. Write it as %(form)s"), rule="structure", form=self.form)

    def service_of(self, canonical: str) -> tuple[Service | None, str, str]:
        code, _colon, value = canonical.partition(":")
        return self.services.get(code), code, value

    def display(self, canonical: str) -> str:
        service, code, value = self.service_of(canonical)
        return f"{service.name}: {service.sign}{value}" if service else f"{code}: {value}"

    def masked(self, canonical: str) -> str:
        service, code, value = self.service_of(canonical)
        return f"{service.name if service else code}: {value[:1]}…"

    def detail(self, canonical: str) -> Words:
        service, code, _value = self.service_of(canonical)
        return service.name if service else code

    def country(self, canonical: str) -> str:
        service, _code, _value = self.service_of(canonical)
        return service.country if service else ""


def tables(services: Iterable[Service]) -> tuple[dict[str, Service], dict[str, Service]]:
    """Services by code, and by every spelling of theirs."""
    listed = list(services)
    spelt = {_key(spelling): one for one in listed for spelling in (one.code, one.name, *one.spellings)}
    return {one.code: one for one in listed}, spelt


def _key(service: str) -> str:
    """A service's name without what spellings differ in: case, spaces, dashes, dots."""
    return "".join(char for char in service.casefold() if char.isalnum())
