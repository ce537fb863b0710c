"""Lost second factors: asked for, approved by another, stopped by the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.enums import FactorResetStatus
from efc_portal.partners.models import FactorReset
from efc_portal.partners.people.forms import ReasonForm
from efc_portal.partners.people.resets import (
    factor_reset_approve,
    factor_reset_ask,
    factor_reset_cancel,
    factor_reset_refuse,
    factor_reset_stop,
)
from efc_portal.partners.people.selectors import history_of, memberships_for, reset_open_of, resets_for

STEPS: dict[str, tuple[Callable[..., None], Any]] = {
    "approve": (factor_reset_approve, gettext_lazy("It is approved, and done when the wait is over.")),
    "refuse": (factor_reset_refuse, gettext_lazy("It is refused. Nothing was taken off.")),
    "cancel": (factor_reset_cancel, gettext_lazy("It is cancelled. Nothing was taken off.")),
}


@require_http_methods(["GET", "POST"])
@require(Permission.PEOPLE_MANAGE)
@recently_authenticated
def ask(request: PersonRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(memberships_for(request.user).filter(ended_at=None), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factor_reset_ask(actor=request.user, membership=one, reason=form.cleaned_data["reason"])
        except ApplicationError as error:
            if error.status != 400:
                raise
            form.add_error(None, error.message)
        else:
            messages.success(request, _("It waits for a second person. %(name)s is told by mail.") % {"name": one.user})
            return redirect("person", pk=one.pk)
    context = {
        "one": one,
        "form": form,
        "title": _("Has %(name)s lost their second factor?") % {"name": one.user},
        "lead": _(
            "Speak with them first, by telephone or face to face: somebody may pretend to be them. A second person "
            "has to approve it, and then %(hours)s hours pass. They are told by mail and can stop it at any time."
        )
        % {"hours": settings.FACTOR_RESET_WAIT_HOURS},
        "submit": _("Ask for the reset"),
    }
    return render(request, "partners/people/step.html", context, status=422 if form.is_bound else 200)


@require_GET
@require(Permission.PEOPLE_MANAGE)
def resets(request: PersonRequest) -> HttpResponse:
    """All that are open, of whomever one looks after."""
    return render(
        request, "partners/people/resets.html", {"resets": resets_for(request.user).filter(status__in=FactorReset.OPEN)}
    )


@require_GET
@require(Permission.PEOPLE_MANAGE)
def reset(request: PersonRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(resets_for(request.user), pk=pk)
    place = memberships_for(request.user).filter(user=one.user, organisation=one.organisation).latest("started_at")
    context = {
        "reset": one,
        "place": place,
        "history": history_of(place, reader=request.user),
        "is_asker": one.asked_by_id == request.user.pk,
        "is_oneself": one.user_id == request.user.pk,
        "is_asked": one.status == FactorResetStatus.ASKED,
        "hours": settings.FACTOR_RESET_WAIT_HOURS,
    }
    return render(request, "partners/people/reset.html", context)


@require_POST
@require(Permission.PEOPLE_MANAGE)
@recently_authenticated
def reset_step(request: PersonRequest, pk: UUID, step: str) -> HttpResponse:
    one = get_object_or_404(resets_for(request.user), pk=pk)
    if step not in STEPS:
        raise Http404
    service, done = STEPS[step]
    service(actor=request.user, reset=one)
    messages.success(request, done)
    return redirect("factor_reset", pk=one.pk)


@require_http_methods(["GET", "POST"])
@login_required
def own(request: PersonRequest) -> HttpResponse:
    """One's own, when there is one: what is going on, and the button that stops it."""
    one = reset_open_of(request.user)
    if request.method == "POST" and one:
        factor_reset_stop(reset=one, channel="account")
        messages.success(request, _("It is stopped, and your second factors stay. Whoever asked for it is told."))
        return redirect("accounts_profile")
    return render(request, "partners/people/reset_own.html", {"reset": one}, status=200 if one else 404)
