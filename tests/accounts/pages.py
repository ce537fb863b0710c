"""What the tests of accounts do again and again: type a password, type a code."""

from __future__ import annotations

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from efc_portal.accounts.models import User
from tests.factories.partners import PASSWORD, TOTP_SECRET

LOGIN = "/accounts/login/"
CODE = "/accounts/2fa/authenticate/"
WORKSPACE = "/workspace/"


def code(*, steps: int = 0, secret: str = TOTP_SECRET) -> str:
    """What the authenticator app shows now, or showed and will show some half minutes away."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + steps))


def type_password(client: Client, email: str, password: str = PASSWORD, **more: str) -> object:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def sign_in(user: User, client: Client | None = None) -> Client:
    """Sign in as a person does: password, then code."""
    client = client or Client()
    answer = type_password(client, user.email)
    assert answer.headers["Location"] == CODE
    answer = client.post(CODE, {"code": code()})
    assert answer.headers["Location"] == WORKSPACE
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(WORKSPACE).status_code == 200
