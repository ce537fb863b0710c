"""Where an organisation stands: its own page, the secretariat's, and the moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.enums import OrganisationStatus
from efc_portal.partners.models import FieldChange, Organisation
from efc_portal.partners.permissions import access_of
from efc_portal.partners.standing.forms import RestoreForm, SuspendForm, WarnForm
from efc_portal.partners.standing.selectors import (
    grace_of,
    graces_for,
    leave_open_of,
    organisations_for,
    review_last_of,
    review_open_of,
    standing_history,
)
from efc_portal.partners.standing.services import organisation_restore, organisation_suspend, organisation_warn
from efc_portal.partners.transitions import ORGANISATION

PER_PAGE = 25
GRACE_COLUMNS = [
    {"label": gettext_lazy("Organisation")},
    {"label": gettext_lazy("To mend")},
    {"label": gettext_lazy("By"), "num": True},
]
# Each move a manager may make on a page of its own; leaving has more to ask (`leave_views`).
STEPS: dict[str, dict[str, Any]] = {
    "warn": {
        "label": gettext_lazy("Give a time of grace"),
        "question": gettext_lazy("Give a time of grace?"),
        "text": gettext_lazy(
            "The organisation works as before and is asked to mend something by a day. Its coordinators are told."
        ),
        "done": gettext_lazy("The organisation has a time of grace. Its coordinators were told."),
        "form": WarnForm,
    },
    "restore": {
        "label": gettext_lazy("Make active again"),
        "question": gettext_lazy("Make the organisation active again?"),
        "text": gettext_lazy("Everything works for its people again, and its coordinators are told."),
        "done": gettext_lazy("The organisation is active again. Its coordinators were told."),
        "form": RestoreForm,
    },
    "suspend": {
        "label": gettext_lazy("Suspend"),
        "question": gettext_lazy("Suspend the organisation?"),
        "text": gettext_lazy(
            "Every session of its people ends at once, and none of them can work until it is lifted. It leaves the "
            "public directory. What it sent stays with the secretariat; nothing is referred to a suspended agency."
        ),
        "done": gettext_lazy("The organisation is suspended, and all sessions of its people have ended."),
        "form": SuspendForm,
        "kind": "danger",
    },
}


@require_GET
@require(Permission.ORGANISATION_MANAGE)
def own(request: PersonRequest) -> HttpResponse:
    """Where the own organisation stands, what it has to mend, and what comes next."""
    organisation = access_of(request.user).organisation
    if organisation is None:
        raise Http404
    context = {**_standing(organisation), "events": _events(organisation, names=False)}
    return render(request, "partners/standing/own.html", context)


@require_GET
@require(Permission.MEMBERS_VIEW)
def of(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Where any organisation stands, with the moves that are open from there."""
    organisation = get_object_or_404(organisations_for(request.user), pk=pk)
    may_manage = access_of(request.user).may(Permission.MEMBERS_MANAGE)
    context = {
        **_standing(organisation),
        "events": _events(organisation, names=True),
        "steps": _steps(organisation) if may_manage else [],
        "may_manage": may_manage,
    }
    return render(request, "partners/standing/of.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def step(request: PersonRequest, pk: UUID, step: str) -> HttpResponse:
    """Ask, then make the move."""
    organisation = get_object_or_404(organisations_for(request.user), pk=pk)
    if step not in STEPS:
        raise Http404
    form = STEPS[step]["form"](request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            _make(step, request, organisation, form)
        except Conflict:
            raise
        except ApplicationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, STEPS[step]["done"])
            return redirect("standing_of", pk=pk)
    context = {"held": organisation, "step": STEPS[step], "form": form}
    return render(request, "partners/standing/step.html", context, status=422 if form.is_bound else 200)


@require_GET
@require(Permission.MEMBERS_MANAGE)
def graces(request: PersonRequest) -> HttpResponse:
    """Who is in grace, and until when."""
    page = Paginator(graces_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/standing/graces.html", {"page": page, "columns": GRACE_COLUMNS})


def _make(step: str, request: PersonRequest, organisation: Organisation, form: forms.Form) -> None:
    reason = form.cleaned_data["reason"]
    if step == "warn":
        until = form.cleaned_data["until"]
        organisation_warn(actor=request.user, organisation=organisation, what=reason, until=until)
        return
    moves: dict[str, Callable[..., None]] = {"restore": organisation_restore, "suspend": organisation_suspend}
    moves[step](actor=request.user, organisation=organisation, reason=reason)


def _standing(organisation: Organisation) -> dict[str, Any]:
    return {
        "held": organisation,
        "grace": grace_of(organisation),
        "review": review_open_of(organisation),
        "last_review": review_last_of(organisation),
        "leave": leave_open_of(organisation),
    }


def _steps(organisation: Organisation) -> list[dict[str, Any]]:
    """The moves that the table has open for managers from where the organisation stands."""
    names = [one.name for one in ORGANISATION.open_from(organisation.status)]
    found = [
        {**STEPS[name], "url": reverse("standing_step", args=[organisation.pk, name])}
        for name in names
        if name in STEPS
    ]
    if "leave" in names and leave_open_of(organisation) is None:
        url = reverse("leave_of", args=[organisation.pk])
        found.append({"label": _("Let it leave"), "url": url, "kind": "danger"})
    return found


def _events(organisation: Organisation, *, names: bool) -> list[dict[str, Any]]:
    """The history of standing for the timeline; names of the secretariat's people for the secretariat alone."""
    return [
        {
            "title": OrganisationStatus(change.after).label,
            "at": change.changed_at,
            "by": _by(change, names),
            "text": change.reason,
        }
        for change in standing_history(organisation)
    ]


def _by(change: FieldChange, names: bool) -> str:
    if change.changed_by is None:
        return _("The portal")
    return str(change.changed_by) if names else _("Secretariat")
