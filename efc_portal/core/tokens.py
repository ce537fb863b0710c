"""Secrets that are sent to somebody and come back once: invitations, links of applicants, confirmations.

What is sent is `<selector>.<secret>`. The database keeps the selector, by which the row is found, and the SHA-256 of
the secret, which is compared in constant time: a copy of the database opens nothing, and a guess learns nothing from
how long the answer takes. A plain hash is enough, for the secret has 256 random bits.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.models import OneTimeToken
from efc_portal.core.retention import expires

KEPT = timedelta(days=60)
_FORM = re.compile(r"([0-9a-f]{16})\.([A-Za-z0-9_-]{43})")


class TokenRefused(ApplicationError):
    """A token that opens nothing. `reason` is `unknown`, `expired` or `used`; whose it was is not told."""

    status = 410

    def __init__(self, reason: str) -> None:
        super().__init__(_SENTENCES[reason])
        self.reason = reason


_SENTENCES = {
    "unknown": _(
        "This link is not whole, or was never sent by the portal. Open it from the mail again, or copy all of it."
    ),
    "expired": _("This link is too old. Ask whoever sent it for a new one."),
    "used": _("This link was used already, or a newer one took its place. Each works once."),
}


def token_issue(*, purpose: str, subject_id: UUID, lifetime: timedelta) -> str:
    """A new token for a subject, as it is sent. Tokens of the same purpose for it that are still open end."""
    tokens_revoke(purpose=purpose, subject_id=subject_id)
    selector, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    OneTimeToken.objects.create(
        purpose=purpose,
        subject_id=subject_id,
        selector=selector,
        digest=_digest(secret),
        expires_at=timezone.now() + lifetime,
    )
    return f"{selector}.{secret}"


def token_read(text: str, *, purpose: str) -> OneTimeToken:
    """The open token that a text is. Raises `TokenRefused`. Looking uses nothing up."""
    parts = _FORM.fullmatch(text)
    selector, secret = parts.groups() if parts else ("", "")
    token = OneTimeToken.objects.filter(selector=selector, purpose=purpose).first()
    same = hmac.compare_digest(bytes(token.digest) if token else bytes(32), _digest(secret))
    if token is None or not same:
        raise TokenRefused("unknown")
    if token.used_at:
        raise TokenRefused("used")
    if token.expires_at <= timezone.now():
        raise TokenRefused("expired")
    return token


def token_use(text: str, *, purpose: str) -> UUID:
    """Use a token up in the running transaction; gives back whose it is. Of two at once, one gets `TokenRefused`."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a token is used up together with what it opens")
    token = token_read(text, purpose=purpose)
    if not OneTimeToken.objects.filter(pk=token.pk, used_at=None).update(used_at=timezone.now()):
        raise TokenRefused("used")
    return token.subject_id


def tokens_revoke(*, purpose: str, subject_id: UUID) -> None:
    """Whatever was sent for this purpose opens nothing any more."""
    open_ones = OneTimeToken.objects.filter(purpose=purpose, subject_id=subject_id, used_at=None)
    open_ones.update(used_at=timezone.now())


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


@expires("links and tokens that ended")
def tokens_expire() -> int:
    """Forget tokens some days after they ended; until then a late click reads that the link is too old."""
    return OneTimeToken.objects.filter(expires_at__lt=timezone.now() - KEPT).delete()[0]
