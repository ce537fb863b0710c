"""What the audit record learns of sign-ins, second factors and sessions.

allauth tells of these by signals and by nothing else: the one place in the portal where a signal is listened to.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from allauth.usersessions.signals import session_client_changed
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from efc_portal.accounts.adapters import FIRST_SIGN_IN, STRONG, has_second_factor
from efc_portal.accounts.devices import device_remember, known_device
from efc_portal.accounts.models import User
from efc_portal.accounts.services import new_browser_tell
from efc_portal.accounts.sessions import second_factor_mark, second_factor_unmark
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.templatetags.portal import browser

DEVICE_LENGTH = 120  # of the browser's own description


def _where(request: HttpRequest) -> dict[str, str]:
    return {
        "ip": get_adapter().get_client_ip(request),
        "device": request.headers.get("User-Agent", "")[:DEVICE_LENGTH],
    }


def refusal_record(request: HttpRequest, *, reason: str, user: User | None = None, email: str | None = None) -> None:
    """Record a refused sign-in. What was typed as an address is kept only when it is somebody's."""
    if user is None and email:
        user = User.objects.filter(email=email.strip().lower()).first()
    audit_record(
        action="session.refuse",
        category=Category.ACCESS,
        actor=None,
        obj=user,
        reason_code=reason,
        **_where(request),
    )


@receiver(account_signals.user_logged_in)
def _signed_in(request: HttpRequest, user: User, response: HttpResponse | None = None, **_more: Any) -> None:
    audit_record(action="session.start", category=Category.ACCESS, actor=user, obj=user, **_where(request))
    if not getattr(request, FIRST_SIGN_IN, False) and known_device(request, user.email) is None:
        new_browser_tell(user=user, browser=browser(request.headers.get("User-Agent", "")))
    if response is not None:
        device_remember(request, response, email=user.email)


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: User | None, **_more: Any) -> None:
    if user is None:
        return
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    audit_record(action="session.end", category=Category.ACCESS, actor=user, obj=user)


@receiver(session_client_changed)
def _moved(request: HttpRequest, to_session: UserSession, **_more: Any) -> None:
    user = to_session.user
    audit_record(action="session.move", category=Category.ACCESS, actor=user, obj=user, **_where(request))


@receiver(account_signals.authentication_step_completed)
def _step_completed(request: HttpRequest, user: User, method: str, **more: Any) -> None:
    if more.get("reauthenticated"):
        audit_record(
            action="session.reauthenticate",
            category=Category.ACCESS,
            actor=user,
            obj=user,
            kind=str(more.get("type", method)),
        )


@receiver(mfa_signals.authentication_failed)
def _second_factor_failed(request: HttpRequest, user: User, **_more: Any) -> None:
    refusal_record(request, user=user, reason="second_factor")


@receiver(mfa_signals.authenticator_used)
def _second_factor_used(request: HttpRequest, **_more: Any) -> None:
    second_factor_mark(request.session)


@receiver(mfa_signals.authenticator_added)
def _second_factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    second_factor_mark(request.session)
    if authenticator.type in STRONG and Authenticator.objects.filter(user=user, type__in=STRONG).count() == 1:
        # The first one, set up right after the sign-in: the recovery codes follow without asking for it again.
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)
    _factor_record("second_factor.add", user, authenticator)


@receiver(mfa_signals.authenticator_removed)
def _second_factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    if not has_second_factor(user):
        second_factor_unmark(request.session)
    _factor_record("second_factor.remove", user, authenticator)


@receiver(mfa_signals.authenticator_reset)
def _second_factor_reset(user: User, authenticator: Authenticator, **_more: Any) -> None:
    _factor_record("second_factor.reset", user, authenticator)


@receiver([account_signals.password_changed, account_signals.password_set])
def _password_changed(request: HttpRequest, user: User, **_more: Any) -> None:
    audit_record(action="password.change", category=Category.ACCESS, actor=user, obj=user, **_where(request))


@receiver(account_signals.password_reset)
def _password_reset(request: HttpRequest, user: User, **_more: Any) -> None:
    audit_record(action="password.reset", category=Category.ACCESS, actor=user, obj=user, **_where(request))


def _factor_record(action: str, user: User, authenticator: Authenticator) -> None:
    audit_record(action=action, category=Category.ACCESS, actor=user, obj=user, kind=str(authenticator.type))
