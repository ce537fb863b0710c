"""The start page of the workspace, and a person's own page."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.forms import ProfileForm
from efc_portal.accounts.http import PersonRequest
from efc_portal.accounts.services import user_language_set, user_rename
from efc_portal.partners.navigation import desk_of
from efc_portal.partners.people.selectors import reset_open_of
from efc_portal.partners.permissions import access_of
from efc_portal.partners.selectors import abilities_of, people_managers_of


@require_GET
@login_required
def workspace(request: PersonRequest) -> HttpResponse:
    """What waits for this person, the most urgent first."""
    tiles = desk_of(request).tiles()
    waiting = [tile for tile in tiles if tile["count"]]
    return render(
        request,
        "partners/workspace.html",
        {"tiles": tiles, "next_tile": waiting[0] if waiting else None},
    )


@require_http_methods(["GET", "POST"])
@login_required
def profile(request: PersonRequest) -> HttpResponse:
    """Name and language, second factors, sessions, and what one may do and why."""
    person = {"name": request.user.name, "language": request.user.language}
    form = ProfileForm(request.POST or None, initial=person)
    if request.method == "POST" and form.is_valid():
        user_rename(user=request.user, name=form.cleaned_data["name"])
        user_language_set(user=request.user, language=form.cleaned_data["language"])
        messages.success(request, _("Saved."))
        return redirect("accounts_profile")
    access = access_of(request.user)
    return render(
        request,
        "partners/profile.html",
        {
            "form": form,
            "abilities": abilities_of(access),
            "managers": people_managers_of(access),
            "factor_reset": reset_open_of(request.user),
            "factors": Authenticator.objects.filter(user=request.user).order_by("type", "created_at"),
            "session_count": UserSession.objects.filter(user=request.user).count(),
        },
    )
