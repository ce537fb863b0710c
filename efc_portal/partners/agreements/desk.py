"""The secretariat's pages: the versions of the memorandum, and who accepted which."""

from __future__ import annotations

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import step_up
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.content import RefusedContent
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.agreements.enums import VersionStatus
from efc_portal.partners.agreements.forms import AcceptanceFilterForm, DraftForm
from efc_portal.partners.agreements.selectors import acceptances_for, versions_counted, versions_for
from efc_portal.partners.agreements.services import (
    acceptance_countersign,
    acceptance_link_again,
    acceptance_withdraw,
    agreement_discard,
    agreement_draft,
    agreement_publish,
)
from efc_portal.partners.agreements.transitions import ACCEPTANCE
from efc_portal.partners.decorators import require
from efc_portal.partners.models import Acceptance, AgreementVersion
from efc_portal.partners.permissions import access_of

PER_PAGE = 25
VERSION_COLUMNS = [
    {"label": _("Version"), "num": True},
    {"label": _("Title")},
    {"label": _("State")},
    {"label": _("Members accept by"), "num": True},
    {"label": _("Accepted"), "num": True},
    {"label": _("Waiting"), "num": True},
]
COLUMNS = [
    {"label": _("Party")},
    {"label": _("Version"), "num": True},
    {"label": _("State")},
    {"label": _("Signatory")},
    {"label": _("Asked"), "num": True},
    {"label": _("Accepted"), "num": True},
]
# Each step: the button, the question before it, what it means, and what is said when it is done.
VERSION_STEPS: dict[str, dict[str, Any]] = {
    "publish": {
        "label": _("Publish"),
        "question": _("Publish this version?"),
        "text": _(
            "It is in force at once and cannot be changed any more. Every member is asked to accept it, and "
            "is reminded until the day given."
        ),
        "done": _("The version is in force. The members are being asked."),
        "stepped_up": True,
    },
    "discard": {
        "label": _("Discard"),
        "question": _("Discard this draft?"),
        "text": _("It cannot be published any more. Its text is offered when you draft the next one."),
        "done": _("The draft is discarded."),
        "kind": "danger",
    },
}
STEPS: dict[str, dict[str, Any]] = {
    "countersign": {
        "label": _("Countersign"),
        "question": _("Countersign this acceptance?"),
        "text": _(
            "You sign for the coalition. The receipt then names you, and the organisation can fetch it. This cannot be "
            "undone."
        ),
        "done": _("It is countersigned. The receipt is ready."),
        "stepped_up": True,
    },
    "link": {
        "label": _("Mail a new link"),
        "question": _("Mail the signatory a new link?"),
        "text": _("The link that was mailed before opens nothing any more. The new one is good for fourteen days."),
        "done": _("A new link is on its way."),
    },
    "withdraw": {
        "label": _("Stop asking"),
        "question": _("Stop asking for this?"),
        "text": _("Nobody is reminded any more, and a link that was mailed opens nothing. The record of it is kept."),
        "done": _("Nobody is asked for this any more."),
        "kind": "danger",
    },
}


@require_GET
@require(Permission.MEMBERS_VIEW)
def memoranda(request: PersonRequest) -> HttpResponse:
    """All versions, with how many accepted each."""
    versions = list(versions_counted(request.user))
    context = {
        "versions": versions,
        "columns": VERSION_COLUMNS,
        "may_draft": access_of(request.user).may(Permission.MEMBERS_MANAGE)
        and all(version.status != VersionStatus.DRAFT for version in versions),
    }
    return render(request, "partners/agreements/memoranda.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def draft(request: PersonRequest) -> HttpResponse:
    """Draft the next version, beginning with the text of the latest one."""
    form = DraftForm(request.POST, request.FILES) if request.method == "POST" else DraftForm(initial=_latest())
    if request.method == "GET" or not form.is_valid():
        return render(request, "partners/agreements/draft.html", {"form": form}, status=422 if form.is_bound else 200)
    written = form.cleaned_data
    try:
        version = agreement_draft(
            title=written["title"],
            text=written["text"],
            changes=written["changes"],
            accept_by=written["accept_by"],
            file=cast(BinaryIO, written["file"]),
            filename=written["file"].name or "",
            actor=request.user,
        )
    except ApplicationError as error:
        form.add_error("file" if isinstance(error, RefusedContent) else None, error.message)
        return render(request, "partners/agreements/draft.html", {"form": form}, status=422)
    messages.success(request, _("The draft is kept. Another manager reads and publishes it."))
    return redirect("memorandum_version", pk=version.pk)


def _latest() -> dict[str, str]:
    latest = AgreementVersion.objects.order_by("-drafted_at").first()
    return {"title": latest.title, "text": latest.text} if latest else {}


@require_GET
@require(Permission.MEMBERS_VIEW)
def version(request: PersonRequest, pk: UUID) -> HttpResponse:
    shown = get_object_or_404(versions_for(request.user), pk=pk)
    is_draft = shown.status == VersionStatus.DRAFT
    may = is_draft and access_of(request.user).may(Permission.MEMBERS_MANAGE)
    names = [name for name in VERSION_STEPS if may and (name != "publish" or shown.drafted_by_id != request.user.pk)]
    context = {
        "version": shown,
        "steps": [{**VERSION_STEPS[name], "name": name} for name in names],
        "is_own": may and shown.drafted_by_id == request.user.pk,
    }
    return render(request, "partners/agreements/version.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def version_step(request: PersonRequest, pk: UUID, step: str) -> HttpResponse:
    """Ask, then publish or discard a draft."""
    shown = get_object_or_404(versions_for(request.user), pk=pk)
    if step not in VERSION_STEPS:
        raise Http404
    if request.method == "GET":
        context = {"version": shown, "step": VERSION_STEPS[step]}
        return render(request, "partners/agreements/version_step.html", context)
    if VERSION_STEPS[step].get("stepped_up"):
        step_up(request)
    if step == "publish":
        agreement_publish(version=shown, actor=request.user)
    else:
        agreement_discard(version=shown, actor=request.user)
    messages.success(request, VERSION_STEPS[step]["done"])
    return redirect("memorandum_version", pk=pk)


@require_GET
@require(Permission.MEMBERS_VIEW)
def acceptances(request: PersonRequest) -> HttpResponse:
    """Who accepted which version, and who has not."""
    filters = AcceptanceFilterForm(request.GET)
    page = Paginator(filters.apply(acceptances_for(request.user)), PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "columns": COLUMNS}
    return render(request, "partners/agreements/acceptances.html", context)


@require_GET
@require(Permission.MEMBERS_VIEW)
def acceptance(request: PersonRequest, pk: UUID) -> HttpResponse:
    shown = get_object_or_404(acceptances_for(request.user), pk=pk)
    steps = _steps(request, shown)
    return render(request, "partners/agreements/acceptance.html", {"acceptance": shown, "steps": steps})


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def acceptance_step(request: PersonRequest, pk: UUID, step: str) -> HttpResponse:
    """Ask, then countersign, mail a new link, or stop asking."""
    shown = get_object_or_404(acceptances_for(request.user), pk=pk)
    if step not in STEPS:
        raise Http404
    if request.method == "GET":
        context = {"acceptance": shown, "step": STEPS[step]}
        return render(request, "partners/agreements/acceptance_step.html", context)
    if STEPS[step].get("stepped_up"):
        step_up(request)
    if step == "countersign":
        acceptance_countersign(acceptance=shown, actor=request.user)
    elif step == "link":
        acceptance_link_again(acceptance=shown, actor=request.user)
    else:
        acceptance_withdraw(acceptance=shown, actor=request.user)
    messages.success(request, STEPS[step]["done"])
    return redirect("acceptance", pk=pk)


def _steps(request: PersonRequest, shown: Acceptance) -> list[dict[str, Any]]:
    """The steps that are open to a manager, from where the acceptance stands."""
    if not access_of(request.user).may(Permission.MEMBERS_MANAGE):
        return []
    table = {one.name for one in ACCEPTANCE.open_from(shown.status)}
    if "sign" in table and not shown.organisation_id:
        table.add("link")
    return [{**STEPS[name], "name": name} for name in STEPS if name in table]
