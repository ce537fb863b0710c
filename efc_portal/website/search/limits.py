"""How often one network may search. Counted in the web server's memory: no cookie, no query, nothing kept."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from efc_portal.core.limits import count_up, network_of

MINUTE = 60


def may_search(request: HttpRequest) -> bool:
    """Count a search; False when its network has had `SEARCHES_A_MINUTE` of them in this minute."""
    key = f"search:{int(time.time()) // MINUTE}:{_network(request)}"
    return count_up("memory", key, seconds=2 * MINUTE) <= settings.SEARCHES_A_MINUTE


def _network(request: HttpRequest) -> str:
    try:
        return network_of(get_adapter().get_client_ip(request))
    except PermissionDenied:  # a server in front that does not say
        return ""
