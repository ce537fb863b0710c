"""Host names: IDNA, the limits of the DNS (RFC 1035, RFC 5891), and the public suffix list, bundled, never fetched."""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from typing import NamedTuple

import idna
import tldextract
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import onion
from efc_portal.core.standards.errors import InvalidValue

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
# RFC 2606 and RFC 6762: names that never stand for anything on the internet. `example` is let through, and known.
_NEVER = {"test", "invalid", "localhost", "local", "internal", "lan", "home", "corp"}
_LONGEST = 253


class Host(NamedTuple):
    """A host name in its ASCII form, and the name that was registered: `shop.example.co.uk`, `example.co.uk`."""

    name: str
    registered: str


@cache
def _suffixes() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@cache
def endings() -> frozenset[str]:
    """Every top-level domain there is, in ASCII and as it reads, and `example`."""
    return frozenset({"example", *(suffix.rpartition(".")[2] for suffix in _suffixes().tlds)})


def registered_name(name: str) -> str:
    """The name under its public suffix, or "" where there is none."""
    if "." not in name:
        return ""
    if name.endswith((".example", onion.SUFFIX)):
        return ".".join(name.split(".")[-2:])
    return _suffixes().extract_str(name).top_domain_under_public_suffix


def ip_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that a text is, if it is one."""
    if ":" not in text and not text[-1:].isdigit():
        return None  # a name, as most are: it need not be tried
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def is_address(text: str) -> bool:
    return ip_address(text.strip("[]")) is not None


@lru_cache(1024)
def host(text: str) -> Host:
    """The canonical form of a refanged host name; raises `InvalidValue`."""
    name = text.lower().removesuffix(".")
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode()
        except idna.IDNAError as error:
            raise InvalidValue(
                _("The name has characters that no registry accepts in an internationalised name"), rule="alphabet"
            ) from error
    if len(name) > _LONGEST:
        raise InvalidValue(_("Too long: a host name has at most 253 characters"), rule="length")
    place = 1
    for label in name.split("."):
        if not _LABEL.fullmatch(label):
            _raise_bad_label(label, place)
        if label.startswith("xn--"):
            _check_punycode(label, place)
        place += len(label) + 1
    last = name.rpartition(".")[2]
    if last in _NEVER:
        raise InvalidValue(
            _("Names ending in .%(last)s exist only inside one network or for tests, never on the internet"),
            rule="suffix",
            last=last,
        )
    registered = registered_name(name)
    if not registered:
        if _suffixes().extract_str(name).suffix == name:
            raise InvalidValue(
                _("%(name)s is a suffix under which names are registered, not a name itself"), rule="suffix", name=name
            )
        raise InvalidValue(
            _("No top-level domain is called .%(last)s; the ending was probably mistyped"), rule="suffix", last=last
        )
    if last == "onion":
        onion.check(registered.partition(".")[0])
    return Host(name, registered)


def parents(name: str) -> list[str]:
    """The names above a host name, nearest first, down to its last label: `a.b.com` gives `b.com` and `com`."""
    labels = name.split(".")
    return [".".join(labels[place:]) for place in range(1, len(labels))]


def unicode_name(name: str) -> str:
    """How an internationalised name reads, or the name itself."""
    try:
        return idna.decode(name) if "xn--" in name else name
    except idna.IDNAError:
        return name


def _raise_bad_label(label: str, place: int) -> None:
    if not label:
        raise InvalidValue(
            _("Position %(position)s: two dots follow each other, or the name begins with one"),
            rule="structure",
            position=place,
        )
    if len(label) > 63:
        raise InvalidValue(
            _("Position %(position)s: this part of the name is longer than the 63 characters that are possible"),
            rule="length",
            position=place,
        )
    for position, char in enumerate(label, place):
        if not re.match("[a-z0-9_-]", char):
            raise InvalidValue(
                _("Position %(position)s: “%(character)s” cannot stand in a host name"),
                rule="alphabet",
                position=position,
                character=char,
            )
    raise InvalidValue(
        _("Position %(position)s: this part of the name begins or ends with a dash"), rule="structure", position=place
    )


def _check_punycode(label: str, place: int) -> None:
    try:
        idna.decode(label)
    except idna.IDNAError as error:
        raise InvalidValue(
            _("Position %(position)s: this part begins with xn-- but spells no internationalised name"),
            rule="structure",
            position=place,
        ) from error
