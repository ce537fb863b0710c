"""Drafting, approving, giving back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.cases.forms import JustificationForm
from efc_portal.cases.models import Case
from efc_portal.cases.selectors import get_case_for, may_open
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.referrals.content import text_of
from efc_portal.referrals.enums import ReferralStatus
from efc_portal.referrals.forms import ReferralForm, ReturnForm
from efc_portal.referrals.models import Referral
from efc_portal.referrals.routing import routing_proposals
from efc_portal.referrals.selectors import get_referral_for
from efc_portal.referrals.services import (
    referral_approve,
    referral_draft,
    referral_propose,
    referral_return,
    referral_revise,
    referral_withdraw,
)
from efc_portal.referrals.views.detail import referral_page
from efc_portal.submissions.models import Submission


def _form(case: Case, data: Any = None, initial: dict[str, Any] | None = None) -> ReferralForm:
    submissions = list(
        Submission.objects.filter(case_entry__case=case).select_related("data_key").order_by("reference")
    )
    proposals = routing_proposals(submissions)
    best = next((one for one in proposals if not one.obstacle), None)
    first = {
        "agency": str(best.agency.pk) if best else "",
        "routing_reason": best.reason if best else "",
        "submissions": [str(one.pk) for one in submissions],
        "title": case.title,
        **(initial or {}),
    }
    return ReferralForm(data, initial=first, proposals=proposals, submissions=submissions)


def _draft_page(
    request: PersonRequest, case: Case, form: ReferralForm, *, referral: Referral | None = None, error: str = ""
) -> HttpResponse:
    heading = _("Change %(reference)s") % {"reference": referral.reference} if referral else _("Draft a referral")
    context = {
        "heading": heading,
        "case": case,
        "form": form,
        "referral": referral,
        "errors": [{"text": error}] if error else [],
        "blocked": form.blocked(),
    }
    return render(request, "referrals/draft.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.REFERRAL_DRAFT)
def new(request: PersonRequest, case: UUID) -> HttpResponse:
    found = get_case_for(request.user, case)
    if not may_open(found, request.user):
        return redirect("cases:consult", pk=found.pk)
    form = _form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            referral = referral_draft(
                case=found,
                agency=form.agency_chosen(),
                submissions=form.submissions_chosen(),
                text=form.text(),
                actor=request.user,
            )
        except ApplicationError as error:
            return _draft_page(request, found, form, error=error.message)
        return redirect("referrals:detail", pk=referral.pk)
    return _draft_page(request, found, form)


@require_http_methods(["GET", "POST"])
@require(Permission.REFERRAL_DRAFT)
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    referral = get_referral_for(request.user, pk)
    if referral.status != ReferralStatus.DRAFT:
        return redirect("referrals:detail", pk=pk)
    if not may_open(referral.case, request.user):  # the form shows the case, and all of its submissions
        return redirect("cases:consult", pk=referral.case_id)
    initial = {
        **asdict(text_of(referral)),
        "agency": str(referral.agency_id),
        "submissions": [str(one) for one in referral.submissions.values_list("pk", flat=True)],
    }
    form = _form(referral.case, request.POST or None, initial)
    if request.method == "POST" and form.is_valid():
        try:
            referral_revise(
                referral=referral,
                agency=form.agency_chosen(),
                submissions=form.submissions_chosen(),
                text=form.text(),
                actor=request.user,
            )
        except ApplicationError as error:
            return _draft_page(request, referral.case, form, referral=referral, error=error.message)
        messages.success(request, _("The draft was saved."))
        return redirect("referrals:detail", pk=pk)
    return _draft_page(request, referral.case, form, referral=referral)


@require_POST
@require(Permission.REFERRAL_DRAFT)
def propose(request: PersonRequest, pk: UUID) -> HttpResponse:
    referral_propose(referral=get_referral_for(request.user, pk), actor=request.user)
    messages.success(request, _("The managers were told that this referral waits for approval."))
    return redirect("referrals:detail", pk=pk)


@require_http_methods(["GET", "POST"])
@require(Permission.REFERRAL_APPROVE)
@recently_authenticated
def approve(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show what will leave the portal, and for whom; approve it on the second press."""
    referral = get_referral_for(request.user, pk)
    if request.method == "GET":
        return referral_page(request, referral, confirm_approval=True)
    referral_approve(referral=referral, actor=request.user)
    messages.success(request, _("Approved. The package is being built, encrypted and delivered."))
    return redirect("referrals:detail", pk=pk)


@require_http_methods(["GET", "POST"])
@require(Permission.REFERRAL_APPROVE)
def give_back(request: PersonRequest, pk: UUID) -> HttpResponse:
    referral = get_object_or_404(Referral.objects.visible_to(request.user).select_related("data_key"), pk=pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        referral_return(referral=referral, note=form.cleaned_data["note"], actor=request.user)
        messages.success(request, _("The referral went back to its author."))
        return redirect("referrals:detail", pk=pk)
    context = {"referral": referral, "form": form}
    return render(request, "referrals/return.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.REFERRAL_DRAFT)
def withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    referral = get_object_or_404(Referral.objects.visible_to(request.user), pk=pk)
    form = JustificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        referral_withdraw(referral=referral, justification=form.cleaned_data["justification"], actor=request.user)
        messages.success(request, _("The referral was withdrawn."))
        return redirect("referrals:detail", pk=pk)
    context = {"referral": referral, "form": form}
    return render(request, "referrals/withdraw.html", context, status=422 if form.is_bound else 200)
