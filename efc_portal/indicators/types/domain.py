"""Domains and host names on the internet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.hosts import host, is_address, parents, registered_name, unicode_name
from efc_portal.core.standards.onion import SUFFIX
from efc_portal.core.text import defang, refang
from efc_portal.indicators.clues import names
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, Span, StixHint, Words
from efc_portal.indicators.plain import Plain

_SHAPE = re.compile(r"[^\s.@:/?#\[\](){}<>,;]+(?:\.[^\s.@:/?#\[\](){}<>,;]+)+\.?")
_LAST = re.compile(r"\.(?:xn--[a-z0-9-]+|[^\W\d_]{2,})\.?$", re.IGNORECASE)


class Domain(IndicatorType):
    code = "domain"
    label = _("Domain")
    help = _("A domain or host name, such as shop.example.com. Write it as you have it; it is never shown as a link.")
    example = "shop.example.com"
    accepts = (
        "shop[.]example[.]com",
        "SHOP.EXAMPLE.COM.",
        "bücher.example",
    )
    refuses = (
        "shop.example.com/page",
        "name@example.com",
        "192.0.2.7",
        "shop.local",
        "shop",
    )
    order = 60
    lifetime_days = 365
    stix = StixHint("domain-name", "value")
    misp = MispHint("", "domain")
    goaml = "t_entity/url"
    shapes = (Shape(marks=".[({"),)
    clues = (names,)

    def canonicalise(self, text: str, region: str | None = None) -> str:
        name = refang(text)
        if "://" in name or "/" in name:
            raise InvalidValue(
                _("This is the address of a page: give it as a URL, or leave the name alone"), rule="kind"
            )
        if "@" in name:
            raise InvalidValue(_("This has an @: give it as an e-mail address"), rule="kind")
        if is_address(name):
            raise InvalidValue(_("This is an IP address, not a name"), rule="kind")
        if name.lower().rstrip(".").endswith(SUFFIX):
            raise InvalidValue(_("This is an address on the Tor network: give it as an onion address"), rule="kind")
        if "." not in name:
            raise InvalidValue(_("A domain has a dot and an ending, such as .com"), rule="structure")
        return host(name).name

    def looks_like(self, text: str) -> bool:
        name = refang(text)
        return _SHAPE.fullmatch(name) is not None and _LAST.search(name) is not None and not name.endswith(SUFFIX)

    def display(self, canonical: str) -> str:
        return defang(canonical)

    def masked(self, canonical: str) -> str:
        return defang(f"{canonical[0]}…{canonical[canonical.rindex('.') :]}")

    def detail(self, canonical: str) -> Words:
        if "xn--" in canonical:
            return gettext("Reads %(name)s") % {"name": defang(unicode_name(canonical))}
        registered = registered_name(canonical)
        return gettext("Under %(name)s") % {"name": defang(registered)} if registered != canonical else ""

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        for name in parents(canonical):
            yield self.code, name

    def has_below(self, canonical: str) -> bool:
        return True

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        return Span(start, end, plain.text[start:end], self.found_as)


DECLARATION = Domain()
