"""The list and one referral, for both sides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of
from efc_portal.referrals.content import text_of
from efc_portal.referrals.enums import ReferralStatus as S
from efc_portal.referrals.feedback import sentence_of
from efc_portal.referrals.forms import ReferralFilterForm, TellForm
from efc_portal.referrals.models import Referral
from efc_portal.referrals.revocation import withdrawals_of
from efc_portal.referrals.selectors import (
    CONCLUDED,
    IN_PROGRESS,
    INBOX,
    get_referral_for,
    referral_in_short,
    referrals_for,
)
from efc_portal.referrals.services import package_open
from efc_portal.referrals.timeline import referral_timeline
from efc_portal.submissions.selectors import Feedback
from efc_portal.submissions.timeline import ProgressStep

PER_PAGE = 25
COLUMNS = [
    {"label": _("State"), "key": "status"},
    {"label": _("Reference"), "key": "reference"},
    {"label": _("Referral")},
    {"label": _("Answer until"), "num": True},
    {"label": pgettext_lazy("date column", "Drafted"), "key": "created_at", "num": True},
]
AGENCY_COLUMNS = [*COLUMNS[:-1], {"label": pgettext_lazy("date column", "Delivered"), "num": True}]
FOLDERS = {
    "inbox": (_("Inbox"), INBOX),
    "progress": (_("In progress"), IN_PROGRESS),
    "done": (pgettext_lazy("folder of referrals", "Concluded"), CONCLUDED),
}
SEES = (Permission.REFERRAL_DRAFT, Permission.REFERRAL_APPROVE, Permission.REFERRAL_RECEIVE)


@require_GET
@require(*SEES)
def referral_list(request: PersonRequest) -> HttpResponse:
    """The secretariat's referrals, or an agency's inbox with its two other folders."""
    access = access_of(request.user)
    folder = request.GET.get("folder", "inbox")
    found = referrals_for(request.user)
    if access.is_law_enforcement:
        folder = folder if folder in FOLDERS else "inbox"
        found = found.filter(status__in=FOLDERS[folder][1])
    filters = ReferralFilterForm(request.GET)
    sort = request.GET.get("sort", "")
    page = Paginator(filters.apply(found, sort=sort), PER_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        audit_record(
            action="referral.list",
            category=Category.CONSULTATION,
            actor=request.user,
            references=[one.reference for one in page.object_list],
        )
    return render(
        request,
        "referrals/list.html",
        {
            "filters": filters,
            "sort": sort or "-created_at",
            "columns": AGENCY_COLUMNS if access.is_law_enforcement else COLUMNS,
            "page": page,
            "rows": [{"referral": one, "title": text_of(one).title} for one in page.object_list],
            "folder": folder,
            "folders": [
                {"label": label, "url": f"?folder={code}", "current": code == folder}
                for code, (label, _states) in FOLDERS.items()
            ],
            "for_agency": access.is_law_enforcement,
        },
    )


def referral_page(request: PersonRequest, referral: Referral, *, status: int = 200, **forms: Any) -> HttpResponse:
    """A referral's page, for its reader's side, with whatever form went wrong on it."""
    access = access_of(request.user)
    may_answer = access.may(Permission.REFERRAL_ANSWER)
    return render(
        request,
        "referrals/detail.html",
        {
            "referral": referral,
            "text": text_of(referral),
            "short": referral_in_short(referral),
            "outcomes": referral.outcomes.all(),
            "withdrawn": withdrawals_of(referral),
            "told": [Feedback(one.release_at, sentence_of(one)) for one in referral.releases.all()],
            "key_ending": referral.package.recipient[-8:] if hasattr(referral, "package") else "",
            "timeline": referral_timeline(referral, reader=request.user),
            "progress": progress_of(referral),
            "running": referral.status in (S.APPROVED, S.PACKAGED),
            "for_agency": access.is_law_enforcement,
            "may_answer": may_answer,
            "may_draft": access.may(Permission.REFERRAL_DRAFT),
            "may_approve": access.may(Permission.REFERRAL_APPROVE) and referral.drafted_by_id != request.user.pk,
            "is_author": referral.drafted_by_id == request.user.pk,
            "tell_form": TellForm(referral=referral) if may_answer else None,
            **forms,
        },
        status=status,
    )


@require_GET
@require(*SEES)
def detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    referral = get_referral_for(request.user, pk)
    audit_record(action="referral.view", category=Category.CONSULTATION, actor=request.user, obj=referral)
    return referral_page(request, referral)


@require_GET
@require(*SEES)
def progress(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The live part of the page while a package is built and delivered."""
    referral = get_referral_for(request.user, pk)
    running = referral.status in (S.APPROVED, S.PACKAGED)
    context = {"referral": referral, "progress": progress_of(referral), "running": running}
    response = render(request, "referrals/_progress.html", context)
    if not running:  # the rest of the page, its state and its package, is as it was before
        response.headers["HX-Refresh"] = "true"
    return response


def progress_of(referral: Referral) -> list[ProgressStep]:
    labels = (
        pgettext_lazy("referral status", "Approved"),
        pgettext_lazy("referral status", "Packaged and encrypted"),
        S.DELIVERED.label,
    )
    passed = {S.APPROVED: 1, S.PACKAGED: 2}.get(S(referral.status), len(labels))
    return [
        ProgressStep(label, "done" if place < passed else "running" if place == passed else "waiting")
        for place, label in enumerate(labels)
    ]


@require_GET
@require(Permission.REFERRAL_RECEIVE)
def package(request: PersonRequest, pk: UUID) -> StreamingHttpResponse:
    """The encrypted package, to the agency it was made for."""
    referral = get_referral_for(request.user, pk)
    if not hasattr(referral, "package"):
        raise Http404
    response = StreamingHttpResponse(
        package_open(referral=referral, actor=request.user), content_type="application/octet-stream"
    )
    response.headers["Content-Length"] = str(referral.package.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{referral.reference}.zip.age"'
    return response
