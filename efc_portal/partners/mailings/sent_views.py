"""A letter that was queued: how far it is, what became of each copy, and what is decided about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import recently_authenticated, step_up
from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.core.forms import whole_number
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.mailings.enums import MailingStatus, RecipientStatus
from efc_portal.partners.mailings.export import results_csv
from efc_portal.partners.mailings.forms import RecipientFilterForm
from efc_portal.partners.mailings.presentation import is_running, progress_of, segment_pairs
from efc_portal.partners.mailings.segments import Segment
from efc_portal.partners.mailings.selectors import counts_of, mailings_for, unclear_recipients
from efc_portal.partners.mailings.services import (
    mailing_cancel,
    mailing_pause,
    mailing_resume,
    mailing_unclear_leave,
    mailing_unclear_repeat,
)
from efc_portal.partners.mailings.transitions import MAILING
from efc_portal.partners.models import Mailing

PER_PAGE = 100
COLUMNS = [
    {"label": gettext_lazy("State")},
    {"label": gettext_lazy("Organisation")},
    {"label": gettext_lazy("Name")},
    {"label": gettext_lazy("E-mail address")},
    {"label": gettext_lazy("Code")},
    {"label": gettext_lazy("Since"), "num": True},
]
UNCLEAR_COLUMNS = [{"label": gettext_lazy("Choose"), "hidden": True}, *COLUMNS[1:4], COLUMNS[5]]
# Each step a person may take: the button, the question before it, and what is said when it is done.
STEPS: dict[str, dict[str, Any]] = {
    "pause": {
        "do": mailing_pause,
        "label": pgettext_lazy("mailing", "Pause"),
        "question": gettext_lazy("Pause this mailing?"),
        "text": gettext_lazy("Letters that are being handed over this moment still go; the others wait."),
        "done": gettext_lazy("The mailing is paused."),
    },
    "resume": {
        "do": mailing_resume,
        "label": pgettext_lazy("mailing", "Go on"),
        "question": gettext_lazy("Go on with this mailing?"),
        "text": gettext_lazy("The letters that wait are sent, within a minute."),
        "done": gettext_lazy("The mailing goes on."),
    },
    "cancel": {
        "do": mailing_cancel,
        "label": pgettext_lazy("mailing", "Cancel for good"),
        "question": gettext_lazy("Cancel this mailing for good?"),
        "text": gettext_lazy("Letters that went have gone. The others are never sent; that cannot be taken back."),
        "done": gettext_lazy("The mailing is cancelled."),
        "kind": "danger",
    },
}


def sent_for(request: PersonRequest, pk: UUID) -> Mailing:
    """A mailing that is no draft any more."""
    return get_object_or_404(mailings_for(request.user).exclude(queued_at=None), pk=pk)


@require_GET
@require(Permission.MEMBERS_MANAGE)
def detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    mailing = get_object_or_404(mailings_for(request.user), pk=pk)
    if mailing.status == MailingStatus.DRAFT:
        return redirect("mailing_preview", pk=pk)
    context = {
        **_progress(mailing),
        "segment": segment_pairs(Segment.of(mailing.segment)),
        "steps": [{**STEPS[name], "name": name} for name in _open_steps(mailing)],
    }
    return render(request, "partners/mailings/detail.html", context)


def _open_steps(mailing: Mailing) -> list[str]:
    """The steps of people that the table has open; `again` follows from a decision about unclear letters."""
    return [one.name for one in MAILING.open_from(mailing.status) if one.name in STEPS]


@require_GET
@require(Permission.MEMBERS_MANAGE)
def progress(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The live part of the page: asked for again every two seconds while it changes by itself."""
    mailing = sent_for(request, pk)
    context = _progress(mailing)
    response = render(request, "partners/mailings/_progress.html", context)
    if not context["running"]:  # the state and the buttons around it are as they were before
        response.headers["HX-Refresh"] = "true"
    return response


def _progress(mailing: Mailing) -> dict[str, Any]:
    counts = counts_of(mailing)
    settled = sum(counts.values()) - counts[RecipientStatus.WAITING] - counts[RecipientStatus.SENDING]
    return {
        "mailing": mailing,
        "progress": progress_of(mailing, counts) if mailing.queued_at else [],
        "running": is_running(mailing, counts),
        "total": sum(counts.values()) or mailing.recipient_count,
        "settled": settled,
        "counts": [
            {"status": status, "label": RecipientStatus(status).label, "count": count}
            for status, count in counts.items()
            if count
        ],
        "unclear": counts[RecipientStatus.UNCLEAR],
    }


@require_GET
@require(Permission.MEMBERS_MANAGE)
def recipients(request: PersonRequest, pk: UUID) -> HttpResponse:
    mailing = sent_for(request, pk)
    filters = RecipientFilterForm(request.GET)
    found = filters.apply(mailing.recipients.select_related("user", "organisation"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"mailing": mailing, "filters": filters, "page": page, "columns": COLUMNS}
    return render(request, "partners/mailings/recipients.html", context)


@require_GET
@require(Permission.MEMBERS_MANAGE)
def results(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """What became of each letter, as CSV, narrowed as the list is."""
    mailing = sent_for(request, pk)
    step_up(request)
    found = RecipientFilterForm(request.GET).apply(mailing.recipients.select_related("user", "organisation"))
    audit_record(
        action="mailing.export", category=Category.DISCLOSURE, actor=request.user, obj=mailing, count=found.count()
    )
    lines: Iterator[bytes] = results_csv(found)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"letters-{timezone.localtime():%Y-%m-%d-%H%M}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def unclear(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Letters of which nobody knows whether they went, and the question what to do."""
    mailing = sent_for(request, pk)
    page = Paginator(unclear_recipients().filter(mailing=mailing), PER_PAGE).get_page(request.GET.get("page"))
    context = {"mailing": mailing, "page": page, "columns": UNCLEAR_COLUMNS}
    if request.method == "GET":
        return render(request, "partners/mailings/unclear.html", context)
    ticked = [number for text in request.POST.getlist("letter") if (number := whole_number(text))]
    try:
        said = _decide(mailing, request.POST.get("answer", ""), ticked, request.user)
    except ApplicationError as error:
        status = 422 if error.status == 400 else error.status
        errors = [{"text": error.message, "url": ""}]
        return render(request, "partners/mailings/unclear.html", {**context, "errors": errors}, status=status)
    messages.success(request, said)
    return redirect("mailing", pk=pk)


def _decide(mailing: Mailing, answer: str, ticked: list[int], actor: Any) -> str:
    if answer == "repeat":
        count = mailing_unclear_repeat(mailing=mailing, recipients=ticked, actor=actor)
        said = ngettext("%(count)d letter is sent again.", "%(count)d letters are sent again.", count)
        return said % {"count": count}
    if answer == "leave":
        count = mailing_unclear_leave(mailing=mailing, recipients=ticked, actor=actor)
        said = ngettext("%(count)d letter is left as it is.", "%(count)d letters are left as they are.", count)
        return said % {"count": count}
    raise ApplicationError(_("Choose what to do with the letters that you ticked."))


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def step(request: PersonRequest, pk: UUID, step: str) -> HttpResponse:
    """Ask, then do it."""
    mailing = get_object_or_404(mailings_for(request.user), pk=pk)
    if step not in STEPS:
        raise Http404
    chosen = STEPS[step]
    if request.method == "GET":
        return render(request, "partners/mailings/step.html", {"mailing": mailing, "step": chosen})
    chosen["do"](mailing=mailing, actor=request.user)
    messages.success(request, chosen["done"])
    return redirect("mailing", pk=pk)
