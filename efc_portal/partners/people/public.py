"""Pages that a link from a mail opens, without an account: an invitation, and the reset of one's second factor."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from efc_portal.partners.models import Invitation
from efc_portal.partners.people.forms import AcceptForm
from efc_portal.partners.people.invitations import invitation_accept as accept
from efc_portal.partners.people.invitations import invitation_read
from efc_portal.partners.people.resets import factor_reset_read, factor_reset_stop_by_link
from efc_portal.partners.permissions import access_of
from efc_portal.partners.sign_on.selectors import provider_enforced_on


@never_cache
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites whom to what, and the form that takes it up. Looking uses nothing up."""
    invitation = invitation_read(token)
    somebody = request.user
    if somebody.is_authenticated and somebody.email != invitation.email:
        return render(request, "partners/people/somebody_else.html", {"invitation": invitation}, status=409)
    initial = {"name": invitation.name, "language": get_language() or invitation.language}
    form = AcceptForm(request.POST or None, initial=initial, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        user = accept(
            token=token,
            name=form.cleaned_data["name"],
            language=form.cleaned_data["language"],
            password=form.cleaned_data["password"],
        )
        if somebody.is_authenticated:
            logout(request)
        if provider := provider_enforced_on(user):
            messages.success(request, _("Your place is ready. Sign in as your organisation does."))
            return redirect("sign_on_continue", slug=provider.slug)
        return perform_login(request, user, redirect_url=reverse("workspace"))
    context = {"form": form, "invitation": invitation, "inviter": _inviter(invitation)}
    return render(request, "partners/people/accept.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def factor_reset_stop(request: HttpRequest, token: str) -> HttpResponse:
    """“This was not me”: one button, and no sign-in, for whoever has the letter is the person."""
    if request.method == "POST":
        reset = factor_reset_stop_by_link(token=token)
        return render(request, "partners/people/reset_stopped.html", {"reset": reset})
    return render(request, "partners/people/reset_stop.html", {"reset": factor_reset_read(token)})


def _inviter(invitation: Invitation) -> str:
    """The name of a colleague-to-be; of the secretariat no name is told."""
    somebody = invitation.invited_by
    own = somebody is not None and access_of(somebody).organisation_id == invitation.organisation_id
    return str(somebody) if own else _("The secretariat of the coalition")
