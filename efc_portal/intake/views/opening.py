"""Opening a file's address: whoever may see the file gets there, and reads that it was given up when it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from efc_portal.accounts.http import PersonRequest
from efc_portal.intake.models import CancelledIntake, Intake
from efc_portal.intake.selectors import get_intake_for

GONE = 410


def of_intake(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view the file that its address names. What the person may not see is a 404."""

    @wraps(view)
    def opened(request: PersonRequest, pk: UUID, **more: str) -> HttpResponseBase:
        cancelled = CancelledIntake.objects.visible_to(request.user).filter(pk=pk).first()
        if cancelled is not None:
            return _told(request, cancelled)
        return view(request, get_intake_for(request.user, pk), **more)

    return opened


def _told(request: PersonRequest, cancelled: CancelledIntake) -> HttpResponse:
    response = render(request, "intake/cancelled.html", {"cancelled": cancelled}, status=GONE)
    if request.headers.get("HX-Request"):  # a part of a page that is no longer true: the whole is loaded anew
        response.headers["HX-Refresh"] = "true"
    return response


def sent(request: PersonRequest, intake: Intake) -> HttpResponse:
    """The answer where rows to mend of a file stood that was sent since."""
    return render(request, "intake/sent.html", {"intake": intake}, status=GONE)
