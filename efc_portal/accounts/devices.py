"""Browsers a person has signed in with before.

After a sign-in the browser keeps a signed cookie. Failed sign-ins of a browser with such a cookie are counted for that
browser, all others together for the address. So a stranger who keeps failing for somebody's address slows down
strangers, and never the person on a machine of theirs (OWASP's *device cookies*).

The cookie is sent to the sign-in page alone and names nobody: it holds a random number and a keyed digest of the
address.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "efc_portal.accounts.devices"
AGE = timedelta(days=180)


def _digest(email: str) -> str:
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]


def known_device(request: HttpRequest, email: str) -> str | None:
    """The number of this browser when the person with this address has signed in with it before."""
    try:
        number, digest = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(number) if constant_time_compare(str(digest), _digest(email)) else None


def device_remember(request: HttpRequest, response: HttpResponse, *, email: str) -> None:
    """Let the browser show next time that this person has used it."""
    number = known_device(request, email) or secrets.token_hex(16)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([number, _digest(email)], salt=SALT),
        max_age=AGE,
        path=reverse("account_login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
