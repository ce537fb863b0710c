"""Setting up the first second factor, keeping a session, choosing a language, and what the portal does not offer."""

from __future__ import annotations

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.views import PasswordChangeView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from efc_portal.accounts.adapters import has_second_factor
from efc_portal.accounts.services import session_end as session_end_one
from efc_portal.accounts.services import user_language_set


@require_GET
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where somebody without a second factor begins."""
    if has_second_factor(request.user):  # type: ignore[arg-type]  # signed in
        return redirect("mfa_index")
    context = {"has_password": request.user.has_usable_password()}  # type: ignore[union-attr]  # signed in
    return render(request, "accounts/second_factor.html", context)


@require_GET
@login_required
def session_keep(request: HttpRequest) -> HttpResponse:
    """Asked for by a page on which somebody is writing, before the session would end. Being asked is enough."""
    return HttpResponse(status=204)


@require_POST
@login_required
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out one other browser of one's own."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    session_end_one(session=session, actor=request.user)  # type: ignore[arg-type]  # signed in
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


@csrf_exempt  # it changes a preference alone; with a token, every public page would set a cookie
@require_POST
def language_set(request: HttpRequest) -> HttpResponse:
    """Read the portal in another language from now on."""
    language, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if language in dict(settings.INTERFACE_LANGUAGES):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            user_language_set(user=request.user, language=language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]
        )
    return response


def not_offered(request: HttpRequest, **_kwargs: str) -> HttpResponse:
    """Pages of allauth that this portal has no use for: who belongs to it, and with which address, others decide."""
    raise Http404


class RemovePasskey(RemoveWebAuthnView):
    """As allauth's, but the only second factor stays."""

    def form_valid(self, form: object) -> HttpResponse:
        adapter, passkey = get_adapter(), self.get_object()
        if not adapter.can_delete_authenticator(passkey):
            get_account_adapter().add_message(
                self.request,
                messages.ERROR,
                message=str(adapter.error_messages["cannot_delete_authenticator"]),
            )
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


class ChangePassword(PasswordChangeView):
    """As allauth's; whoever has none, and signs in with a passkey alone, sets one by mail."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, _("You have no password, and need none. If you want one, set it by mail."))
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)
