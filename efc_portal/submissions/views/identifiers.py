"""All identifiers of a submission, page by page, however many there are."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.forms import whole_number
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.submissions.models import Submission
from efc_portal.submissions.presentation import identifier_rows
from efc_portal.submissions.selectors import get_submission_for

PER_PAGE = 100


@require_GET
@require(Permission.SUBMISSION_VIEW_OWN)
def identifiers(request: PersonRequest, pk: UUID) -> HttpResponse:
    submission = get_submission_for(request.user, pk)
    return identifiers_page(request, submission, back=reverse("submissions:detail", args=[pk]), for_officer=False)


def identifiers_page(request: PersonRequest, submission: Submission, *, back: str, for_officer: bool) -> HttpResponse:
    """By position: `after` and `before` name the place where a page begins or ends, so that each costs the same."""
    after, before = whole_number(request.GET.get("after", "")), whole_number(request.GET.get("before", ""))
    found = submission.sightings.select_related("identifier")
    if before is not None:
        rows = list(found.filter(position__lt=before).order_by("-position")[: PER_PAGE + 1])
        earlier, rows = len(rows) > PER_PAGE, rows[:PER_PAGE][::-1]
        later = True
    else:
        rows = list(found.filter(position__gt=-1 if after is None else after)[: PER_PAGE + 1])
        later, rows = len(rows) > PER_PAGE, rows[:PER_PAGE]
        earlier = after is not None
    audit_record(
        action="submission.view", category=Category.CONSULTATION, actor=request.user, obj=submission, count=len(rows)
    )
    context = {
        "submission": submission,
        "back": back,
        "identifiers": identifier_rows(submission, rows, for_officer=for_officer),
        "earlier": rows[0].position if rows and earlier else None,
        "later": rows[-1].position if rows and later else None,
    }
    return render(request, "submissions/identifiers.html", context)
