"""Browsers a person has signed in with before.

After a sign-in the browser keeps a signed cookie. Failed sign-ins of a browser with such a cookie are counted for that
browser, all others together for the address. So a stranger who keeps failing for somebody's address slows down
strangers, and never the person on a machine of theirs (OWASP's *device cookies*).

The cookie is sent to the pages of accounts alone and names nobody: for each of the last people who used the browser it
holds a random number and a keyed digest of their address. A sign-in from a browser without one is told to the person
by mail.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "efc_portal.accounts.devices"
AGE = timedelta(days=180)
PATH = "/accounts/"  # where passwords and second factors are asked for
PEOPLE = 5  # who share a browser; the one who was not here for longest is forgotten first


def _digest(email: str) -> str:
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]


def _known(request: HttpRequest) -> dict[str, str]:
    """The numbers of this browser by the digests of its people, the latest first; nothing for a cookie of old form."""
    try:
        found = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=AGE)
        return {str(digest): str(number) for number, digest in found}
    except (signing.BadSignature, ValueError, TypeError):
        return {}


def known_device(request: HttpRequest, email: str) -> str | None:
    """The number of this browser when the person with this address has signed in with it before."""
    wanted = _digest(email)
    return next((number for digest, number in _known(request).items() if constant_time_compare(digest, wanted)), None)


def device_remember(request: HttpRequest, response: HttpResponse, *, email: str) -> None:
    """Let the browser show next time that this person has used it."""
    known, digest = _known(request), _digest(email)
    number = known.pop(digest, None) or secrets.token_hex(16)
    people = [(number, digest), *((number, digest) for digest, number in known.items())][:PEOPLE]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(people, salt=SALT),
        max_age=AGE,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
