"""The form, step by step. A draft is saved at every step, right or wrong; only sending asks for all to be right."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError
from efc_portal.core.forms import whole_number
from efc_portal.core.permissions import Permission
from efc_portal.indicators.identify import identify
from efc_portal.indicators.selectors import known_effect
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.answers import answers_of
from efc_portal.submissions.file_rows import file_links
from efc_portal.submissions.forms import STEPS, WholeDraft
from efc_portal.submissions.forms.found import typed_found
from efc_portal.submissions.models import Submission
from efc_portal.submissions.presentation import file_pairs, file_row
from efc_portal.submissions.selectors import get_draft_for
from efc_portal.submissions.services import draft_create, draft_discard, draft_save, submission_finish
from efc_portal.submissions.services.drafts import DraftChanged
from efc_portal.submissions.views.parts import Part, part_of

ORDER = [step.code for step in STEPS]


def _steps(draft: Submission | None, current: str, whole: WholeDraft | None) -> list[dict[str, Any]]:
    """The progress list beside the form."""
    return [
        {
            "label": step.label,
            "url": reverse("submissions:edit", args=[draft.pk, step.code]) if draft else "",
            "state": _state(step.code, current, whole),
        }
        for step in STEPS
    ]


def _state(code: str, current: str, whole: WholeDraft | None) -> str:
    if code == current:
        return "now"
    if whole is None or not whole.started(code):
        return ""
    return "done" if whole.valid(code) else "problem"


def step_page(request: PersonRequest, draft: Submission | None, part: Part, **context: Any) -> HttpResponse:
    whole = WholeDraft(draft.document, region=draft.provider_country, file_rows=draft.file_rows) if draft else None
    if draft and part.code == "attachments":
        files = draft.attachments.select_related("submission__data_key")
        context["attachments"] = [file_row(one, removable=True) for one in files]
    if draft and part.code == "identifiers":
        context["row_files"] = file_links(draft)
    return render(
        request,
        f"submissions/form/{part.code}.html",
        {
            "draft": draft,
            "part": part,
            "here": reverse("submissions:edit", args=[draft.pk, part.code]) if draft else request.path,
            "seen": draft.saves if draft else 0,
            "steps": _steps(draft, part.code, whole),
            "step_number": ORDER.index(part.code) + 1,
            "step_count": len(ORDER),
            "previous": _neighbour(draft, part.code, -1),
            **context,
        },
        status=context.get("status", 200),
    )


def _neighbour(draft: Submission | None, code: str, by: int) -> str:
    place = ORDER.index(code) + by
    if draft is None or not 0 <= place < len(ORDER):
        return ""
    return reverse("submissions:edit", args=[draft.pk, ORDER[place]])


@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_CREATE)
def new(request: PersonRequest) -> HttpResponse:
    """The first step of a draft that does not exist before something is saved."""
    region = access_of(request.user).country
    if request.method == "GET":
        return step_page(request, None, part_of("what", {}, region=region), form_key=uuid4())
    return _step(request, draft_create(actor=request.user, pk=_id_of(request)), "what", own=True)


def _id_of(request: PersonRequest) -> UUID | None:
    """The id of the draft that this form begins: pressed twice, or gone back to, it is the same draft."""
    try:
        return uuid5(request.user.pk, f"{UUID(request.POST.get('form_key', ''))} draft")
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_CREATE)
def edit(request: PersonRequest, pk: UUID, step: str) -> HttpResponse:
    if step not in ORDER:
        raise Http404
    if request.method == "GET" and _sent(request, pk):  # gone back to, after sending
        return redirect("submissions:detail", pk=pk)
    draft = get_draft_for(request.user, pk)
    if step == "check":
        return _check(request, draft)
    if request.method == "POST" and step != "attachments":
        return _step(request, draft, step)
    blank = "rows" in request.GET
    return step_page(request, draft, part_of(step, draft.document, region=draft.provider_country, blank=blank))


def _sent(request: PersonRequest, pk: UUID) -> bool:
    return Submission.objects.visible_to(request.user).filter(pk=pk).exclude(reference=None).exists()


def _step(request: PersonRequest, draft: Submission, code: str, *, own: bool = False) -> HttpResponse:
    """Save what was typed, then go where the pressed button says."""
    part = part_of(code, draft.document, region=draft.provider_country, data=request.POST)
    autosave = request.headers.get("X-Autosave") == "1"
    try:
        truncated = draft_save(
            draft=draft,
            parts=part.raw(),
            actor=request.user,
            seen=whole_number(request.POST.get("seen", "")),
            own=own or request.POST.get("own") == "1",
        )
    except DraftChanged as error:
        if autosave:
            return JsonResponse({"error": error.message}, status=409)
        return step_page(request, draft, part, conflict=[{"text": error.message}], status=409)
    if autosave:
        return JsonResponse(
            {
                "seen": draft.saves,
                "saved_at": time_format(timezone.localtime(draft.saved_at)),
                "url": reverse("submissions:edit", args=[draft.pk, code]),
            }
        )
    if truncated:
        messages.info(
            request,
            ngettext(
                "A full card number was cut to its first six and last four digits; the portal never keeps more.",
                "%(count)s full card numbers were cut to their first six and last four digits; "
                "the portal never keeps more.",
                truncated,
            )
            % {"count": truncated},
        )
    action = request.POST.get("action", "continue")
    if action == "leave":
        messages.success(request, _("Your draft is saved. You find it in this list."))
        return redirect("submissions:list")
    if action == "add" or action.startswith("remove"):
        return redirect(f"{reverse('submissions:edit', args=[draft.pk, code])}?rows=1#last-row")
    saved = part_of(code, draft.document, region=draft.provider_country)
    if code == "identifiers" and not draft.document["identifiers"] and not draft.file_rows:
        messages.error(request, _("Give at least one account, wallet, merchant, address or handle."))
        return step_page(request, draft, saved, status=422)
    if not saved.is_valid():
        return step_page(request, draft, saved, status=422)
    return redirect(_neighbour(draft, code, +1))


def _whole(request: PersonRequest, draft: Submission) -> WholeDraft:
    """The draft with the ticks of the last page, which no earlier step keeps."""
    document = {**draft.document, "found": typed_found(request.POST)}
    return WholeDraft(document, region=draft.provider_country, file_rows=draft.file_rows)


def _check(request: PersonRequest, draft: Submission, *, status: int = 200) -> HttpResponse:
    whole = _whole(request, draft)
    return render(
        request,
        "submissions/form/check.html",
        {
            "draft": draft,
            "errors": [
                {"text": sentence, "url": reverse("submissions:edit", args=[draft.pk, code])}
                for code, sentence in whole.problems
            ],
            "answers": answers_of(whole),
            "found": whole.found_form(),
            "certain": whole.found.certain,
            "row_files": file_links(draft),
            "row_sums": file_pairs(draft),
            "attachments": [file_row(one) for one in draft.attachments.select_related("submission__data_key")],
            "steps": _steps(draft, "check", whole),
            "step_number": len(ORDER),
            "step_count": len(ORDER),
            "previous": _neighbour(draft, "check", -1),
        },
        status=status,
    )


@require_POST
@require(Permission.SUBMISSION_CREATE)
def finish(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Send. Sent twice (a double click, a reload) it is sent once: the second finds it already sent."""
    if _sent(request, pk):
        return redirect("submissions:detail", pk=pk)
    draft = get_draft_for(request.user, pk)
    whole = _whole(request, draft)
    if whole.problems:
        return _check(request, draft, status=422)
    submission_finish(draft=draft, finished=whole.finished(), actor=request.user)
    messages.success(request, _("Your submission has the reference %(reference)s.") % {"reference": draft.reference})
    return redirect("submissions:detail", pk=pk)


@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_CREATE)
def discard(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask, then erase a draft."""
    draft = get_draft_for(request.user, pk)
    if request.method == "GET":
        return render(request, "submissions/discard.html", {"draft": draft})
    draft_discard(draft=draft, actor=request.user)
    messages.success(request, _("The draft was erased."))
    return redirect("submissions:list")


@require_POST
@require(Permission.SUBMISSION_CREATE)
def identify_value(request: PersonRequest) -> HttpResponse:
    """What one value is, as a fragment of the form. The value travels in the body, so no log holds it."""
    prefix = request.POST.get("prefix", "")
    value = request.POST.get(f"{prefix}-value", "")[:500]
    recognised = error = None
    known = ""
    if value.strip():
        try:
            recognised = identify(
                value,
                type=request.POST.get(f"{prefix}-type") or None,
                region=access_of(request.user).country,
            )
        except ApplicationError as refused:
            error = refused.message
    if recognised and (listed := known_effect(recognised)):
        recognised, error, known = (None, listed.reason, "") if listed.refuses else (recognised, None, listed.reason)
    context = {"recognised": recognised, "error": error, "known": known}
    return render(request, "submissions/form/_recognised.html", context)
