"""Which application a browser has opened by a link: a signed cookie for the pages of applicants alone.

It says no more than the application's id and when the link was used. It ends two hours after the last page, twelve
hours after the link.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from efc_portal.partners.models import Application

SALT = "efc.application.browser"
PATH = "/join/"
IDLE_SECONDS = 2 * 60 * 60
SECONDS_MOST = 12 * 60 * 60


@dataclass(frozen=True)
class Opened:
    """An application, and when the link to it was used (seconds since 1970)."""

    application: Application
    at: int


def opened(request: HttpRequest) -> Opened | None:
    """What this browser has opened; None when there is nothing, or it is over."""
    try:
        said = signing.loads(request.COOKIES.get(settings.APPLICATION_COOKIE_NAME, ""), salt=SALT, max_age=IDLE_SECONDS)
        pk, at = UUID(said["id"]), int(said["at"])
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None
    if at + SECONDS_MOST < time.time():
        return None
    found = Application.objects.filter(pk=pk, erased_at=None).select_related("data_key", "organisation").first()
    return Opened(found, at) if found else None


def remember(response: HttpResponseBase, application: Application, *, at: int | None = None) -> None:
    """Let this browser see the application for two hours more. `at=None`: the link was used just now."""
    said = {"id": str(application.pk), "at": at or int(time.time())}
    response.set_cookie(
        settings.APPLICATION_COOKIE_NAME,
        signing.dumps(said, salt=SALT),
        max_age=IDLE_SECONDS,
        path=PATH,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    response.delete_cookie(settings.APPLICATION_COOKIE_NAME, path=PATH, samesite="Lax")
