"""Guards of single views."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import NotPermitted

View = Callable[..., HttpResponseBase]


def recently_authenticated(view: View) -> View:
    """Ask a person to show a factor again before a step, unless they did within the last five minutes.

    For approvals, exports and changes of roles. Looking is free (GET, HEAD); a step that was sent is kept in the
    sealed session meanwhile and taken up afterwards as it was typed. Files are not kept: do not put it on an upload.
    Place it below `require`: first who may, then whether it is really them.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            step_up(request)
        return view(request, *args, **kwargs)

    return guarded


def step_up(request: HttpRequest) -> None:
    """Ask for a factor again now, for a view that knows only inside whether it is needed (or needs it on a GET)."""
    if request.user.is_authenticated and not get_reauthentication_flows(request.user):
        raise NotPermitted(
            _(
                "This step asks you for a second factor of the portal, and you have none: your organisation’s sign-in "
                "was enough so far. Add a passkey or an authenticator app under “Your account”, then try again."
            )
        )
    if not did_recently_reauthenticate(request):
        raise ReauthenticationRequired


def sign_in_path(request: HttpRequest) -> str:
    """Where the person comes back to after signing in: this page, or the page whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return "/workspace/"
