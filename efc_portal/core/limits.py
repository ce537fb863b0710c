"""How often a network may do something: what is counted, and for whom."""

from __future__ import annotations

import ipaddress

from django.core.cache import caches

HOME_NETWORK = 64  # bits of an IPv6 address that a household or office shares


def network_of(address: str) -> str:
    """The network that an address speaks for: itself, or the /64 of an IPv6 address; empty when it is none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, HOME_NETWORK), strict=False))
    return str(parsed)


def count_up(cache: str, key: str, *, seconds: int) -> int:
    """One more, in one step, in a cache that can do that; the count with it. 1 when the cache forgot it just now."""
    counts = caches[cache]
    counts.add(key, 0, timeout=seconds)
    try:
        return int(counts.incr(key))
    except ValueError:
        return 1
