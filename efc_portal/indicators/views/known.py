"""The lists of known values, for who keeps them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.forms.fields import ReasonForm, ValueForm
from efc_portal.indicators.forms.known import KnownFilterForm, KnownListForm, KnownValueForm
from efc_portal.indicators.match_keys import own_key, wider_keys
from efc_portal.indicators.models import KnownValue
from efc_portal.indicators.presentation import known_history, known_pairs, known_rows
from efc_portal.indicators.selectors import get_known_for, known_lists, reports_of
from efc_portal.indicators.services import known_list_make, known_value_add, known_value_open, own_values_end
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of

PER_PAGE = 25
COLUMNS = [
    {"label": _("Value")},
    {"label": _("List")},
    {"label": _("What it does")},
    {"label": _("Reason")},
    {"label": _("Added")},
]


@require_GET
@require(Permission.KNOWN_VALUES_EDIT)
def known_list(request: PersonRequest) -> HttpResponse:
    filters = KnownFilterForm(request.GET)
    found = filters.apply(KnownValue.objects.visible_to(request.user)).select_related("known_list", "added_by")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        audit_record(
            action="known_value.list",
            category=Category.CONSULTATION,
            actor=request.user,
            ids=[one.pk for one in page.object_list],
        )
    context = {
        "filters": filters,
        "page": page,
        "rows": known_rows(page.object_list),
        "columns": COLUMNS,
        "find_form": ValueForm(),
    }
    return render(request, "indicators/known.html", context)


@require_POST
@require(Permission.KNOWN_VALUES_EDIT)
def find(request: PersonRequest) -> HttpResponse:
    """Whether a value stands on a list. It travels in the body, so that no address and no log holds it."""
    form = ValueForm(request.POST, region=access_of(request.user).country)
    context: dict[str, Any] = {"form": form, "columns": COLUMNS}
    if form.is_valid() and (one := form.recognised):
        entries = KnownValue.objects.visible_to(request.user).select_related("known_list", "added_by")
        found = list(entries.of(one))
        wider = entries.active().filter(match_key__in=wider_keys(one), covers_below=True)
        audit_record(
            action="known_value.find",
            category=Category.CONSULTATION,
            actor=request.user,
            kind=one.type,
            ids=[entry.pk for entry in found],
        )
        context |= {
            "recognised": one,
            "rows": known_rows(found),
            "wider": known_rows(wider),
            "listed": any(entry.is_active for entry in found),
        }
    return render(request, "indicators/known_find.html", context, status=200 if form.is_valid() else 422)


@require_http_methods(["GET", "POST"])
@require(Permission.KNOWN_VALUES_EDIT)
def new(request: PersonRequest) -> HttpResponse:
    """Put one value on a list."""
    region = access_of(request.user).country
    if "prefill" in request.POST:  # from the page that looked for it
        form = KnownValueForm(initial={"value": request.POST.get("value"), "type": request.POST.get("type")})
    else:
        form = KnownValueForm(request.POST or None, region=region)
    if form.is_bound and form.is_valid() and (added := _added(request, form)):
        return redirect("indicators:known_entry", pk=added.pk)
    return render(request, "indicators/known_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.KNOWN_VALUES_EDIT)
def again(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Put a value that was taken off its list back on one, as a new entry."""
    entry = get_known_for(request.user, pk)
    if KnownValue.objects.active().of(known_value_open(entry)).exists():
        raise Conflict(_("This value is on a list already. End that entry first to change it."))
    initial = {
        "known_list": entry.known_list_id,
        "effect": entry.effect,
        "covers_below": entry.covers_below,
        "reason": entry.reason,
    }
    form = KnownValueForm(request.POST or None, initial=initial, again=known_value_open(entry))
    if form.is_bound and form.is_valid() and (added := _added(request, form)):
        return redirect("indicators:known_entry", pk=added.pk)
    context = {"form": form, "entry": entry, "recognised": form.recognised}
    return render(request, "indicators/known_new.html", context, status=422 if form.is_bound else 200)


def _added(request: PersonRequest, form: KnownValueForm) -> KnownValue | None:
    """The entry that a valid form makes; None, with the reason in the form, if it cannot."""
    written = form.cleaned_data
    assert form.recognised is not None
    try:
        added = known_value_add(
            actor=request.user,
            recognised=form.recognised,
            effect=KnownEffect(written["effect"]),
            reason=written["reason"],
            known_list=written["known_list"],
            covers_below=written["covers_below"],
        )
    except ApplicationError as error:
        form.add_error(None, error.message)
        return None
    messages.success(request, _("The value is on the list from now on."))
    return added


@require_GET
@require(Permission.KNOWN_VALUES_EDIT)
def entry(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One entry, every earlier one of the same value, and how often the value is reported."""
    found = get_known_for(request.user, pk)
    recognised = known_value_open(found)
    audit_record(action="known_value.view", category=Category.CONSULTATION, actor=request.user, obj=found)
    entries = KnownValue.objects.of(recognised).select_related("known_list", "added_by", "ended_by")
    history = list(entries)
    context = {
        "entry": found,
        "recognised": recognised,
        "pairs": known_pairs(found, recognised),
        "reports": reports_of(own_key(recognised)),
        "history": known_history(history),
        "may_add": not any(one.is_active for one in history),
    }
    return render(request, "indicators/known_entry.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.KNOWN_VALUES_EDIT)
def end(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask why, then take a value off its list."""
    found = get_known_for(request.user, pk)
    if not found.is_active:
        raise Conflict(_("This entry has ended already."))
    form = ReasonForm(request.POST or None, label=_("Why does this entry end?"))
    if form.is_bound and form.is_valid():
        own_values_end(actor=request.user, known_value=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("The entry has ended. Matches by this value count again within moments."))
        return redirect("indicators:known_entry", pk=pk)
    context = {"entry": found, "recognised": known_value_open(found), "form": form}
    return render(request, "indicators/known_end.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.KNOWN_VALUES_EDIT)
def lists(request: PersonRequest) -> HttpResponse:
    """All lists, and a form for a new one."""
    form = KnownListForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            known_list_make(actor=request.user, **form.cleaned_data)
        except ApplicationError as error:
            form.add_error("name", error.message)
        else:
            messages.success(request, _("The list is there. Put values on it."))
            return redirect("indicators:lists")
    context = {"form": form, "lists": known_lists()}
    return render(request, "indicators/lists.html", context, status=422 if form.is_bound else 200)
