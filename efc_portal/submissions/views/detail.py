"""A submission that was sent: where it stands, what was said, what came back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Submission
from efc_portal.submissions.presentation import receipt_pairs, submission_facts
from efc_portal.submissions.selectors import get_submission_for
from efc_portal.submissions.services import submission_answer
from efc_portal.submissions.services.withdrawals import may_withdraw
from efc_portal.submissions.timeline import is_running, progress_of, submission_timeline

WRITABLE = (SubmissionStatus.TRIAGE, SubmissionStatus.ASKED, SubmissionStatus.ACCEPTED)


def _context(request: PersonRequest, submission: Submission, **context: Any) -> dict[str, Any]:
    return {
        "submission": submission,
        "timeline": submission_timeline(submission),
        "progress": progress_of(submission),
        "running": is_running(submission),
        **submission_facts(
            submission,
            for_officer=False,
            withdraw="submissions:value_withdraw" if may_withdraw(request.user, submission) else "",
        ),
        "thread": submission.messages.select_related("submission__data_key", "author"),
        "may_write": submission.status in WRITABLE and access_of(request.user).may(Permission.SUBMISSION_CREATE),
        **context,
    }


@require_GET
@require(Permission.SUBMISSION_VIEW_OWN)
def detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    draft = Submission.objects.visible_to(request.user).filter(pk=pk, status=SubmissionStatus.DRAFT)
    if draft.exists():
        return redirect("submissions:edit", pk=pk, step="what")
    submission = get_submission_for(request.user, pk)
    audit_record(action="submission.view", category=Category.CONSULTATION, actor=request.user, obj=submission)
    return render(request, "submissions/detail.html", _context(request, submission))


@require_GET
@require(Permission.SUBMISSION_VIEW_OWN)
def progress(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The live part of the page: asked for every second or two until the workflow is through."""
    submission = get_submission_for(request.user, pk)
    running = is_running(submission)
    response = render(
        request,
        "submissions/_progress.html",
        {
            "submission": submission,
            "progress": progress_of(submission),
            "running": running,
            "timeline": submission_timeline(submission),
        },
    )
    if not running:  # the rest of the page, its state, payments and countries, is as it was before
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
@require(Permission.SUBMISSION_VIEW_OWN)
def receipt(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What was received and when, to print or file. It holds no content beyond the title."""
    submission = get_submission_for(request.user, pk)
    audit_record(action="submission.receipt", category=Category.CONSULTATION, actor=request.user, obj=submission)
    return render(
        request,
        "submissions/receipt.html",
        {"submission": submission, "receipt_rows": receipt_pairs(submission)},
    )


@require_POST
@require(Permission.SUBMISSION_CREATE)
def answer(request: PersonRequest, pk: UUID) -> HttpResponse:
    submission = get_submission_for(request.user, pk)
    if submission.status not in WRITABLE:
        raise ApplicationError(
            _("This submission is closed; nobody would read a further message. Send a new submission.")
        )
    body = request.POST.get("body", "")
    try:
        submission_answer(submission=submission, body=body, actor=request.user)
    except ApplicationError as error:
        return render(
            request,
            "submissions/detail.html",
            _context(
                request,
                submission,
                errors=[{"text": error.message, "url": "#id_body"}],
                answer_error=error.message,
                answer_body=body,
            ),
            status=422,
        )
    messages.success(request, _("Your message was sent to the secretariat."))
    return redirect("submissions:detail", pk=pk)
