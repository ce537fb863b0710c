"""The members' pages: who wants to join, comments, the committee's votes, and the sponsor's answer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.applications.enums import SPONSORED_IN, ApplicationStatus, SponsorStatus
from efc_portal.partners.applications.forms.candidates import CommentForm, SponsorAnswerForm, VoteForm
from efc_portal.partners.applications.presentation import answer_text, comments_of
from efc_portal.partners.applications.selectors import ballots_for, candidates_for, sponsorships_of
from efc_portal.partners.applications.services.vetting import comment_set, sponsor_answer
from efc_portal.partners.applications.services.voting import vote_cast
from efc_portal.partners.decorators import check, require
from efc_portal.partners.models import Application
from efc_portal.partners.permissions import access_of

PER_PAGE = 25
COLUMNS = [
    {"label": _("State")},
    {"label": _("Organisation")},
    {"label": _("Sector")},
    {"label": _("Country")},
    {"label": _("Until"), "num": True},
]


@require_GET
@require(Permission.APPLICATION_COMMENT)
def candidate_list(request: PersonRequest) -> HttpResponse:
    page = Paginator(candidates_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    access = access_of(request.user)
    voting = set(ballots_for(request.user).filter(choice="").values_list("application_id", flat=True))
    rows = [
        {
            "one": one,
            "to_vote": one.pk in voting,
            "to_answer": _asks(one, access.organisation_id) and access.may(Permission.ORGANISATION_MANAGE),
            "until": one.votes_until if one.status == ApplicationStatus.VOTING else one.comments_until,
        }
        for one in page.object_list
    ]
    context = {"page": page, "rows": rows, "columns": COLUMNS}
    return render(request, "partners/applications/candidates.html", context)


@require_GET
@require(Permission.APPLICATION_COMMENT)
def candidate(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What members may know of a candidate: no personal data."""
    application = _candidate(request, pk)
    audit_record(action="application.view", category=Category.CONSULTATION, actor=request.user, obj=application)
    access = access_of(request.user)
    ballot = ballots_for(request.user).filter(application=application).first()
    context = {
        "application": application,
        "rows": facts_of(application),
        "comments": comments_of(application) if access.may(Permission.APPLICATION_VOTE) else [],
        "own": application.comments.filter(author=request.user).first(),
        "may_comment": _takes_comments(application),
        "may_answer": _asks(application, access.organisation_id) and access.may(Permission.ORGANISATION_MANAGE),
        "ballot": ballot,
        "may_vote": ballot is not None and _takes_votes(application),
    }
    return render(request, "partners/applications/candidate.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.APPLICATION_COMMENT)
def candidate_comment(request: PersonRequest, pk: UUID) -> HttpResponse:
    application = _candidate(request, pk)
    own = application.comments.filter(author=request.user).first()
    initial = {"stance": own.stance, "text": application.opened(own.sealed, f"comment:{own.author_id}")} if own else {}
    form = CommentForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            comment_set(application=application, actor=request.user, **form.cleaned_data)
        except ApplicationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Your comment is recorded. You can change it until the last day."))
            return redirect("candidate", pk=pk)
    context = {"application": application, "form": form, "is_open": _takes_comments(application)}
    return render(request, "partners/applications/comment.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.APPLICATION_VOTE)
def candidate_vote(request: PersonRequest, pk: UUID) -> HttpResponse:
    ballot = get_object_or_404(ballots_for(request.user), application=pk)
    application = ballot.application
    initial = {"choice": ballot.choice, "reason": application.opened(ballot.sealed, f"ballot:{ballot.pk}")}
    form = VoteForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            vote_cast(application=application, actor=request.user, **form.cleaned_data)
        except ApplicationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Your vote is recorded. You can change it until the deadline."))
            return redirect("candidate", pk=pk)
    context = {
        "application": application,
        "form": form,
        "rows": facts_of(application),
        "comments": comments_of(application),
        "is_open": _takes_votes(application),
    }
    return render(request, "partners/applications/vote.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(*Permission)
def candidate_sponsor(request: PersonRequest, pk: UUID) -> HttpResponse:
    """There for the organisation that is asked alone; which role it needs is told to its people."""
    access = access_of(request.user)
    application = get_object_or_404(sponsorships_of(access.organisation_id), pk=pk)
    check(access, Permission.ORGANISATION_MANAGE)
    form = SponsorAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sponsor_answer(application=application, confirms=form.cleaned_data["answer"] == "yes", actor=request.user)
        messages.success(request, _("Your answer is recorded."))
        return redirect("candidate_list")
    context = {"application": application, "form": form, "rows": facts_of(application)}
    return render(request, "partners/applications/sponsor.html", context, status=422 if form.is_bound else 200)


def facts_of(application: Application) -> list[dict[str, object]]:
    """What members may know of an applicant, in the order in which it is shown."""
    answers = application.answers
    return [
        {"label": _("Sector"), "value": application.get_sector_display()},
        {"label": _("Country"), "value": answer_text("country", application.country)},
        {"label": _("Website"), "value": application.website},
        {"label": _("What it does"), "value": answer_text("about", answers.get("about"))},
        {"label": _("In kind"), "value": answer_text("gives", answers.get("gives"))},
        {"label": _("In words"), "value": answer_text("gives_words", answers.get("gives_words"))},
        {
            "label": _("Sponsor"),
            "value": application.sponsor.name
            if application.sponsor and application.sponsor_status == SponsorStatus.CONFIRMED
            else "",
        },
    ]


def _candidate(request: PersonRequest, pk: UUID) -> Application:
    return get_object_or_404(candidates_for(request.user), pk=pk)


def _asks(application: Application, organisation_id: UUID | None) -> bool:
    """Whether an organisation is asked to be the sponsor, and can still answer."""
    is_asked = application.sponsor_id == organisation_id and application.sponsor_status == SponsorStatus.ASKED
    return is_asked and application.status in SPONSORED_IN


def _takes_comments(application: Application) -> bool:
    until = application.comments_until
    return application.status == ApplicationStatus.CONSULTATION and until is not None and until > timezone.now()


def _takes_votes(application: Application) -> bool:
    until = application.votes_until
    return application.status == ApplicationStatus.VOTING and until is not None and until > timezone.now()
