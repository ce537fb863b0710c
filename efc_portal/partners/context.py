"""What the workspace's pages show around their content. Read only where a template asks for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from efc_portal.accounts.sessions import second_factor_shown
from efc_portal.partners.navigation import desk_of
from efc_portal.partners.permissions import access_of


def workspace(request: HttpRequest) -> dict[str, Any]:
    """Nothing for a visitor (whose session is not even looked at), nor before the second factor."""
    user = getattr(request, "user", None)
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or user is None or not user.is_authenticated:
        return {}
    if not second_factor_shown(request.session):
        return {}
    return {
        "access": access_of(user),
        "organisation": access_of(user).organisation or "",
        "navigation": SimpleLazyObject(lambda: desk_of(request).groups()),
        "account_navigation": [
            {"label": _("Your account"), "url": reverse("accounts_profile")},
            {"label": _("Second factor"), "url": reverse("mfa_index")},
            {"label": _("Where you are signed in"), "url": reverse("usersessions_list")},
            {"label": _("The public site"), "url": reverse("wagtail_serve", args=[""])},
        ],
        "session_idle_seconds": settings.SESSION_IDLE_SECONDS,
        "session_keep_url": reverse("accounts_session_keep"),
        "session_end_url": reverse("workspace"),
    }
