"""A member's own values: what it says, and what became of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.indicators.forms.fields import ReasonForm
from efc_portal.indicators.forms.own import OwnFilterForm, OwnValuesForm
from efc_portal.indicators.models import OwnValue
from efc_portal.indicators.presentation import own_rows
from efc_portal.indicators.selectors import get_own_for
from efc_portal.indicators.services import own_value_open, own_value_propose, own_value_withdraw
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of

PER_PAGE = 25
COLUMNS = [
    {"label": _("State")},
    {"label": _("Value")},
    {"label": _("What it is")},
    {"label": _("Proposed")},
    {"label": _("What to do"), "hidden": True},
]


@require_GET
@require(Permission.OWN_VALUES_PROPOSE)
def own(request: PersonRequest) -> HttpResponse:
    filters = OwnFilterForm(request.GET)
    found = filters.apply(OwnValue.objects.visible_to(request.user)).select_related("proposed_by")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        audit_record(
            action="own_value.list",
            category=Category.CONSULTATION,
            actor=request.user,
            ids=[one.pk for one in page.object_list],
        )
    context = {"filters": filters, "page": page, "rows": own_rows(page.object_list), "columns": COLUMNS}
    return render(request, "indicators/own.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.OWN_VALUES_PROPOSE)
def propose(request: PersonRequest) -> HttpResponse:
    """Tell the secretariat of own values: all that were entered, or none."""
    access = access_of(request.user)
    assert access.organisation is not None  # behind `require`
    form = OwnValuesForm(request.POST or None, region=access.country)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                for one in form.recognised:
                    own_value_propose(
                        actor=request.user,
                        organisation=access.organisation,
                        recognised=one,
                        statement=form.cleaned_data["statement"],
                    )
        except ApplicationError as error:
            form.add_error("values", f"{one.display}: {error.message}")
        else:
            messages.success(request, _("The secretariat will look at it. Until then nothing changes."))
            return redirect("indicators:own")
    return render(request, "indicators/own_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.OWN_VALUES_PROPOSE)
def withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask why, then take the organisation's word back."""
    found = get_own_for(request.user, pk)
    if not found.is_open:
        raise Conflict(_("This value is withdrawn, declined or ended already."))
    form = ReasonForm(request.POST or None, label=_("Why is it withdrawn?"))
    if form.is_bound and form.is_valid():
        own_value_withdraw(actor=request.user, own_value=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("It is withdrawn."))
        return redirect("indicators:own")
    context = {"own_value": found, "recognised": own_value_open(found), "form": form}
    return render(request, "indicators/own_withdraw.html", context, status=422 if form.is_bound else 200)
