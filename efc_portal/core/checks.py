"""System checks that stop an insecure start. Each has an id of its own and says what to change.

`manage.py check --deploy` lists them. The web server and the Celery processes run them when they start with the
settings of production (`refuse_insecure_start`) and end with the sentences when one fails.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Advice
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from efc_portal.core.errors import ApplicationError
from efc_portal.core.keys import SECRET_NAMES, FileKeyProvider, key_provider

SECRET_KEY_LENGTH = 50
SECRET_KEY_VARIETY = 16  # different characters
SECRET_KEY_GIVEAWAYS = ("production-refuses", "insecure", "change-me", "changeme", "secret-key", "password")
TEST_MAIL = ("console", "filebased", "locmem", "dummy")
TEST_BROKERS = ("filesystem", "memory")
FORGETFUL_CACHES = ("locmem", "dummy")
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]", "testserver"}

_checks: list[Callable[[], Iterator[CheckMessage]]] = []


def _production(check: Callable[[], Iterator[CheckMessage]]) -> Callable[[], Iterator[CheckMessage]]:
    _checks.append(check)
    return check


def _error(number: int, what: str, mend: str) -> Error:
    return Error(what, hint=mend, id=f"efc.E{number:03d}")


@_production
def demonstration() -> Iterator[CheckMessage]:
    if settings.DEMO:
        yield _error(1, "DEMO is on: demo accounts have public passwords.", "Set DEMO = False.")
    if settings.DEBUG:
        yield _error(2, "DEBUG is on: error pages would show settings and data.", "Take DEBUG out of the environment.")
    if settings.DEMO_SECOND_FACTOR_CODE or getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None):
        yield _error(
            3,
            "One code passes as everybody's second factor.",
            "Remove DEMO_SECOND_FACTOR_CODE and MFA_TOTP_INSECURE_BYPASS_CODE.",
        )


@_production
def secret_key() -> Iterator[CheckMessage]:
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if any(word in key.lower() for word in SECRET_KEY_GIVEAWAYS):
            yield _error(4, "SECRET_KEY is an example, known to everybody.", _MAKE_KEY)
        elif len(key) < SECRET_KEY_LENGTH or len(set(key)) < SECRET_KEY_VARIETY:
            yield _error(5, f"SECRET_KEY is too easy to guess: {SECRET_KEY_LENGTH} random characters.", _MAKE_KEY)


_MAKE_KEY = (
    "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))', and keep it in the file that "
    "SECRET_KEY_FILE names."
)


@_production
def addresses() -> Iterator[CheckMessage]:
    hosts = settings.ALLOWED_HOSTS
    if not hosts or any(host == "*" or host.startswith(".") for host in hosts):
        yield _error(
            6,
            "ALLOWED_HOSTS is empty or lets any host in.",
            "Set ALLOWED_HOSTS to the names people type, such as portal.example.org.",
        )
    url = urlsplit(settings.PORTAL_URL)
    if url.scheme != "https":
        yield _error(7, "PORTAL_URL does not begin with https://.", "Set PORTAL_URL to the portal's public address.")
    elif hosts and not validate_host(url.hostname or "", hosts):
        yield _error(
            8, f"PORTAL_URL names {url.hostname}, which is not in ALLOWED_HOSTS.", "Make the two name the same host."
        )
    if getattr(settings, "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", False):
        yield _error(9, "Passkeys are accepted from any origin.", "Remove MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN.")


@_production
def transport() -> Iterator[CheckMessage]:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY")
    if insecure := [name for name in names if not getattr(settings, name)]:
        yield _error(10, "Cookies can be read on the way or by scripts.", f"Set {', '.join(insecure)} to True.")
    if not settings.SECURE_SSL_REDIRECT or not settings.SECURE_HSTS_SECONDS:
        yield _error(11, "Browsers are not held to HTTPS.", "Set SECURE_SSL_REDIRECT and SECURE_HSTS_SECONDS.")


@_production
def keys() -> Iterator[CheckMessage]:
    provider = key_provider()
    if isinstance(provider, FileKeyProvider) and provider.folder.exists():
        for path in (provider.folder, *sorted(provider.folder.iterdir())):
            if Path(path).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                yield _error(12, f"Others can read or change {path}.", f"Run: chmod -R go-rwx {provider.folder}")
                break
    try:
        provider.current_id()
        for name in SECRET_NAMES:
            provider.secret(name)
    except ApplicationError as error:
        yield _error(13, f"The secret keys are not complete: {error.message}", "Run manage.py keys_init, or set them.")


@_production
def services() -> Iterator[CheckMessage]:
    if settings.CELERY_BROKER_URL.split(":")[0] in TEST_BROKERS:
        yield _error(
            14,
            "The Celery broker is for one machine alone.",
            "Set CELERY_BROKER_URL to a broker, such as amqp://user:password@host/vhost.",
        )
    if any(f".{name}." in settings.EMAIL_BACKEND for name in TEST_MAIL):
        yield _error(15, "Mail is not sent to anybody.", "Set EMAIL_BACKEND to Django's smtp backend and EMAIL_HOST.")
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        yield _error(16, "The database is not PostgreSQL.", "Set DATABASE_URL to postgres://….")
    if any(f".{name}." in settings.CACHES["default"]["BACKEND"] for name in FORGETFUL_CACHES):
        yield _error(
            17,
            "The cache is not shared between processes, so attempts to guess would not be counted.",
            "Set CACHE_URL to a Redis server, or leave it out for the database's cache.",
        )
    if not settings.UNSCANNED_LOCKED:
        yield _error(18, "Attachments open without a malware scan.", "Set UNSCANNED_LOCKED = True.")
    if "MD5" in settings.PASSWORD_HASHERS[0]:
        yield _error(19, "Passwords are stored with a hash for tests.", "Remove MD5PasswordHasher.")


@register(Tags.security, deploy=True)
def production_checks(**_more: Any) -> list[CheckMessage]:
    return [message for check in _checks for message in check()]


@register(Tags.security)
def demonstration_stays_here(**_more: Any) -> list[CheckMessage]:
    """The demonstration is meant for the machine it runs on."""
    others = set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS
    if settings.DEMO and others:
        return [
            Advice(
                f"The demonstration, whose passwords are public, answers to {', '.join(sorted(others))}.",
                hint="Leave ALLOWED_HOSTS out, or run with efc_portal.settings.production.",
                id="efc.W001",
            )
        ]
    return []


def refuse_insecure_start() -> None:
    """End a process of production that was configured insecurely, with a sentence for each thing to change."""
    if not settings.PRODUCTION:
        return
    if found := production_checks():
        lines = [f"{message.id}: {message.msg} {message.hint}" for message in found]
        raise ImproperlyConfigured("The portal does not start:\n" + "\n".join(lines))
