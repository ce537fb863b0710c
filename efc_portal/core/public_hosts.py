"""Which hosts the portal may speak to of its own accord: public ones, never a machine of the house or its provider."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
# What Python takes for public, or only from a later version on, and is not
_NOT_PUBLIC = [
    ipaddress.ip_network(one)
    for one in (
        "168.63.129.16/32",  # the services of Azure to its own machines
        "192.88.99.0/24",  # relays of 6to4, given up by RFC 7526
        "64:ff9b:1::/48",  # NAT64 within a network
        "3fff::/20",  # examples in documents
        "5f00::/16",  # segment routing within a network
    )
]


class NotPublic(Exception):
    """A host that is not, or not only, on the public internet."""


def resolve(host: str) -> list[str]:
    """Every address of a host. Raises `OSError` when it has none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)]


def is_public(address: Address) -> bool:
    """Whether an address is of the public internet, looking into those that carry another one inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if inside is None and (address in _NAT64 or address in _COMPATIBLE):
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(inside)
        if address.teredo or address.is_site_local:
            return False
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    )


@dataclass(frozen=True)
class Guard:
    """What is asked before a connection is made. Tests give one that knows their own server."""

    resolve: Callable[[str], list[str]] = resolve
    allows: Callable[[Address], bool] = is_public
    ports: frozenset[int] = frozenset({80, 443})

    def address_of(self, host: str, port: int) -> str:
        """The one address to connect to. All of a host's must be public: which one answers is not the host's to
        choose. Raises `NotPublic`, and `OSError` when the name is unknown."""
        if port not in self.ports:
            raise NotPublic
        found = self.resolve(host)
        if not found or not all(self.allows(ipaddress.ip_address(one.partition("%")[0])) for one in found):
            raise NotPublic
        return found[0]
