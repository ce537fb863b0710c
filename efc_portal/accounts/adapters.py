"""Where the portal differs from allauth's defaults."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.devices import known_device
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.models import DataKey
from efc_portal.core.services import data_key_current
from efc_portal.workflow.services import work_enqueue

SECRETS_PURPOSE = "second-factors"
SECRETS_CONTEXT = "second-factor"
# What allauth would mail, and the step that mails it here.
NOTICES = {
    "account/email/password_changed": "password_changed",
    "account/email/password_set": "password_changed",
    "account/email/password_reset": "password_changed",
    "mfa/email/totp_activated": "factor_added",
    "mfa/email/webauthn_added": "factor_added",
    "mfa/email/totp_deactivated": "factor_removed",
    "mfa/email/webauthn_removed": "factor_removed",
    "mfa/email/recovery_codes_generated": "codes_made",
}
FIRST_SIGN_IN = "_efc_first_sign_in"  # on a request: the person has never signed in before
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right. Check both and try again."),
        "incorrect_password": _("This is not your password. Try again, or reset it."),
        "too_many_login_attempts": _(
            "Too many failed attempts. Wait five minutes, or sign in with a passkey or from a browser you used before."
        ),
        "too_many_codes": _(
            "Too many wrong codes for this account today. Sign in with a passkey, or from a browser you used before. "
            "Otherwise wait until tomorrow. If the wrong codes were not yours, change your password then."
        ),
        "rate_limited": _("Too many attempts in a short time. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account alone: organisations join, and invite their people."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """As allauth's; no for what is no address at all (`https://[`), where allauth's raises `ValueError`."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        setattr(request, FIRST_SIGN_IN, user.last_login is None)
        super().login(request, user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signs in for the first time sets up a second factor without typing the password twice."""
        user = self.request.user
        if app == "allauth.mfa" and user.is_authenticated and not has_second_factor(user):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict]:
        """Passkey first, then a code, the password last: the first is what a person is asked for."""
        order = ["mfa_reauthenticate:webauthn", "mfa_reauthenticate", "reauthenticate"]
        return sorted(super().get_reauthentication_methods(user), key=lambda method: order.index(method["id"]))

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """The workflow makes the link and sends the mail: the page takes as long for an address nobody has."""
        work_enqueue("account.password_reset", user.pk)

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *_more: Any, **_mores: Any) -> None:
        """Tell a person what was changed about their sign-in, through the workflow."""
        work_enqueue(f"account.{NOTICES[template_prefix]}", user.pk)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed sign-ins count for each address, apart for each browser that this person has used before.

        A stranger's failures therefore never keep the person out of a browser of theirs (`devices`).
        """
        email = str(credentials.get("email", "")).strip().lower()
        return f"{email}|{known_device(request, email) or ''}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        from efc_portal.accounts.records import refusal_record

        refusal_record(request, email=credentials.get("email"), reason="password")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right, or was used already. Each code works once: wait for the next one and type that."
        ),
        "cannot_delete_authenticator": _(
            "This is your only second factor, and the portal needs one. Add another first, then take this one away."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal an authenticator's secret: `key id:base64`."""
        data_key = data_key_current(purpose=SECRETS_PURPOSE)
        sealed = base64.b64encode(data_key.seal_text(text, SECRETS_CONTEXT)).decode()
        return f"{data_key.pk}:{sealed}"

    def decrypt(self, encrypted_text: str) -> str:
        key_id, _separator, sealed = encrypted_text.partition(":")
        return DataKey.objects.get(pk=UUID(key_id)).unseal_text(base64.b64decode(sealed), SECRETS_CONTEXT)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STRONG)
        return others.exclude(pk=authenticator.pk).exists()

    def get_totp_issuer(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(_("Passkey %(number)s") % {"number": number})


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: list[UserSession]) -> None:
        super().end_sessions(sessions)
        if sessions:
            user = sessions[0].user
            audit_record(action="session.revoke", category=Category.ACCESS, actor=user, obj=user, count=len(sessions))


def has_second_factor(user: AbstractBaseUser) -> bool:
    """Whether a person has set up an authenticator app or a passkey (recovery codes alone are none)."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=STRONG).exists()
