"""The steps of the secretariat: what each asks, says and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.partners.applications.enums import OPEN, SPONSORED_IN
from efc_portal.partners.applications.enums import ApplicationStatus as S
from efc_portal.partners.applications.forms import vetting as forms
from efc_portal.partners.applications.services import decision, vetting, voting
from efc_portal.partners.applications.services.voting import VoteResult
from efc_portal.partners.enums import Sector
from efc_portal.partners.models import Application

Text = str | Promise
Act = Callable[[Application, dict[str, Any], User], object]


@dataclass(frozen=True)
class Step:
    """`states` are where it is offered, `needs_factor` whether a factor is shown again before it is taken."""

    name: str
    label: Text
    question: Text
    text: Text
    done: Text
    act: Act
    states: tuple[S, ...]
    form: type[forms.StepForm] = forms.StepForm
    needs_factor: bool = False
    kind: str = ""
    agencies: bool | None = None  # True: for law enforcement alone; False: for all others
    when: Callable[[Application, VoteResult], bool] = lambda application, result: True

    def is_open(self, application: Application, result: VoteResult) -> bool:
        """Whether it is offered. What is offered too late is refused by the service, with a sentence."""
        fits = self.agencies is None or self.agencies == (application.sector == Sector.LAW_ENFORCEMENT)
        return fits and application.status in self.states and self.when(application, result)


def _comments_over(application: Application) -> bool:
    return application.comments_until is not None and application.comments_until <= timezone.now()


STEPS = {
    step.name: step
    for step in (
        Step(
            "begin",
            _("Begin the vetting"),
            _("Begin the vetting?"),
            _("You take the application up. The applicant sees that it is being looked at."),
            _("The vetting has begun."),
            lambda application, given, actor: vetting.vetting_begin(application=application, actor=actor),
            (S.RECEIVED,),
        ),
        Step(
            "consult",
            _("Ask the members"),
            _("Ask the members for comments?"),
            _(
                "Every item of the checklist must be settled. Members read the name, sector, country, website and what "
                "it brings, and no names of people."
            ),
            _("Members are asked for comments."),
            lambda application, given, actor: vetting.comments_open(application=application, actor=actor, **given),
            (S.VETTING,),
            forms.UntilForm,
        ),
        Step(
            "close",
            _("End the comments early"),
            _("End the time for comments now?"),
            _("Members who have not written yet can no longer do so. The reason is recorded."),
            _("The time for comments is over."),
            lambda application, given, actor: vetting.comments_close(application=application, actor=actor, **given),
            (S.CONSULTATION,),
            forms.ReasonForm,
            when=lambda application, result: not _comments_over(application),
        ),
        Step(
            "call",
            _("Call the committee to vote"),
            _("Call the steering committee to vote?"),
            _("Who may vote is settled now. The time for comments must be over."),
            _("The committee is called to vote."),
            lambda application, given, actor: voting.vote_call(application=application, actor=actor, **given),
            (S.CONSULTATION,),
            forms.UntilForm,
            agencies=False,
            when=lambda application, result: _comments_over(application),
        ),
        Step(
            "approve",
            _("Record the approval"),
            _("Record that the committee agreed?"),
            _("The signatory is then asked by mail to accept the memorandum."),
            _("The application is approved."),
            lambda application, given, actor: decision.application_approve(
                application=application, actor=actor, **given
            ),
            (S.VOTING,),
            forms.ApproveForm,
            needs_factor=True,
            when=lambda application, result: result.is_over and result.carried,
        ),
        Step(
            "admit",
            _("Admit the agency"),
            _("Admit this law enforcement agency?"),
            _(
                "The secretariat admits agencies without a vote. Whoever began the vetting cannot do it. The signatory "
                "is then asked by mail to accept the memorandum."
            ),
            _("The application is approved."),
            lambda application, given, actor: decision.application_admit(application=application, actor=actor, **given),
            (S.VETTING, S.CONSULTATION),
            forms.ApproveForm,
            needs_factor=True,
            agencies=True,
        ),
        Step(
            "activate",
            _("Make it a member"),
            _("Make the applicant a member?"),
            _(
                "This creates the organisation with its domain, contacts and public listing, and invites the contact "
                "to coordinate it. The memorandum must be countersigned."
            ),
            _("The organisation is a member."),
            lambda application, given, actor: decision.application_activate(
                application=application, actor=actor, **given
            ),
            (S.APPROVED,),
            forms.ActivateForm,
            needs_factor=True,
        ),
        Step(
            "question",
            _("Ask the applicant"),
            _("What do you want to know?"),
            _("The applicant is told by mail that there is a question, and reads it behind a link."),
            _("The question is sent."),
            lambda application, given, actor: vetting.question_ask(application=application, actor=actor, **given),
            OPEN,
            forms.QuestionForm,
        ),
        Step(
            "sponsor",
            _("Ask a member to be the sponsor"),
            _("Which member shall speak for the applicant?"),
            _("Its coordinators are told by mail, and confirm or decline in their workspace."),
            _("The member is asked."),
            lambda application, given, actor: vetting.sponsor_ask(application=application, actor=actor, **given),
            SPONSORED_IN,
            forms.SponsorForm,
        ),
        Step(
            "decline",
            _("Decline"),
            _("Decline the application?"),
            _("The applicant reads the reasons, and can apply again. What was written is destroyed after some years."),
            _("The application is declined."),
            lambda application, given, actor: decision.application_decline(
                application=application, actor=actor, **given
            ),
            (S.RECEIVED, S.VETTING, S.CONSULTATION, S.VOTING),
            forms.DeclineForm,
            needs_factor=True,
            kind="danger",
            when=lambda application, result: application.status != S.VOTING or (result.is_over and not result.carried),
        ),
    )
}
