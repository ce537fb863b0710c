"""The secretariat's pages: the list, one application, its checklist, and the steps taken with it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import step_up
from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.applications.enums import ApplicationStatus, CheckState, DeclineReason
from efc_portal.partners.applications.forms.vetting import ApplicationFilterForm, CheckForm
from efc_portal.partners.applications.presentation import (
    answer_rows,
    cautions_of,
    checklist_of,
    comments_of,
    thread_of,
    votes_of,
    worked_timeline,
)
from efc_portal.partners.applications.selectors import applications_for, duplicates_of, reasons_text, status_counts
from efc_portal.partners.applications.services.vetting import CHECKED_IN, check_set
from efc_portal.partners.applications.services.voting import vote_result
from efc_portal.partners.applications.views.steps import STEPS
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of

PER_PAGE = 25
COLUMNS = [
    {"label": _("State")},
    {"label": _("Reference")},
    {"label": _("Organisation")},
    {"label": _("Sector")},
    {"label": _("Country")},
    {"label": _("Received"), "num": True},
]


@require_GET
@require(Permission.MEMBERS_VIEW)
def application_list(request: PersonRequest) -> HttpResponse:
    """Nothing personal stands in the list."""
    mine = applications_for(request.user)
    countries = mine.order_by().values_list("country", flat=True).distinct()
    filters = ApplicationFilterForm(request.GET, countries=list(countries))
    page = Paginator(filters.apply(mine), PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("application_list")
    sections = [
        {
            "label": state.label,
            "url": f"{here}?status={state}",
            "count": number,
            "current": filters.cleaned_data.get("status") == state,
        }
        for state, number in status_counts(request.user)
    ]
    context = {"filters": filters, "page": page, "columns": COLUMNS, "sections": sections}
    return render(request, "partners/applications/list.html", context)


@require_GET
@require(Permission.MEMBERS_VIEW)
def application_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    application = get_object_or_404(applications_for(request.user), pk=pk)
    audit_record(action="application.view", category=Category.CONSULTATION, actor=request.user, obj=application)
    result = vote_result(application)
    may_act = access_of(request.user).may(Permission.MEMBERS_MANAGE)
    checklist = checklist_of(application)
    may_check = may_act and application.status in CHECKED_IN
    may_ask = may_act and application.status == ApplicationStatus.VETTING
    context = {
        "application": application,
        "groups": answer_rows(application, application.answers),
        "checklist": checklist,
        "may_check": may_check,
        "open_items": sum(one.state == CheckState.OPEN for one in checklist) if may_ask else 0,
        "cautions": cautions_of(application),
        "alike": [{"one": one, "reasons": reasons_text(one.reasons)} for one in duplicates_of(application)],
        "thread": thread_of(application),
        "comments": comments_of(application),
        "votes": votes_of(application),
        "result": result,
        "events": worked_timeline(application, reader=request.user),
        "reasons": [DeclineReason(code).label for code in application.decline_reasons],
        "steps": [step for step in STEPS.values() if may_act and step.is_open(application, result)],
    }
    return render(request, "partners/applications/detail.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def application_check(request: PersonRequest, pk: UUID, item: str) -> HttpResponse:
    """One item of the checklist: what was found, and the evidence."""
    application = get_object_or_404(applications_for(request.user), pk=pk)
    checked = next((one for one in checklist_of(application) if one.item.code == item), None)
    if checked is None or application.status not in CHECKED_IN:
        raise Http404
    initial = {"state": checked.state, "evidence": checked.evidence}
    form = CheckForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            check_set(application=application, item=item, actor=request.user, **form.cleaned_data)
        except ApplicationError as error:
            form.add_error("evidence", error.message)
        else:
            messages.success(request, _("The item is recorded."))
            return redirect(f"{reverse('application_detail', args=[pk])}#checklist")
    context = {"application": application, "form": form, "item": checked.item}
    return render(request, "partners/applications/check.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def application_step(request: PersonRequest, pk: UUID, step: str) -> HttpResponse:
    """Ask, then do it."""
    application = get_object_or_404(applications_for(request.user), pk=pk)
    wanted = STEPS.get(step)
    if wanted is None:
        raise Http404
    form = wanted.form(request.POST if request.method == "POST" else None, application=application)
    if request.method == "POST":
        if wanted.needs_factor:
            step_up(request)
        if form.is_valid():
            try:
                wanted.act(application, form.cleaned_data, request.user)
            except ApplicationError as error:
                if error.status != 400:
                    raise
                form.add_error(None, error.message)
            else:
                messages.success(request, str(wanted.done))
                return redirect("application_detail", pk=pk)
    context = {"application": application, "form": form, "step": wanted}
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/applications/step.html", context, status=status)
