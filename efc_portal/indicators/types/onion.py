"""Onion services: sites that only the Tor network reaches. Names before the address itself are kept."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.hosts import host
from efc_portal.core.standards.onion import SUFFIX
from efc_portal.core.text import defang, refang
from efc_portal.indicators.declaration import IndicatorType, Shape, StixHint
from efc_portal.indicators.enums import Confidence


class OnionAddress(IndicatorType):
    code = "onion"
    label = _("Onion address")
    help = _("The address of a site on the Tor network: 56 characters and .onion.")
    example = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion"
    order = 55
    lifetime_days = 180
    stix = StixHint("domain-name", "value")
    found_as = Confidence.CERTAIN
    shapes = (Shape(marks=".[({"),)
    pattern = re.compile(
        r"(?<![\w@.\-/])(?:[a-z0-9-]{1,63}\.){0,3}[a-z2-7]{56}(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\))onion(?![\w@-])",
        re.IGNORECASE,
    )

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


DECLARATION = OnionAddress()
