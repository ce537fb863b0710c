"""The sender on a letter's envelope, by which the portal knows which letter came back (VERP).

`bounces@efc.example` becomes `bounces+<letter>-<signature>@efc.example`. The signature keeps strangers from reporting
letters as undeliverable. It has 80 bits, in letters whose case does not matter: some servers lower it.
"""

from __future__ import annotations

import base64
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "efc_portal.partners.mailings.tokens"
_FORM = re.compile(r"([1-9][0-9]{0,17})-([a-z2-7]{16})")


def envelope_sender(recipient_id: int) -> str:
    """Of one letter; the portal's ordinary sender where no address for what comes back is set."""
    if not settings.MAILING_BOUNCE_ADDRESS:
        return str(settings.DEFAULT_FROM_EMAIL)
    local, _at, domain = settings.MAILING_BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{token_of(recipient_id)}@{domain}"


def token_of(recipient_id: int) -> str:
    return f"{recipient_id}-{_signature(recipient_id)}"


def recipient_of(address: str) -> int | None:
    """The letter that an address was made for; None for any other address, forged ones among them."""
    local, _at, _domain = address.strip().lower().rpartition("@")
    found = _FORM.fullmatch(local.rpartition("+")[2])
    if found is None or not constant_time_compare(found[2], _signature(int(found[1]))):
        return None
    return int(found[1])


def _signature(recipient_id: int) -> str:
    digest = salted_hmac(_SALT, str(recipient_id), algorithm="sha256").digest()[:10]
    return base64.b32encode(digest).decode().lower()
