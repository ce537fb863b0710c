"""What keeps machines from flooding the contact form: the guard of public forms, and a question about many links."""

from __future__ import annotations

import re

from efc_portal.core.form_guard import FormGuard

GUARD = FormGuard("contact", per_hour=5)
SALT = GUARD.salt
PER_HOUR = GUARD.per_hour
LINKS_ASKED = 3  # from this many on the sender is asked whether it is advertising
_LINK = re.compile(r"https?://|\bwww\.|<a\s|\[url", re.IGNORECASE)

token_make = GUARD.token_make
token_read = GUARD.token_read


def links_in(text: str) -> int:
    """How many links, or beginnings of links, stand in a text."""
    return len(_LINK.findall(text))
