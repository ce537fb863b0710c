"""Onion services: sites that only the Tor network reaches. Names before the address itself are kept."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.hosts import host
from efc_portal.core.standards.onion import SUFFIX
from efc_portal.core.text import defang, refang
from efc_portal.indicators.clues import runs
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, Span, StixHint
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.plain import Plain

_LENGTH = 56  # characters before the suffix
_NAMES = re.compile(r"(?<![\w@.\-/])(?:[a-z0-9-]{1,63}\.){1,3}$", re.IGNORECASE)


class OnionAddress(IndicatorType):
    code = "onion"
    label = _("Onion address")
    help = _("The address of a site on the Tor network: 56 characters and .onion.")
    example = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion"
    accepts = ("pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd[.]onion",)
    refuses = (
        "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscrye.onion",
        "shop.example.com",
    )
    order = 55
    lifetime_days = 180
    stix = StixHint("domain-name", "value")
    misp = MispHint("", "onion-address")
    goaml = "t_entity/url"
    found_as = Confidence.CERTAIN
    shapes = (Shape(marks=".[({"),)
    clues = (runs,)
    pattern = re.compile(r"(?<![\w@/])[a-z2-7]{56}\.onion(?![\w@-])", re.IGNORECASE)

    def canonicalise(self, text: str, region: str | None = None) -> str:
        name = refang(text).lower().removesuffix(".")
        if "/" in name:
            raise InvalidValue(
                _("This is the address of a page: give it as a URL, or leave the name alone"), rule="kind"
            )
        if not name.endswith(SUFFIX):
            raise InvalidValue(_("An onion address ends in .onion"), rule="structure")
        return host(name).name

    def looks_like(self, text: str) -> bool:
        name = refang(text).lower().removesuffix(".")
        return name.endswith(SUFFIX) and "/" not in name and "@" not in name

    def display(self, canonical: str) -> str:
        return defang(canonical)

    def masked(self, canonical: str) -> str:
        return f"{canonical[:4]}…{defang(SUFFIX)}"

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """With the names before it, if there are any."""
        if end - start != _LENGTH:
            return None
        span = super().at(plain, start, end, region)
        if span and plain.code[start - 1 : start] == ".":
            names = _NAMES.search(plain.code, max(start - 200, 0), start)
            return span._replace(start=names.start(), text=f"{names[0]}{span.text}") if names else None
        return span


DECLARATION = OnionAddress()
