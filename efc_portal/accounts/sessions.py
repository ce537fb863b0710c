"""What a session knows about itself: since when it runs, when it was last used, and that a second factor was shown."""

from __future__ import annotations

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

BEGAN, SEEN, SECOND_FACTOR = "began_at", "seen_at", "second_factor_of"
WRITE_EVERY = 60  # seconds: the last use of a session is written no more often


def session_overdue(session: SessionBase) -> str | None:
    """Which limit a signed-in session has passed: `absolute` (12 hours), `idle` (30 minutes), or none."""
    now = time.time()
    if now - session.get(BEGAN, now) >= settings.SESSION_COOKIE_AGE:
        return "absolute"
    if now - session.get(SEEN, now) >= settings.SESSION_IDLE_SECONDS:
        return "idle"
    return None


def session_touch(request: HttpRequest) -> None:
    """Note that the session was used, when and from where, at most once a minute."""
    now, session = time.time(), request.session
    if now - session.get(SEEN, 0) < WRITE_EVERY:
        return
    session[SEEN] = now
    session.setdefault(BEGAN, now)
    UserSession.objects.create_from_request(request)


def second_factor_mark(session: SessionBase) -> None:
    """Note that whoever uses the session has shown a second factor, or just set one up."""
    session[SECOND_FACTOR] = True


def second_factor_unmark(session: SessionBase) -> None:
    session.pop(SECOND_FACTOR, None)


def second_factor_shown(session: SessionBase) -> bool:
    return session.get(SECOND_FACTOR, False) is True
