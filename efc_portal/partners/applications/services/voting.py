"""The vote of the steering committee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.addresses import address_canonical
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.permissions import Permission
from efc_portal.notifications import services as notifications
from efc_portal.partners.applications.enums import ApplicationStatus as S
from efc_portal.partners.applications.enums import Choice
from efc_portal.partners.applications.names import is_at
from efc_portal.partners.applications.services.rules import held, words
from efc_portal.partners.applications.services.vetting import in_time
from efc_portal.partners.applications.transitions import APPLICATION
from efc_portal.partners.models import Application, Ballot, Domain, Membership
from efc_portal.partners.rules import permitted
from efc_portal.partners.selectors import people_who_may
from efc_portal.workflow.transitions import Person


@dataclass(frozen=True)
class VoteResult:
    """How a vote stands. `is_over`: everybody voted, or the deadline is past; only then does `carried` settle it."""

    electorate: int
    yes: int
    no: int
    abstain: int
    is_over: bool

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstain

    @property
    def has_quorum(self) -> bool:
        """At least half of the electorate took part; who abstains takes part."""
        return self.electorate > 0 and 2 * self.cast >= self.electorate

    @property
    def carried(self) -> bool:
        """With a quorum, more yes than no; abstentions count on neither side."""
        return self.has_quorum and self.yes > self.no


def vote_result(application: Application) -> VoteResult:
    """The result of an application's vote as it stands at this moment: the one place that counts."""
    counted = dict(application.ballots.order_by().values_list("choice").annotate(number=Count("pk")))
    electorate = sum(counted.values())
    past = application.votes_until is not None and application.votes_until <= timezone.now()
    return VoteResult(
        electorate=electorate,
        yes=counted.get(Choice.YES, 0),
        no=counted.get(Choice.NO, 0),
        abstain=counted.get(Choice.ABSTAIN, 0),
        is_over=electorate > 0 and (past or not counted.get("", 0)),
    )


@transaction.atomic
def vote_call(*, application: Application, until: datetime, actor: Person) -> None:
    """Call the committee to vote until a moment. Who may vote is settled now and does not change afterwards.

    Raises `ApplicationError` while comments are open, and when there is nobody who could vote.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    open_one = held(application, S.CONSULTATION)
    in_time(until)
    if open_one.comments_until is None or open_one.comments_until > timezone.now():
        raise ApplicationError(_("Members may still comment. Wait for the end of the period, or end it with a reason."))
    committee = people_who_may(Permission.APPLICATION_VOTE)
    places = dict(
        Membership.objects.filter(user__in=committee, ended_at=None).values_list("user_id", "organisation_id")
    )
    own = _own_organisations(open_one)
    voters = [
        person for person in committee if places[person.pk] not in own and not is_at(person.email, open_one.domain)
    ]
    if not voters:
        raise ApplicationError(_("Nobody on the steering committee could vote. Give somebody the role first."))
    APPLICATION.move(
        application, "call", actor=actor, changes={"votes_until": until}, until=until.isoformat(), count=len(voters)
    )
    Ballot.objects.bulk_create(
        Ballot(application=open_one, voter=person, organisation_id=places[person.pk]) for person in voters
    )
    notifications.mail_vote_called(
        voters, reference=str(open_one.reference), path=reverse("candidate_vote", args=[open_one.pk])
    )


def _own_organisations(application: Application) -> set[object]:
    """Members that the applicant could be, by its domain: their people never vote on it."""
    return set(Domain.objects.filter(name=application.domain).values_list("organisation_id", flat=True))


@transaction.atomic
def vote_cast(*, application: Application, choice: str, reason: str, actor: Person) -> Ballot:
    """Vote, or change one's vote, until the deadline."""
    permitted(actor, Permission.APPLICATION_VOTE)
    open_one = held(application, S.VOTING)
    ballot = open_one.ballots.filter(voter_id=actor.pk).first()
    if ballot is None or is_at(address_canonical(actor.email), open_one.domain):
        raise NotPermitted(_("Who may vote was settled when the vote was called. You are not among them."))
    now = timezone.now()
    if open_one.votes_until is None or open_one.votes_until <= now:
        raise Conflict(_("The vote is over: its deadline has passed. Your vote was not counted."))
    if choice not in Choice.values:
        raise ApplicationError(_("Vote yes or no, or abstain."))
    kept, cut = words(reason, longest=2000)
    ballot.choice, ballot.cast_at = choice, now
    ballot.sealed = open_one.seal(kept, f"ballot:{ballot.pk}")
    ballot.save(update_fields=["choice", "cast_at", "sealed"])
    audit_record(
        action="application.vote",
        category=Category.ALTERATION,
        actor=actor,
        obj=open_one,
        kind=choice,
        truncated=cut,
    )
    if vote_result(open_one).is_over:
        notifications.mail_vote_over(
            people_who_may(Permission.MEMBERS_MANAGE),
            reference=str(open_one.reference),
            path=reverse("application_detail", args=[open_one.pk]),
        )
    return ballot
