"""What an agency answers: acknowledge, accept, decline, conclude, and what the submitters may be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.accounts.models import User
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.referrals.forms import AcceptForm, AcknowledgeForm, ConcludeForm, DeclineForm, ReleaseForm, TellForm
from efc_portal.referrals.models import Referral
from efc_portal.referrals.selectors import get_referral_for
from efc_portal.referrals.services import (
    referral_accept,
    referral_acknowledge,
    referral_conclude,
    referral_decline,
    referral_release,
)

Do = Callable[[Referral, Any, User], None]


def _answer(
    request: PersonRequest, pk: UUID, *, form_class: type[ReleaseForm], name: str, done: Any, do: Do
) -> HttpResponse:
    """One page, one form, one step: the answer and the release commit together."""
    referral = get_referral_for(request.user, pk)
    form = form_class(request.POST or None, referral=referral)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            do(referral, form, request.user)
            if release := form.release():
                kind, at = release
                referral_release(referral=referral, kind=kind, release_at=at, actor=request.user)
        messages.success(request, done)
        return redirect("referrals:detail", pk=pk)
    status = 422 if request.method == "POST" else 200
    return render(request, f"referrals/{name}.html", {"referral": referral, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@require(Permission.REFERRAL_ANSWER)
def acknowledge(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _answer(
        request,
        pk,
        form_class=AcknowledgeForm,
        name="acknowledge",
        done=_("Acknowledged. The secretariat sees that you have it."),
        do=lambda referral, form, actor: referral_acknowledge(referral=referral, actor=actor),
    )


@require_http_methods(["GET", "POST"])
@require(Permission.REFERRAL_ANSWER)
def accept(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _answer(
        request,
        pk,
        form_class=AcceptForm,
        name="accept",
        done=_("Accepted."),
        do=lambda referral, form, actor: referral_accept(
            referral=referral, note=form.cleaned_data["note"], actor=actor
        ),
    )


@require_http_methods(["GET", "POST"])
@require(Permission.REFERRAL_ANSWER)
def decline(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _answer(
        request,
        pk,
        form_class=DeclineForm,
        name="decline",
        done=_("Declined. The secretariat was told."),
        do=lambda referral, form, actor: referral_decline(
            referral=referral, reason=form.cleaned_data["reason"], note=form.cleaned_data["note"], actor=actor
        ),
    )


@require_http_methods(["GET", "POST"])
@require(Permission.REFERRAL_ANSWER)
def conclude(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _answer(
        request,
        pk,
        form_class=ConcludeForm,
        name="conclude",
        done=_("Thank you. The outcome was reported to the secretariat."),
        do=lambda referral, form, actor: referral_conclude(
            referral=referral, outcomes=form.outcomes(), note=form.cleaned_data["note"], actor=actor
        ),
    )


@require_http_methods(["GET", "POST"])
@require(Permission.REFERRAL_ANSWER)
def tell(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Release something more, apart from an answer."""
    return _answer(
        request,
        pk,
        form_class=TellForm,
        name="tell",
        done=_("The submitters will see this from the time you chose."),
        do=lambda referral, form, actor: None,
    )
