"""The secretariat's pages of agencies: admission, one agency with its history, competence, the number to call."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.partners.agencies.forms import AdmitForm, ChannelConfirmForm, ChannelForm, CompetenceForm
from efc_portal.partners.agencies.services import (
    agency_admit,
    agency_channel_confirm,
    agency_channel_set,
    agency_competence_change,
)
from efc_portal.partners.decorators import require
from efc_portal.partners.models import Agency, FieldChange
from efc_portal.partners.permissions import access_of
from efc_portal.partners.register.selectors import agency_field_labels, field_words
from efc_portal.partners.selectors import agencies_for


@require_GET
@require(Permission.MEMBERS_VIEW)
def agencies(request: PersonRequest) -> HttpResponse:
    may_confirm = access_of(request.user).may(Permission.MEMBERS_MANAGE)
    context = {"agencies": agencies_for(request.user), "may_confirm": may_confirm}
    return render(request, "partners/agencies/list.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def admit(request: PersonRequest) -> HttpResponse:
    """Form, then the question, then the admission with the liaison's invitation."""
    form = AdmitForm(request.POST or None)
    if not form.is_bound or not form.is_valid() or "change" in request.POST:
        status = 422 if form.is_bound and form.errors else 200
        return render(request, "partners/agencies/admit.html", {"form": form}, status=status)
    if "confirm" not in request.POST:
        return render(request, "partners/agencies/admit_confirm.html", {"form": form, "asked": form.cleaned_data})
    try:
        agency = agency_admit(actor=request.user, **form.cleaned_data)
    except ApplicationError as error:
        form.add_error(None, error.message)
        return render(request, "partners/agencies/admit.html", {"form": form}, status=422)
    messages.success(
        request,
        _("%(agency)s is admitted and its liaison invited. A colleague calls the number and confirms it.")
        % {"agency": agency.organisation.name},
    )
    return redirect("agency_detail", pk=agency.pk)


@require_GET
@require(Permission.MEMBERS_VIEW)
def detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What an agency is competent for, how it is reached, and how both came to be."""
    agency = _agency(request, pk)
    context = {
        "agency": agency,
        "domains": agency.organisation.domains.all(),
        "events": _events(agency),
        "may_manage": access_of(request.user).may(Permission.MEMBERS_MANAGE),
        "is_mine": agency.channel_set_by_id == request.user.pk,
    }
    return render(request, "partners/agencies/detail.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def competence(request: PersonRequest, pk: UUID) -> HttpResponse:
    agency = _agency(request, pk)
    form = CompetenceForm(request.POST) if request.method == "POST" else CompetenceForm.of(agency)
    if form.is_bound and form.is_valid():
        if agency_competence_change(actor=request.user, agency=agency, **form.cleaned_data):
            messages.success(request, _("The competence is changed. What is routed from now on follows it."))
        else:
            messages.info(request, _("Nothing was different, so nothing was changed."))
        return redirect("agency_detail", pk=pk)
    context = {"agency": agency, "form": form}
    return render(request, "partners/agencies/competence.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def channel(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Enter the number by which the agency is called; it has to be confirmed anew."""
    agency = _agency(request, pk)
    form = ChannelForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            agency_channel_set(actor=request.user, agency=agency, **form.cleaned_data)
        except ApplicationError as error:
            form.add_error("phone", error.message)
        else:
            messages.success(request, _("The number is stored. A colleague has to call it and confirm it."))
            return redirect("agency_detail", pk=pk)
    context = {"agency": agency, "form": form}
    return render(request, "partners/agencies/channel.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def channel_confirm(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Who called whom: by somebody else than who entered the number."""
    agency = get_object_or_404(agencies_for(request.user).exclude(channel_phone=""), pk=pk)
    form = ChannelConfirmForm(request.POST or None, initial={"number": agency.channel_phone})
    if form.is_bound and form.is_valid():
        if form.cleaned_data["number"] != agency.channel_phone:
            raise Conflict(_("The number was changed while you called. Call the new one."))
        agency_channel_confirm(actor=request.user, agency=agency, spoke_with=form.cleaned_data["spoke_with"])
        messages.success(request, _("The number of %(agency)s is confirmed.") % {"agency": agency.organisation.name})
        return redirect("agency_detail", pk=pk)
    context = {"agency": agency, "form": form, "is_mine": agency.channel_set_by_id == request.user.pk}
    return render(request, "partners/agencies/channel_confirm.html", context, status=422 if form.is_bound else 200)


def _agency(request: PersonRequest, pk: UUID) -> Agency:
    return get_object_or_404(
        agencies_for(request.user).select_related("organisation", "channel_set_by", "channel_confirmed_by"), pk=pk
    )


def _events(agency: Agency) -> list[dict[str, Any]]:
    """The history of what this page shows, the latest first."""
    labels = agency_field_labels()
    changes = FieldChange.objects.filter(organisation_id=agency.pk, field__in=labels).select_related("changed_by")
    return [
        {
            "title": _("%(field)s: %(value)s")
            % {"field": labels[change.field], "value": field_words(change.field, change.after) or "–"},
            "at": change.changed_at,
            "by": str(change.changed_by or _("The portal")),
            "text": " · ".join(filter(None, (_before(change), change.reason))),
        }
        for change in changes
    ]


def _before(change: FieldChange) -> str:
    return _("before: %(value)s") % {"value": field_words(change.field, change.before)} if change.before else ""
