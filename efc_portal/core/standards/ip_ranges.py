"""What an IP address is for: the special-purpose ranges of IANA (RFC 6890), and networks in CIDR notation (RFC 4632).

No address of these ranges belongs to one subscriber of the internet, so that none says who somebody is.
"""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Special(NamedTuple):
    """A range of addresses with a purpose of its own, and what that means, in words."""

    network: Network
    words: str | Promise


_PRIVATE = _("Private: used inside one network, and by very many of them at once")
_DOCUMENTATION = _("Documentation: made for examples, nobody has it")
_LOOPBACK = _("Loopback: the computer itself")
_LINK_LOCAL = _("Link-local: valid on one cable or radio network alone")
_MULTICAST = _("Multicast: a group of receivers, not one computer")
_RELAYED = _("6to4: IPv6 through an IPv4 address")

# The narrower range of two stands first.
SPECIAL: tuple[Special, ...] = tuple(
    Special(ipaddress.ip_network(network), words)
    for network, words in (
        ("0.0.0.0/8", _("Means “this network”: no computer on the internet has it")),
        ("10.0.0.0/8", _PRIVATE),
        ("100.64.0.0/10", _("Shared: between a provider and its customers, many of whom have it at once (CGNAT)")),
        ("127.0.0.0/8", _LOOPBACK),
        ("169.254.0.0/16", _LINK_LOCAL),
        ("172.16.0.0/12", _PRIVATE),
        ("192.0.2.0/24", _DOCUMENTATION),
        ("192.0.0.0/24", _("Reserved for protocols of the internet itself")),
        ("192.88.99.0/24", _("Relays of 6to4, no longer in use")),
        ("192.168.0.0/16", _PRIVATE),
        ("198.18.0.0/15", _("Benchmarking: for measuring equipment in a laboratory")),
        ("198.51.100.0/24", _DOCUMENTATION),
        ("203.0.113.0/24", _DOCUMENTATION),
        ("224.0.0.0/4", _MULTICAST),
        ("255.255.255.255/32", _("Broadcast: everybody on one network")),
        ("240.0.0.0/4", _("Reserved: given out to nobody")),
        ("::1/128", _LOOPBACK),
        ("64:ff9b::/96", _("NAT64: stands for an IPv4 address")),
        ("64:ff9b:1::/48", _("NAT64: stands for an IPv4 address")),
        ("100::/64", _("Discarded: nothing sent there arrives")),
        ("2001::/32", _("Teredo: IPv6 through an IPv4 address")),
        ("2001:db8::/32", _DOCUMENTATION),
        ("2002::/16", _RELAYED),
        ("3fff::/20", _DOCUMENTATION),  # RFC 9637
        ("fc00::/7", _PRIVATE),
        ("fe80::/10", _LINK_LOCAL),
        ("ff00::/8", _MULTICAST),
    )
)
# The sizes of networks that can be looked up; together with the special ranges, all that a list can hold.
LENGTHS = {4: (28, 24, 22, 20, 16, 12, 8), 6: (64, 56, 48, 40, 32)}


def special(one: Address | Network) -> Special | None:
    """The special range that an address, or the whole of a network, lies in."""
    network = one if isinstance(one, Network) else ipaddress.ip_network(one)
    return next(
        (
            found
            for found in SPECIAL
            if found.network.version == network.version and network.subnet_of(found.network)  # type: ignore[arg-type]
        ),
        None,
    )


def networks_above(one: Address | Network) -> list[Network]:
    """The networks that can be listed and in which an address or network lies, the narrowest first."""
    network = one if isinstance(one, Network) else ipaddress.ip_network(one)
    found: set[Network] = {
        network.supernet(new_prefix=length) for length in LENGTHS[network.version] if length < network.prefixlen
    }
    if (range_ := special(one)) and range_.network != network:
        found.add(range_.network)
    return sorted(found, key=lambda above: -above.prefixlen)


def is_listable(network: Network) -> bool:
    return network.prefixlen in LENGTHS[network.version] or any(network == found.network for found in SPECIAL)
