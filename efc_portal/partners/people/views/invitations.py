"""Inviting somebody, and what is done with an invitation that is open."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.enums import InvitationStatus
from efc_portal.partners.models import Organisation
from efc_portal.partners.people.forms import InvitationForm
from efc_portal.partners.people.invitations import (
    NearlyTheSame,
    invitation_create,
    invitation_resend,
    invitation_withdraw,
)
from efc_portal.partners.people.rules import is_for_members
from efc_portal.partners.people.selectors import invitations_for, organisations_for
from efc_portal.partners.permissions import access_of


@require_http_methods(["GET", "POST"])
@require(Permission.PEOPLE_MANAGE)
@recently_authenticated
def invite(request: PersonRequest) -> HttpResponse:
    own = access_of(request.user).organisation_id
    return _invite(request, get_object_or_404(organisations_for(request.user), pk=own))


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def invite_to(request: PersonRequest, organisation: UUID) -> HttpResponse:
    return _invite(request, get_object_or_404(organisations_for(request.user), pk=organisation))


def _invite(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    members = is_for_members(request.user)
    form = InvitationForm(
        request.POST or None,
        initial={"language": get_language()},
        organisation=organisation,
        members=members,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            invitation_create(actor=request.user, organisation=organisation, **given)
        except ApplicationError as error:
            if isinstance(error, NearlyTheSame):
                form.ask_who()
            form.add_error("outside_reason" if _lacks_reason(form, given) else "email", error.message)
        else:
            messages.success(
                request,
                _("%(name)s is invited. The mail is on its way to %(email)s; its link is good for seven days.")
                % {"name": given["name"], "email": given["email"]},
            )
            return _back(request, organisation)
    is_own = organisation.pk == access_of(request.user).organisation_id
    context = {"of": organisation, "form": form.shown(), "is_own": is_own}
    return render(request, "partners/people/invite.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.PEOPLE_MANAGE)
@recently_authenticated
def invitation_step(request: PersonRequest, pk: UUID, step: str) -> HttpResponse:
    """`resend` or `withdraw`: ask, then do it."""
    invitation = get_object_or_404(invitations_for(request.user), pk=pk)
    if step not in ("resend", "withdraw"):
        raise Http404
    if request.method == "POST":
        if step == "resend":
            invitation_resend(actor=request.user, invitation=invitation)
            messages.success(request, _("A new link is on its way. The one sent before opens nothing any more."))
        else:
            invitation_withdraw(actor=request.user, invitation=invitation)
            messages.success(request, _("The invitation is withdrawn."))
        return _back(request, invitation.organisation)
    context = {
        "invitation": invitation,
        "is_open": invitation.status == InvitationStatus.OPEN,
        "is_own": invitation.organisation_id == access_of(request.user).organisation_id,
        "step": step,
    }
    return render(request, "partners/people/invitation_step.html", context)


def _back(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    if organisation.pk == access_of(request.user).organisation_id:
        return redirect("people")
    return redirect("people_of", organisation.pk)


def _lacks_reason(form: InvitationForm, given: dict[str, str]) -> bool:
    """Whether the address is right as such, and only the reason for its foreign domain is missing."""
    return "outside_reason" in form.fields and not given.get("outside_reason") and form.is_outside(given["email"])
