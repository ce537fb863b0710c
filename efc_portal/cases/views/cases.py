"""Cases: the list, one case, and what officers do with it."""

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
from efc_portal.cases.forms import CaseFilterForm, ConsultationForm, JustificationForm, NoteForm
from efc_portal.cases.models import Case
from efc_portal.cases.selectors import LISTED, cases_for, get_case_for, identifiers_of, matches_of, may_open
from efc_portal.cases.services import case_close, case_consult, case_note_add, case_reopen
from efc_portal.cases.timeline import case_timeline
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.models import Submission
from efc_portal.submissions.selectors import value_texts

PER_PAGE = 25
COLUMNS = [
    {"label": _("State"), "key": "status"},
    {"label": _("Reference"), "key": "reference"},
    {"label": _("Case")},
    {"label": _("Led by")},
    {"label": _("Submissions"), "key": "number", "num": True},
    {"label": _("Opened"), "key": "opened_at", "num": True},
]


@require_GET
@require(Permission.CASE_WORK)
def case_list(request: PersonRequest) -> HttpResponse:
    filters = CaseFilterForm(request.GET)
    sort = request.GET.get("sort", "")
    found = filters.apply(cases_for(request.user), request.user, sort=sort)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        audit_record(
            action="case.list",
            category=Category.CONSULTATION,
            actor=request.user,
            references=[case.reference for case in page.object_list],
        )
    context = {"filters": filters, "page": page, "columns": COLUMNS, "sort": sort or "-opened_at"}
    return render(request, "cases/list.html", context)


def _detail(request: PersonRequest, case: Case, *, status: int = 200, **forms: Any) -> HttpResponse:
    submissions = list(
        Submission.objects.filter(case_entry__case=case)
        .select_related("data_key", "organisation")
        .order_by("case_entry__added_at")
    )
    values = value_texts(submissions)
    identifiers, matches = identifiers_of(case, request.user), matches_of(submissions, outside=True)
    return render(
        request,
        "cases/detail.html",
        {
            "case": case,
            "submissions": [{"submission": one, "value": values.get(one.pk, "")} for one in submissions],
            "identifiers": identifiers,
            "identifiers_listed": any(one.file_rows for one in submissions) or len(identifiers) >= LISTED,
            "matches": matches,
            "matches_listed": LISTED if len(matches) >= LISTED else 0,
            "notes": case.notes.select_related("case__data_key", "author"),
            "referrals": case.referrals.select_related("agency__organisation").order_by("-created_at"),
            "timeline": case_timeline(case, reader=request.user),
            "may_draft": access_of(request.user).may(Permission.REFERRAL_DRAFT),
            "note_form": NoteForm(),
            "justification_form": JustificationForm(),
            **forms,
        },
        status=status,
    )


@require_GET
@require(Permission.CASE_WORK)
def detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A case, to its lead and to whoever stated why; everybody else is asked first."""
    case = get_case_for(request.user, pk)
    if not may_open(case, request.user):
        return redirect("cases:consult", pk=pk)
    audit_record(action="case.view", category=Category.CONSULTATION, actor=request.user, obj=case)
    return _detail(request, case)


@require_http_methods(["GET", "POST"])
@require(Permission.CASE_WORK)
def consult(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = get_case_for(request.user, pk)
    form = ConsultationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        case_consult(case=case, justification=form.justification(), actor=request.user)
        return redirect("cases:detail", pk=pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/consult.html", {"case": case, "form": form}, status=status)


def _opened(request: PersonRequest, pk: UUID) -> Case | None:
    """The case, if the person may work on it now without stating a reason first."""
    case = get_case_for(request.user, pk)
    return case if may_open(case, request.user) else None


@require_POST
@require(Permission.CASE_WORK)
def note_add(request: PersonRequest, pk: UUID) -> HttpResponse:
    if (case := _opened(request, pk)) is None:
        return redirect("cases:consult", pk=pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _detail(request, case, status=422, note_form=form)
    case_note_add(case=case, body=form.cleaned_data["body"], actor=request.user)
    messages.success(request, _("The note was added."))
    return redirect("cases:detail", pk=pk)


@require_POST
@require(Permission.CASE_WORK)
def close(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _justified(request, pk, case_close, _("The case was closed."))


@require_POST
@require(Permission.CASE_WORK)
def reopen(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _justified(request, pk, case_reopen, _("The case is open again."))


def _justified(request: PersonRequest, pk: UUID, service: Any, done: Any) -> HttpResponse:
    if (case := _opened(request, pk)) is None:
        return redirect("cases:consult", pk=pk)
    form = JustificationForm(request.POST)
    if not form.is_valid():
        return _detail(request, case, status=422, justification_form=form)
    service(case=case, justification=form.cleaned_data["justification"], actor=request.user)
    messages.success(request, done)
    return redirect("cases:detail", pk=pk)
