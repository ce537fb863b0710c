"""Taking one value of a submission back: asked first, then done, for its own organisation and for officers alike."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.permissions import Permission
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised
from efc_portal.partners.decorators import require
from efc_portal.submissions.forms.withdrawal import WithdrawalForm
from efc_portal.submissions.models import Submission
from efc_portal.submissions.selectors import get_submission_for
from efc_portal.submissions.services import value_withdraw


@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_CREATE)
def withdraw(request: PersonRequest, pk: UUID, identifier: int) -> HttpResponse:
    submission = get_submission_for(request.user, pk)
    return withdrawal_page(request, submission, identifier, back="submissions:detail")


def withdrawal_page(request: PersonRequest, submission: Submission, pk: int, *, back: str) -> HttpResponse:
    """The page that asks why, and what it answers; `back` names the submission's page of this reader."""
    stands = Identifier.objects.filter(sightings__submission=submission).distinct().select_related("data_key")
    identifier = get_object_or_404(stands, pk=pk)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        value_withdraw(
            submission=submission, identifier=identifier, reason=form.cleaned_data["reason"], actor=request.user
        )
        messages.success(request, _("The value was taken back. Whoever received it is told."))
        return redirect(back, pk=submission.pk)
    audit_record(action="submission.view", category=Category.CONSULTATION, actor=request.user, obj=submission, count=1)
    shown = Recognised(identifier.type, identifier_open([identifier])[identifier.pk])
    return render(
        request,
        "submissions/withdraw_value.html",
        {"submission": submission, "value": shown, "form": form, "back": back},
        status=422 if request.method == "POST" else 200,
    )
