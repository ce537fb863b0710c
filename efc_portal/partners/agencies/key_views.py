"""An agency's key: entered by its liaison, confirmed by a manager over a second way."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.agencies.forms import AgencyKeyForm, KeyConfirmForm
from efc_portal.partners.agencies.keys import agency_key_confirm, agency_key_set
from efc_portal.partners.decorators import require
from efc_portal.partners.selectors import agencies_for


@require_http_methods(["GET", "POST"])
@require(Permission.AGENCY_MANAGE)
@recently_authenticated
def key(request: PersonRequest) -> HttpResponse:
    """The own agency's key, and a form for a new one."""
    agency = get_object_or_404(agencies_for(request.user))
    form = AgencyKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agency_key_set(actor=request.user, agency=agency, recipient=form.cleaned_data["recipient"])
        except ApplicationError as error:
            form.add_error("recipient", error.message)
        else:
            messages.success(
                request,
                _("The key is stored. The secretariat will call you to compare its last eight characters."),
            )
            return redirect("agency_key")
    status = 422 if form.is_bound else 200
    return render(request, "partners/agencies/key.html", {"agency": agency, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def confirm(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask whether the ending was compared and by which number, then confirm the key."""
    agency = get_object_or_404(agencies_for(request.user).exclude(recipient=""), pk=pk)
    form = KeyConfirmForm(request.POST or None, initial={"ending": agency.recipient[-8:]})
    if form.is_bound and form.is_valid():
        if form.cleaned_data["ending"] != agency.recipient[-8:]:
            raise ApplicationError(_("The key was changed while you compared it. Compare the new one."))
        agency_key_confirm(
            actor=request.user, agency=agency, number=form.cleaned_data["number"], source=form.cleaned_data["source"]
        )
        messages.success(request, _("The key of %(agency)s is confirmed.") % {"agency": agency.organisation.name})
        return redirect("agencies")
    context = {"agency": agency, "ending": agency.recipient[-8:], "form": form}
    return render(request, "partners/agencies/key_confirm.html", context, status=422 if form.is_bound else 200)
