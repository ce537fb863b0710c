"""What keeps machines from flooding the contact form: no third party, no cookie, no script, nothing stored but a count.

- A form carries a **token**: language and time, signed. It must be some seconds old, as a person needs to write, and
  at most some hours. It also stands in for Django's token against forged requests, which would need a cookie: see
  `docs/decisions/0019-contact-without-cookies.md`.
- A field that people do not see must stay **empty**.
- Each **network** (an IPv4 address, the /64 of an IPv6 one) may send a few messages an hour. Only a keyed hash of it
  is remembered, in the memory of each web process.
- Many **links**: the sender is asked whether it is advertising.

Nothing is ever dropped in silence: who is stopped reads why, keeps what was typed, and can send again.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from efc_portal.core.limits import count_up, network_of

SALT = "efc.contact.form"
SECONDS_LEAST = 3
SECONDS_MOST = 12 * 60 * 60
LINKS_ASKED = 3  # from this many on
PER_HOUR = 5
HOUR = 60 * 60
_LINK = re.compile(r"https?://|\bwww\.|<a\s|\[url", re.IGNORECASE)


@dataclass(frozen=True)
class Token:
    """What a form's token says: how old it is, `problem` why it is not taken, and the language of its page."""

    language: str
    problem: str = ""  # forged, early, late


def token_make(language: str) -> str:
    return signing.dumps({"language": language}, salt=SALT)


def token_read(text: str) -> Token:
    """What became of a token that came back with a form."""
    try:
        language = _known(signing.loads(text, salt=SALT).get("language"))
    except (signing.BadSignature, AttributeError):
        return Token(settings.LANGUAGE_CODE, "forged")
    if _is_younger(text, SECONDS_LEAST):
        return Token(language, "early")
    return Token(language, "" if _is_younger(text, SECONDS_MOST) else "late")


def _is_younger(text: str, seconds: int) -> bool:
    try:
        signing.loads(text, salt=SALT, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True


def _known(language: object) -> str:
    return str(language) if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def links_in(text: str) -> int:
    """How many links, or beginnings of links, stand in a text."""
    return len(_LINK.findall(text))


def may_send(address: str) -> bool:
    """Count a message from a network address; False when it has sent `PER_HOUR` in this hour.

    Counted before anything is kept, in one step: many at once are no way round it.
    """
    counter = _counter(network_of(address))
    return count_up("memory", counter, seconds=HOUR) <= PER_HOUR


def _counter(network: str) -> str:
    hour = int(time.time() // HOUR)
    mac = hmac.new(settings.SECRET_KEY.encode(), f"contact:{hour}:{network}".encode(), hashlib.sha256)
    return f"contact:{mac.hexdigest()[:32]}"
