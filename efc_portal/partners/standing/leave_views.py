"""Leaving: asked for by an organisation, decided by a manager. What is kept and erased is shown before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.enums import LeaveStatus
from efc_portal.partners.models import LeaveRequest, Organisation
from efc_portal.partners.permissions import access_of
from efc_portal.partners.standing.forms import LeaveForm, RefuseForm
from efc_portal.partners.standing.leaves import (
    leave_agree,
    leave_ask,
    leave_cancel,
    leave_refuse,
    leave_withdraw,
    organisation_leave,
)
from efc_portal.partners.standing.leaving import leaving_erases, leaving_keeps
from efc_portal.partners.standing.selectors import leave_open_of, leave_requests_for, organisations_for

PER_PAGE = 25
COLUMNS = [
    {"label": gettext_lazy("State")},
    {"label": gettext_lazy("Organisation")},
    {"label": gettext_lazy("Last day"), "num": True},
    {"label": gettext_lazy("Asked"), "num": True},
]


def _fate() -> dict[str, Any]:
    """What leaving means, for its two columns."""
    return {"keeps": leaving_keeps(), "erases": leaving_erases()}


@require_http_methods(["GET", "POST"])
@require(Permission.ORGANISATION_MANAGE)
@recently_authenticated
def own(request: PersonRequest) -> HttpResponse:
    """Ask for the own organisation to leave, see what became of it, or take it back."""
    organisation = access_of(request.user).organisation
    if organisation is None:
        raise Http404
    pending = leave_open_of(organisation)
    if pending:
        if request.method == "POST" and "withdraw" in request.POST:
            leave_withdraw(actor=request.user, request=pending)
            messages.success(request, _("The request to leave is taken back. The secretariat was told."))
            return redirect("standing")
        return render(request, "partners/standing/leave_open.html", {"leave": pending, **_fate()})
    form = LeaveForm(request.POST or None, organisation=organisation)
    return _asked(request, organisation, form, own=True)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def of(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Let an organisation leave, at once or after a last day."""
    organisation = get_object_or_404(organisations_for(request.user), pk=pk)
    if pending := leave_open_of(organisation):
        return redirect("leave_request", pk=pending.pk)
    form = LeaveForm(request.POST or None, organisation=organisation, at_once=True)
    return _asked(request, organisation, form, own=False)


def _asked(request: PersonRequest, organisation: Organisation, form: LeaveForm, *, own: bool) -> HttpResponse:
    """Form, then the question with what is kept and erased, then the step. What was typed travels in the page."""
    context = {"held": organisation, "form": form, "own": own, **_fate()}
    if not form.is_bound or not form.is_valid():
        return render(request, "partners/standing/leave.html", context, status=422 if form.is_bound else 200)
    if "change" in request.POST:
        return render(request, "partners/standing/leave.html", context)
    if "confirm" not in request.POST:
        asked = {"asked": form.cleaned_data, "colleague": form.colleague()}
        return render(request, "partners/standing/leave_confirm.html", {**context, **asked})
    values = {
        "actor": request.user,
        "organisation": organisation,
        "reason": form.cleaned_data["reason"],
        "last_day": form.cleaned_data["last_day"],
        "hand_over_to": form.colleague(),
    }
    if own:
        leave_ask(**values)
        messages.success(request, _("The secretariat was told that you want to leave. A manager decides."))
        return redirect("standing")
    if organisation_leave(**values):
        messages.success(request, _("The organisation leaves when its last day is over. Its coordinators were told."))
    else:
        messages.success(request, _("The organisation has left."))
    return redirect("standing_of", pk=organisation.pk)


@require_GET
@require(Permission.MEMBERS_MANAGE)
def requests(request: PersonRequest) -> HttpResponse:
    page = Paginator(leave_requests_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/standing/leave_requests.html", {"page": page, "columns": COLUMNS})


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def one(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Decide: agree, or refuse with a reason; call off what was agreed on."""
    found = get_object_or_404(leave_requests_for(request.user), pk=pk)
    form = RefuseForm(request.POST if "refuse" in request.POST or "cancel" in request.POST else None)
    if request.method == "POST":
        if "agree" in request.POST:
            leave_agree(actor=request.user, request=found)
            messages.success(request, _("Agreed. The organisation leaves when its last day is over."))
            return redirect("leave_request", pk=pk)
        if form.is_bound and form.is_valid():
            _undone(request, found, form.cleaned_data["reason"])
            return redirect("leave_request", pk=pk)
    context = {
        "leave": found,
        "form": form,
        "is_asked": found.status == LeaveStatus.ASKED,
        "is_agreed": found.status == LeaveStatus.AGREED,
        **_fate(),
    }
    return render(request, "partners/standing/leave_request.html", context, status=422 if form.is_bound else 200)


def _undone(request: PersonRequest, found: LeaveRequest, reason: str) -> None:
    if "cancel" in request.POST:
        leave_cancel(actor=request.user, request=found, reason=reason)
    else:
        leave_refuse(actor=request.user, request=found, reason=reason)
    messages.success(request, _("The organisation stays. Its coordinators were told."))
