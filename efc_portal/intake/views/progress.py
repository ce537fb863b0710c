"""A file that is being checked, and what was found: live while it changes, and the steps a person may take."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.permissions import Permission
from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import Intake
from efc_portal.intake.presentation import broken_page, summary_of
from efc_portal.intake.selectors import progress_of
from efc_portal.intake.services import intake_cancel, intake_pause, intake_resume
from efc_portal.intake.transitions import INTAKE
from efc_portal.intake.views.opening import of_intake
from efc_portal.partners.decorators import require

# Each step a person may take: the button, the question before it, and what is said when it is done.
STEPS: dict[str, dict[str, Any]] = {
    "pause": {
        "do": intake_pause,
        "label": pgettext_lazy("import", "Pause"),
        "question": gettext_lazy("Pause the check of this file?"),
        "text": gettext_lazy("It stops within seconds, and goes on exactly where it stood whenever you want."),
        "done": gettext_lazy("The check is paused."),
    },
    "resume": {
        "do": intake_resume,
        "label": pgettext_lazy("import", "Go on"),
        "question": gettext_lazy("Go on with the check of this file?"),
        "text": gettext_lazy("It goes on exactly where it stood."),
        "done": gettext_lazy("The check goes on."),
    },
    "cancel": {
        "do": intake_cancel,
        "label": pgettext_lazy("import", "Cancel the import"),
        "question": gettext_lazy("Cancel this import?"),
        "text": gettext_lazy(
            "The file and all rows that were read from it are erased; nobody can bring them back. What somebody wrote "
            "or attached stays as a draft."
        ),
        "done": gettext_lazy("The import is cancelled. The file and its rows are being erased."),
        "kind": "danger",
    },
}


@require_GET
@require(Permission.SUBMISSION_CREATE)
@of_intake
def detail(request: PersonRequest, intake: Intake) -> HttpResponse:
    """How far it is, and once it is checked, what was found."""
    if intake.status in (IntakeStatus.UPLOADED, IntakeStatus.DESCRIBED):
        return redirect("intake:describe", pk=intake.pk)
    context = {**_progress(intake), "steps": _open_steps(intake)}
    if intake.status in (IntakeStatus.CHECKED, IntakeStatus.CONFIRMED):
        context |= summary_of(intake) | broken_page(intake, request.GET.get("page"))
        return render(request, "intake/summary.html", context)
    return render(request, "intake/checking.html", context)


@require_GET
@require(Permission.SUBMISSION_CREATE)
@of_intake
def live(request: PersonRequest, intake: Intake) -> HttpResponse:
    """The live part of the page: asked for again every two seconds while rows are checked."""
    response = render(request, "intake/_progress.html", _progress(intake))
    if not intake.is_running:  # the rest of the page is as it was before
        response.headers["HX-Refresh"] = "true"
    return response


def _progress(intake: Intake) -> dict[str, Any]:
    return {"intake": intake, "progress": progress_of(intake), "running": intake.is_running}


def _open_steps(intake: Intake) -> list[dict[str, Any]]:
    return [{**STEPS[one.name], "name": one.name} for one in INTAKE.open_from(intake.status) if one.name in STEPS]


@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_CREATE)
@of_intake
def step(request: PersonRequest, intake: Intake, step: str) -> HttpResponse:
    """Ask, then do it."""
    if step not in STEPS:
        raise Http404
    chosen = STEPS[step]
    if request.method == "GET":
        return render(request, "intake/step.html", {"intake": intake, "step": chosen})
    draft_stays = chosen["do"](intake=intake, actor=request.user)
    messages.success(request, chosen["done"])
    if intake.status != IntakeStatus.CANCELLED:
        return redirect("intake:detail", pk=intake.pk)
    if draft_stays:
        return redirect("submissions:edit", pk=intake.submission_id, step="identifiers")
    return redirect("intake:new")
