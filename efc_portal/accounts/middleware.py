"""Limits of a session, the second factor that everybody needs, and the language a person prefers.

None of them looks at the session of a request that carries no session cookie: a visitor of the public pages gets no
cookie, and those pages can be cached.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from efc_portal.accounts.adapters import has_second_factor
from efc_portal.accounts.decorators import sign_in_path
from efc_portal.accounts.session_store import cookie_of, session_key_of
from efc_portal.accounts.sessions import second_factor_shown, session_overdue, session_touch

GetResponse = Callable[[HttpRequest], HttpResponse]

BACKGROUND_HEADER = "X-Background"  # a page that refreshes itself sends it: it does not keep a session alive

# What somebody without a second factor can reach: setting one up, and leaving.
ENROLMENT = frozenset(
    {
        "accounts_second_factor",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_logout",
        "set_language",
        "healthz",
    }
)


def _signed_in(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


class SignedSessionCookie(SessionMiddleware):
    """Django's sessions, with a cookie that nobody can make from a copy of the database."""

    def process_request(self, request: HttpRequest) -> None:
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = self.SessionStore(session_key_of(cookie) if cookie else None)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        name = settings.SESSION_COOKIE_NAME
        if name in response.cookies and response.cookies[name].value:
            response.cookies[name] = cookie_of(response.cookies[name].value)  # keeps its attributes
        return response


class SessionLimits:
    """Signs a person out 12 hours after the sign-in, and after 30 minutes in which nothing was asked for.

    Whoever comes with a session that somebody has ended, and is therefore sent to sign in, reads that it was.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _signed_in(request):
            limit = session_overdue(request.session)
            if limit:
                logout(request)
                messages.info(
                    request,
                    _("You were signed out, because nothing happened for 30 minutes. Sign in again to go on.")
                    if limit == "idle"
                    else _("You were signed out 12 hours after you signed in. Sign in again to go on."),
                )
            elif BACKGROUND_HEADER not in request.headers:
                session_touch(request)
            return self.get_response(request)
        ended = _session_ended(request)
        response = self.get_response(request)
        if ended and _leads_to_sign_in(response) and not len(messages.get_messages(request)):
            messages.info(
                request,
                _(
                    "Your session has ended. Sign in again. If that does not work, ask whoever manages your "
                    "organisation’s people."
                ),
            )
        return response


def _session_ended(request: HttpRequest) -> bool:
    """Whether the browser still shows a session of the portal that is gone, or whose person may not come in."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return SESSION_KEY in request.session or request.session.is_empty()


def _leads_to_sign_in(response: HttpResponse) -> bool:
    if response.status_code == 401:
        return True
    return response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login"))


class SecondFactorRequired:
    """Sends whoever has no second factor yet to set one up, whatever page was asked for.

    A session in which none was shown, though the person has one, was begun before the factor was set up elsewhere: it
    ends, for it has shown a password alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _signed_in(request) or second_factor_shown(request.session):
            return self.get_response(request)
        if has_second_factor(request.user):  # type: ignore[arg-type]  # signed in
            logout(request)
            messages.info(request, _("A second factor was set up for your account elsewhere. Sign in with it."))
            return HttpResponseRedirect(reverse("account_login"))
        if self._may_pass(request):
            return self.get_response(request)
        return HttpResponseRedirect(reverse("accounts_second_factor"))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A visitor at a step that asks for a factor again signs in. allauth would keep what a visitor sent."""
        if isinstance(exception, ReauthenticationRequired) and not request.user.is_authenticated:
            return redirect_to_login(sign_in_path(request))
        return None

    @staticmethod
    def _may_pass(request: HttpRequest) -> bool:
        try:
            return resolve(request.path_info).url_name in ENROLMENT
        except Resolver404:
            return False


class PreferredLanguage:
    """Shows a signed-in person the portal in the language of their profile."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _signed_in(request):
            translation.activate(request.user.language)  # type: ignore[union-attr]  # signed in
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
