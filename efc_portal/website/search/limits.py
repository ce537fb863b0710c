"""How often one address may search. Counted in the web server's memory: no cookie, no query, nothing kept."""

from __future__ import annotations

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

MINUTE = 60
HOME_NETWORK = 64  # bits of an IPv6 address that a household or office shares


def may_search(request: HttpRequest) -> bool:
    """Count a search; False when its address has had `SEARCHES_A_MINUTE` of them in this minute."""
    counts, key = caches["memory"], f"search:{int(time.time()) // MINUTE}:{_network(request)}"
    counts.add(key, 0, timeout=2 * MINUTE)
    try:
        return counts.incr(key) <= settings.SEARCHES_A_MINUTE
    except ValueError:  # the memory was full, and forgot it just now
        return True


def _network(request: HttpRequest) -> str:
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):  # a server in front that does not say
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, HOME_NETWORK), strict=False))
    return str(address)
