"""IP addresses, version 4 and 6, in the one form `ipaddress` and RFC 5952 write; and networks, as 192.0.2.0/24.

An IPv4-mapped IPv6 address is its IPv4 address. A port is understood, named and not kept: the address is what matches.
Networks are for lists of what is known, and for reports that name one; only those of some sizes can be looked up.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.ip_ranges import LENGTHS, Address, Network, is_listable, networks_above, special
from efc_portal.core.text import fold, refang
from efc_portal.indicators.clues import colons, quads
from efc_portal.indicators.declaration import IndicatorType, MispHint, Said, Shape, Span, StixHint, Words
from efc_portal.indicators.plain import Plain

_QUAD = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,5}){3}")
_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_CANONICAL = re.compile(rf"(?!0\.0\.0\.0){_BYTE}(?:\.{_BYTE}){{3}}")
_SIX = re.compile(r"(?=[^.]*::|(?:[^:]*:){7})[0-9a-fA-F:]{2,45}(?:\.[0-9]{1,3}){0,3}")
_LEAD = re.compile(r"^IP(?:v[46])?(?: ?(?:address|addr))?\.? ?: ?|^IP(?:v[46])? (?=[0-9\[])", re.IGNORECASE)
_PORT = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<four>[0-9]+(?:\.[0-9]+){3})):(?P<port>[0-9]{1,5})")
_LAST_PORT = 65535
_SHORTEST = 7  # characters: four numbers of one digit
# Words before the number of a version or of a section, and before what is an address though it looks like one.
_NO_ADDRESS = frozenset(
    """v vers version versions release releases build firmware section sections chapter chapters clause clauses kap
    kapitel abs abschnitt ziff ziffer nr art chap chapitre oid §""".split()
)
_ADDRESS = frozenset("ip ipv4 adresse address host server from von de src dst client".split())
_LOOK_BACK = 16
_NOBODYS = ("0.", "127.", "255.")  # the machine itself, and masks of networks: no one’s address


class IpAddress(IndicatorType):
    code = "ip"
    label = _("IP address")
    help = _(
        "An IPv4 or IPv6 address, such as 192.0.2.7 or 2001:db8::7. Say in your account when it was seen, with the "
        "time zone: addresses change hands."
    )
    example = "192.0.2.7"
    accepts = (
        "192[.]0[.]2[.]7",
        "192.0.2.7:8443",
        "[2001:db8::7]:443",
        "2001:0DB8:0000:0000:0000:0000:0000:0007",
        "::ffff:192.0.2.7",
        "192.0.2.0/24",
    )
    refuses = ("192.0.2.256", "192.0.2", "192.000.002.007", "192.0.2.7/24", "fe80::1%eth0", "::", "2001:db8::7::1")
    order = 58
    lifetime_days = 30
    stix = StixHint("ipv4-addr", "value")
    misp = MispHint("", "ip-dst")
    goaml = "t_network_device/ipv4"
    shapes = (Shape(marks=".:[({"),)
    clues = (quads, colons)
    # IPv4, no part of a longer number; IPv6 of the internet, 2000::/3.
    pattern = re.compile(
        r"(?<![\w.:])(?:"
        r"(?<![/\-])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w\-]|\.[0-9]|/[0-9])"
        r"|[23][0-9a-fA-F]{3}:(?:[0-9a-fA-F]{0,4}:){1,6}[0-9a-fA-F]{0,4}(?![\w:/]))"
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        if _CANONICAL.fullmatch(text):
            return text
        address, port = _parted(text)
        if port is not None and not 0 < port <= _LAST_PORT:
            raise InvalidValue(_("A port is a number from 1 to %(most)s"), rule="range", most=_LAST_PORT)
        if "/" in address:
            return _network(address)
        found = _address(address)
        if found.is_unspecified:
            raise InvalidValue(_("This address means “none”. Leave the field empty instead"), rule="dummy")
        return str(found)

    def looks_like(self, text: str) -> bool:
        if "::" not in text and not (any(map(text.__contains__, ".:([{")) and any(map(str.isdigit, text))):
            return False
        address, _port = _parted(text)
        bare = address.partition("/")[0].partition("%")[0]
        return _QUAD.fullmatch(bare) is not None or _SIX.fullmatch(bare) is not None

    def said(self, text: str) -> Said | None:
        _address, port = _parted(text)
        if port is None:
            return None
        words = gettext("Port %(port)s is not kept. Write it and the time into your text") % {"port": port}
        return Said(words)

    def display(self, canonical: str) -> str:
        if ":" in canonical:
            return canonical.replace(":", "[:]", 1)
        return canonical.replace(".", "[.]")

    def masked(self, canonical: str) -> str:
        parts = canonical.partition("/")[0].split(":" if ":" in canonical else ".")
        return f"{parts[0]}…{parts[-1]}"

    def detail(self, canonical: str) -> Words:
        one = ipaddress.ip_network(canonical)
        if range_ := special(one):
            return range_.words
        if "/" in canonical and one.version == 4:
            return gettext("A network of %(number)s addresses") % {"number": one.num_addresses}
        return _("A network") if "/" in canonical else gettext("IP version %(version)s") % {"version": one.version}

    def observable(self, canonical: str) -> tuple[StixHint, dict[str, str]]:
        return StixHint("ipv6-addr" if ":" in canonical else "ipv4-addr", "value"), {"value": canonical}

    def has_below(self, canonical: str) -> bool:
        return "/" in canonical

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        for network in networks_above(ipaddress.ip_network(canonical)):
            yield self.code, str(network)

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """Without masks, and without the numbers of versions and sections, which look the same."""
        span = super().at(plain, start, end, region)
        if span is None:
            return None
        if ":" in span.text:
            if ":" not in span.text.strip(":"):
                return None
            ends_sentence = span.text.endswith(":") and not span.text.endswith("::")
            return span._replace(end=span.end - 1, text=span.text[:-1]) if ends_sentence else span
        if plain.is_defanged(span.start, span.end):
            return span
        if span.text.startswith(_NOBODYS):
            return None
        word = _word_before(plain.text, start)
        is_section = len(span.text) == _SHORTEST  # 3.5.1.2
        return None if word in _NO_ADDRESS or (is_section and word not in _ADDRESS) else span


def _word_before(text: str, start: int) -> str:
    words = text[max(start - _LOOK_BACK, 0) : start].replace("-", " ").rsplit(None, 1)
    return words[-1].strip(".:=,;([\"'").lower() if words else ""


def _parted(text: str) -> tuple[str, int | None]:
    """The address without what stands before it, and the port behind it."""
    address = _LEAD.sub("", refang(fold(text))).strip()
    if found := _PORT.fullmatch(address):
        return found["six"] or found["four"], int(found["port"])
    return address.removeprefix("[").removesuffix("]"), None


def _address(text: str) -> Address:
    if "%" in text:
        raise InvalidValue(_("What follows % names a network card of one computer. Leave it out"), rule="structure")
    if "." in text and ":" not in text:
        _check_quad(text)
    try:
        found = ipaddress.ip_address(text)
    except ValueError as error:
        raise InvalidValue(
            _(
                "This is no IP address: version 4 has four numbers with dots, version 6 up to eight groups of "
                "hexadecimal digits with colons, and :: at most once"
            ),
            rule="structure",
        ) from error
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def _check_quad(text: str) -> None:
    parts = text.split(".")
    if len(parts) != 4:
        raise InvalidValue(
            _("An IPv4 address has four numbers with dots between them; this one has %(count)s"),
            rule="structure",
            count=len(parts),
        )
    position = 1
    for part in parts:
        if not (part.isascii() and part.isdigit()):
            raise InvalidValue(
                _("Position %(position)s: an IPv4 address has digits and dots alone"),
                rule="alphabet",
                position=position,
            )
        if len(part) > 1 and part[0] == "0":
            raise InvalidValue(
                _(
                    "Position %(position)s: a number begins with 0, which some programs read as octal. Write it "
                    "without, once you know which is meant"
                ),
                rule="structure",
                position=position,
            )
        if len(part) > 3 or int(part) > 255:
            raise InvalidValue(
                _("Position %(position)s: no number of an IPv4 address is above 255"), rule="range", position=position
            )
        position += len(part) + 1


def _network(text: str) -> str:
    address, _slash, length = text.partition("/")
    found = _address(address)
    if not (length.isascii() and length.isdigit() and len(length) <= 3 and int(length) <= found.max_prefixlen):
        raise InvalidValue(
            _("What follows / is the length of a network: a number up to %(most)s"),
            rule="structure",
            most=found.max_prefixlen,
        )
    if int(length) == found.max_prefixlen:
        return str(found)
    network: Network = ipaddress.ip_network((found, int(length)), strict=False)
    if network.network_address != found:
        raise InvalidValue(
            _("This is one address of a network. Give it without /%(length)s, or give the network’s first address"),
            rule="structure",
            length=length,
        )
    if not is_listable(network):
        lengths = ", ".join(f"/{one}" for one in reversed(LENGTHS[network.version]))
        raise InvalidValue(
            _("Networks are compared by these sizes: %(lengths)s. Give one of them, or the addresses themselves"),
            rule="length",
            lengths=lengths,
        )
    return str(network)


DECLARATION = IpAddress()
