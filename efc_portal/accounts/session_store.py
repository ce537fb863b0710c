"""Where sessions are kept: Django's table, with the content sealed, and with keys that are no cookies.

A session may hold a form that waits for a re-authentication, or the secret of an authenticator app that is being set
up. A copy of the database must not show either, so the content is encrypted under a key made from SECRET_KEY, which
the database does not hold. The key of a session opens nothing by itself either: the cookie is the key signed with
SECRET_KEY (`accounts.middleware.SignedSessionCookie`). Django looks for the class under this name (setting
`SESSION_ENGINE`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.core.signing import BadSignature, Signer
from django.db import connection

from efc_portal.core.encryption import SealBroken, seal, unseal_json

CONTEXT = "session"
_SIGNER_SALT = "efc-portal session cookie"


def _key(secret_key: str) -> bytes:
    return hmac.new(secret_key.encode(), b"efc-portal session content", hashlib.sha256).digest()


def cookie_of(session_key: str) -> str:
    """What the browser keeps of a session: its key and a signature."""
    return Signer(salt=_SIGNER_SALT).sign(session_key)


def session_key_of(cookie: str) -> str | None:
    """The key of the session that a cookie belongs to; None when the portal did not make the cookie."""
    try:
        return Signer(salt=_SIGNER_SALT).unsign(cookie)
    except BadSignature:
        return None


class SessionStore(DatabaseSessionStore):
    def load(self) -> dict[str, Any]:
        """As Django's, with a statement that need not be put together anew for each request."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()",
                [self.session_key],
            )
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])

    def encode(self, session_dict: dict[str, Any]) -> str:
        content = json.dumps(session_dict, separators=(",", ":")).encode()
        return base64.b64encode(seal(_key(settings.SECRET_KEY), content, CONTEXT)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """The content; an empty session when it was sealed under another key or altered: the person signs in again."""
        keys: list[Any] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        for secret_key in keys:
            try:
                return unseal_json(_key(secret_key), base64.b64decode(session_data, validate=True), CONTEXT)
            except (SealBroken, binascii.Error, ValueError):
                continue
        return {}
