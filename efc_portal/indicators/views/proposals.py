"""What members say is their own, before the officer who decides on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.indicators.enums import OwnValueStatus
from efc_portal.indicators.forms.own import ConfirmForm, DeclineForm, OwnFilterForm
from efc_portal.indicators.match_keys import own_key
from efc_portal.indicators.models import KnownValue, OwnValue
from efc_portal.indicators.presentation import known_rows, own_rows
from efc_portal.indicators.selectors import get_own_for, reports_of
from efc_portal.indicators.services import (
    known_list_of,
    own_list_code,
    own_value_confirm,
    own_value_decline,
    own_value_open,
)
from efc_portal.partners.decorators import require

PER_PAGE = 25
COLUMNS = [
    {"label": _("State")},
    {"label": _("Organisation")},
    {"label": _("Value")},
    {"label": _("What it is")},
    {"label": _("Proposed")},
]


@require_GET
@require(Permission.KNOWN_VALUES_EDIT)
def proposals(request: PersonRequest) -> HttpResponse:
    """What waits for a decision, unless another state is asked for."""
    filters = OwnFilterForm(request.GET if "status" in request.GET else {"status": OwnValueStatus.PROPOSED})
    found = filters.apply(OwnValue.objects.visible_to(request.user)).select_related("proposed_by", "organisation")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        audit_record(
            action="own_value.list",
            category=Category.CONSULTATION,
            actor=request.user,
            ids=[one.pk for one in page.object_list],
        )
    context = {"filters": filters, "page": page, "rows": own_rows(page.object_list), "columns": COLUMNS}
    return render(request, "indicators/proposals.html", context)


def _page(request: PersonRequest, found: OwnValue, *, status: int = 200, **forms: Any) -> HttpResponse:
    recognised = own_value_open(found)
    audit_record(action="own_value.view", category=Category.CONSULTATION, actor=request.user, obj=found)
    initial = {"known_list": known_list_of(own_list_code(found.type)).pk}
    context = {
        "own_value": found,
        "recognised": recognised,
        "reports": reports_of(own_key(recognised)),
        "listed": known_rows(KnownValue.objects.active().of(recognised).select_related("known_list", "added_by")),
        "waits": found.status == OwnValueStatus.PROPOSED,
        "confirm_form": ConfirmForm(initial=initial),
        "decline_form": DeclineForm(),
        **forms,
    }
    return render(request, "indicators/proposal.html", context, status=status)


@require_GET
@require(Permission.KNOWN_VALUES_EDIT)
def proposal(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _page(request, get_own_for(request.user, pk))


@require_POST
@require(Permission.KNOWN_VALUES_EDIT)
def confirm(request: PersonRequest, pk: UUID) -> HttpResponse:
    found, form = get_own_for(request.user, pk), ConfirmForm(request.POST)
    if form.is_valid():
        try:
            own_value_confirm(actor=request.user, own_value=found, **form.cleaned_data)
        except ApplicationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The value is confirmed, and makes no matches from now on."))
            return redirect("indicators:proposals")
    return _page(request, found, status=422, confirm_form=form)


@require_POST
@require(Permission.KNOWN_VALUES_EDIT)
def decline(request: PersonRequest, pk: UUID) -> HttpResponse:
    found, form = get_own_for(request.user, pk), DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, decline_form=form)
    own_value_decline(actor=request.user, own_value=found, note=form.cleaned_data["note"])
    messages.success(request, _("The value is not confirmed. The member reads your note."))
    return redirect("indicators:proposals")
