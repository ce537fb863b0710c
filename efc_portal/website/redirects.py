"""Redirects of editors stay on this site: one person alone makes one, and nobody looks at it before readers do."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings

_ODD = re.compile(r"[\x00-\x1f\x7f\\]")  # browsers drop or turn these, and an address becomes another one


def leads_here(address: str) -> bool:
    """Whether an address is a path of this site, or a whole address with the portal's own host."""
    if _ODD.search(address):
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    try:
        there, here = urlsplit(address), urlsplit(settings.PORTAL_URL)
    except ValueError:  # brackets that do not close
        return False
    return (there.scheme, there.netloc.lower()) == (here.scheme, here.netloc.lower())
