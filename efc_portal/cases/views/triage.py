"""The queue, and what an officer does with one submission."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.cases.enums import CaseStatus
from efc_portal.cases.forms import AcceptForm, AskForm, DeclineForm, QueueFilterForm
from efc_portal.cases.models import Case
from efc_portal.cases.related import related_elsewhere
from efc_portal.cases.selectors import (
    LISTED,
    QUEUE,
    MatchRow,
    get_triage_for,
    match_counts,
    matches_of,
    may_open,
    triage_pace,
    triage_queue,
)
from efc_portal.cases.services import submission_accept, submission_accept_into_new_case, submission_decline
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Submission
from efc_portal.submissions.presentation import methods_text, submission_facts
from efc_portal.submissions.selectors import value_texts
from efc_portal.submissions.services import submission_ask
from efc_portal.submissions.services.withdrawals import may_withdraw
from efc_portal.submissions.timeline import submission_timeline
from efc_portal.submissions.views.identifiers import identifiers_page
from efc_portal.submissions.views.values import withdrawal_page

PER_PAGE = 25
COLUMNS = [
    {"label": _("State")},
    {"label": _("Reference")},
    {"label": _("Submission")},
    {"label": _("Method")},
    {"label": _("Value"), "num": True},
    {"label": _("Matches"), "num": True},
    {"label": pgettext_lazy("how long", "Waiting"), "num": True},
    {"label": _("Marks")},
]


@require_GET
@require(Permission.SUBMISSION_TRIAGE)
def queue(request: PersonRequest) -> HttpResponse:
    waiting = triage_queue(request.user)
    ours = waiting.filter(status=SubmissionStatus.TRIAGE)
    filters = QueueFilterForm(request.GET)
    found = filters.apply(waiting).select_related("data_key", "organisation")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    values, matches = value_texts(page.object_list), match_counts(page.object_list)
    rows = [
        {
            "submission": one,
            "value": values.get(one.pk, ""),
            "matches": matches.get(one.pk, 0),
            "methods": methods_text(one),
        }
        for one in page.object_list
    ]
    if rows:
        audit_record(
            action="submission.list",
            category=Category.CONSULTATION,
            actor=request.user,
            references=[str(one) for one in page.object_list],
        )
    return render(
        request,
        "cases/triage.html",
        {
            "filters": filters,
            "page": page,
            "rows": rows,
            "columns": COLUMNS,
            "waiting": ours.count(),
            "first": ours.values_list("pk", flat=True).first(),
            "pace": triage_pace(),
        },
    )


def _accept_form(request: PersonRequest, matches: list[MatchRow], **kwargs: Any) -> AcceptForm:
    """The form that proposes the open cases which share an identifier."""
    cases = Case.objects.visible_to(request.user).filter(status=CaseStatus.OPEN).select_related("data_key")
    proposed = {row.case.pk: row.case for row in matches if row.case and row.case.status == CaseStatus.OPEN}
    return AcceptForm(proposed=list(proposed.values()), cases=cases, **kwargs)


def _detail(request: PersonRequest, submission: Submission, *, status: int = 200, **forms: Any) -> HttpResponse:
    """A submission before an officer. One that lies in a case opens as the case does: to whoever stated why."""
    entry = getattr(submission, "case_entry", None)
    if entry and not may_open(entry.case, request.user):
        return redirect("cases:consult", pk=entry.case_id)
    audit_record(action="submission.view", category=Category.CONSULTATION, actor=request.user, obj=submission)
    matches = matches_of([submission])
    may_decide = submission.status in QUEUE and access_of(request.user).may(Permission.SUBMISSION_TRIAGE)
    return render(
        request,
        "cases/triage_detail.html",
        {
            "submission": submission,
            "case": entry.case if entry else None,
            "matches": matches,
            "matches_listed": LISTED if len(matches) >= LISTED else 0,
            "timeline": submission_timeline(submission),
            "thread": submission.messages.select_related("submission__data_key", "author"),
            "may_decide": may_decide,
            "accept_form": _accept_form(request, matches, initial={"title": submission.title[:120]}),
            "ask_form": AskForm(),
            "decline_form": DeclineForm(),
            "related": related_elsewhere(request.user, [submission]),
            **submission_facts(
                submission,
                for_officer=True,
                withdraw="cases:value_withdraw" if may_withdraw(request.user, submission) else "",
            ),
            **forms,
        },
        status=status,
    )


@require_GET
@require(Permission.SUBMISSION_TRIAGE, Permission.CASE_WORK)
def detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _detail(request, get_triage_for(request.user, pk))


@require_GET
@require(Permission.SUBMISSION_TRIAGE, Permission.CASE_WORK)
def identifiers(request: PersonRequest, pk: UUID) -> HttpResponse:
    """All identifiers, page by page: to whoever may open the submission itself."""
    submission = get_triage_for(request.user, pk)
    entry = getattr(submission, "case_entry", None)
    if entry and not may_open(entry.case, request.user):
        return redirect("cases:consult", pk=entry.case_id)
    back = reverse("cases:triage_detail", args=[pk])
    return identifiers_page(request, submission, back=back, for_officer=True)


@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_TRIAGE)
def withdraw_value(request: PersonRequest, pk: UUID, identifier: int) -> HttpResponse:
    """An officer takes a value back, where the submitter cannot or does not."""
    submission = get_triage_for(request.user, pk)
    entry = getattr(submission, "case_entry", None)
    if entry and not may_open(entry.case, request.user):
        return redirect("cases:consult", pk=entry.case_id)
    return withdrawal_page(request, submission, identifier, back="cases:triage_detail")


@require_POST
@require(Permission.SUBMISSION_TRIAGE)
def accept(request: PersonRequest, pk: UUID) -> HttpResponse:
    submission = get_triage_for(request.user, pk)
    form = _accept_form(request, matches_of([submission]), data=request.POST)
    if not form.is_valid():
        return _detail(request, submission, status=422, accept_form=form)
    case = form.cleaned_data.get("found")
    if case is None:
        case = submission_accept_into_new_case(
            submission=submission, title=form.cleaned_data["title"], actor=request.user
        )
    else:
        submission_accept(submission=submission, case=case, actor=request.user)
    messages.success(
        request,
        _("%(submission)s is now in case %(case)s.") % {"submission": submission.reference, "case": case.reference},
    )
    return redirect("cases:detail", pk=case.pk)


@require_POST
@require(Permission.SUBMISSION_TRIAGE)
def ask(request: PersonRequest, pk: UUID) -> HttpResponse:
    submission = get_triage_for(request.user, pk)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _detail(request, submission, status=422, ask_form=form)
    submission_ask(submission=submission, body=form.cleaned_data["body"], actor=request.user)
    messages.success(request, _("Your question was sent to the submitting organisation."))
    return redirect("cases:triage_detail", pk=pk)


@require_POST
@require(Permission.SUBMISSION_TRIAGE)
def decline(request: PersonRequest, pk: UUID) -> HttpResponse:
    submission = get_triage_for(request.user, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _detail(request, submission, status=422, decline_form=form)
    submission_decline(submission=submission, actor=request.user, **form.cleaned_data)
    messages.success(request, _("%(submission)s was declined.") % {"submission": submission.reference})
    return redirect("cases:triage")
