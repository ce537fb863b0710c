"""The secretariat's side: the list, one message, and what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.contact.forms import MessageFilterForm
from efc_portal.contact.models import ContactMessage
from efc_portal.contact.selectors import messages_for
from efc_portal.contact.services import message_erase, message_move
from efc_portal.contact.transitions import MESSAGE
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require

PER_PAGE = 25
COLUMNS = [
    {"label": _("State")},
    {"label": _("Reference")},
    {"label": _("Topic")},
    {"label": _("Language")},
    {"label": _("Links"), "num": True},
    {"label": _("Received"), "num": True},
]
# Each step a person may take: the button, the question before it, and what is said when it is done.
STEPS: dict[str, dict[str, Any]] = {
    "answer": {
        "label": _("Mark as answered"),
        "question": _("Have you answered this message?"),
        "text": _("Answer by e-mail first, with the reference in the subject. The portal sends nothing by itself."),
        "done": _("The message is marked as answered."),
    },
    "close": {
        "label": _("Close"),
        "question": _("Close this message?"),
        "text": _("It needs no answer, or nothing is left to be done. It can be opened again."),
        "done": _("The message is closed."),
    },
    "mark": {
        "label": _("Mark as spam"),
        "question": _("Is this message spam?"),
        "text": _("It leaves the list of what waits. It can be opened again until it is erased."),
        "done": _("The message is marked as spam."),
    },
    "reopen": {
        "label": _("Open again"),
        "question": _("Open this message again?"),
        "text": _("It then waits for an answer, like a new one."),
        "done": _("The message is open again."),
    },
    "erase": {
        "label": _("Erase"),
        "question": _("Erase this message for good?"),
        "text": _(
            "What was written, and by whom, is destroyed and cannot be read again by anybody. The reference, the topic "
            "and the dates stay."
        ),
        "done": _("The message is erased."),
        "kind": "danger",
    },
}


@require_GET
@require(Permission.CONTACT_ANSWER)
def message_list(request: PersonRequest) -> HttpResponse:
    """Nothing of what was written, nor by whom, stands in the list."""
    filters = MessageFilterForm(request.GET)
    page = Paginator(filters.apply(messages_for(request.user)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "contact/list.html", {"filters": filters, "page": page, "columns": COLUMNS})


@require_GET
@require(Permission.CONTACT_ANSWER)
def detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    message = get_object_or_404(messages_for(request.user), pk=pk)
    audit_record(action="message.view", category=Category.CONSULTATION, actor=request.user, obj=message)
    return render(request, "contact/detail.html", {"message": message, "steps": _steps(message)})


@require_http_methods(["GET", "POST"])
@require(Permission.CONTACT_ANSWER)
def step(request: PersonRequest, pk: UUID, step: str) -> HttpResponse:
    """Ask, then do it."""
    message = get_object_or_404(messages_for(request.user), pk=pk)
    if step not in STEPS:
        raise Http404
    if request.method == "GET":
        return render(request, "contact/step.html", {"message": message, "step": STEPS[step]})
    if step == "erase":
        message_erase(message=message, actor=request.user)
    else:
        message_move(message=message, name=step, actor=request.user)
    messages.success(request, STEPS[step]["done"])
    return redirect("contact:detail", pk=pk)


def _steps(message: ContactMessage) -> list[dict[str, Any]]:
    """The steps that the table has open from where the message stands."""
    if message.erased_at:
        return []
    names = [*(one.name for one in MESSAGE.open_from(message.status)), "erase"]
    return [{**STEPS[name], "name": name} for name in names]
