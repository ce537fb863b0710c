"""The yearly review: opened, asked for, finished; and what follows when it is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_event, audit_record, audit_record_many
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.notifications import services as notifications
from efc_portal.partners.enums import ContactKind, NoticeKind, OrganisationKind, OrganisationStatus
from efc_portal.partners.models import Contact, Grace, Membership, Organisation, Review, ReviewNotice
from efc_portal.partners.permissions import ROLES
from efc_portal.partners.rules import keeper_check
from efc_portal.partners.standing.review_items import review_items
from efc_portal.partners.standing.services import managers, organisation_lapse, organisation_renew

OPENED_BEFORE = timedelta(days=30)
OVERDUE = timedelta(days=14)  # then the secretariat is told
LAPSES = timedelta(days=30)  # then the organisation has a time of grace
SUSPENDS = timedelta(days=60)  # then somebody must decide
NEEDED_CONTACTS = (ContactKind.MAIN, ContactKind.DATA_PROTECTION)
BEFORE = ((14, NoticeKind.OPENED), (3, NoticeKind.SOON), (0, NoticeKind.NOW))  # more days left than that
TELL_COORDINATORS: dict[NoticeKind, Callable[..., None]] = {
    NoticeKind.OPENED: notifications.mail_review_opened,
    NoticeKind.SOON: notifications.mail_review_soon,
    NoticeKind.NOW: notifications.mail_review_soon,
    NoticeKind.DUE: notifications.mail_review_due,
}
TELL_MANAGERS: dict[NoticeKind, Callable[..., None]] = {
    NoticeKind.OVERDUE: notifications.mail_reviews_overdue,
    NoticeKind.SUSPEND: notifications.mail_suspensions_due,
}

# --- by whoever looks after an organisation


@transaction.atomic
def contacts_confirm(*, actor: Actor, organisation: Organisation) -> None:
    """Say that the organisation's contacts are right, for the review that is open, if any.

    Raises `ApplicationError` while one that everybody needs is missing.
    """
    keeper_check(actor, organisation.pk)
    kinds = set(Contact.objects.filter(organisation=organisation).values_list("kind", flat=True))
    if missing := [kind for kind in NEEDED_CONTACTS if kind not in kinds]:
        raise ApplicationError(_("Name a contact for this first: %(kind)s."), kind=missing[0].label)
    now = timezone.now()
    Contact.objects.filter(organisation=organisation).update(confirmed_at=now)
    Review.objects.filter(organisation=organisation, done_at=None).update(
        contacts_confirmed_at=now, contacts_confirmed_by=actor.pk
    )
    audit_record(action="review.confirm", category=Category.OPERATION, actor=actor, obj=organisation, code="contacts")


@transaction.atomic
def domains_confirm(*, actor: Actor, review: Review) -> None:
    """Say that the organisation's mail domains are right."""
    keeper_check(actor, review.organisation_id)
    _stated(review, domains_confirmed_at=timezone.now(), domains_confirmed_by=actor.pk)
    audit_record(
        action="review.confirm", category=Category.OPERATION, actor=actor, obj=review.organisation, code="domains"
    )


@transaction.atomic
def contribution_none(*, actor: Actor, review: Review) -> None:
    """Say that the organisation contributed nothing in kind in the review's period."""
    keeper_check(actor, review.organisation_id)
    _stated(review, no_contribution_at=timezone.now(), no_contribution_by=actor.pk)
    audit_record(
        action="review.confirm", category=Category.OPERATION, actor=actor, obj=review.organisation, code="contribution"
    )


def _stated(review: Review, **columns: object) -> None:
    if not Review.objects.filter(pk=review.pk, done_at=None).update(**columns):
        raise Conflict(_("This review is finished already."))


@transaction.atomic
def review_finish(*, actor: Actor, review: Review) -> None:
    """Finish a review of which everything is done. An organisation that was in grace for it is active again.

    Raises `ApplicationError` naming what is missing, and `Conflict` when it is finished already.
    """
    keeper_check(actor, review.organisation_id)
    held = Review.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=review.pk)
    if held.done_at:
        raise Conflict(_("This review is finished already."))
    if missing := [item for item in review_items() if not item.is_done(held)]:
        raise ApplicationError(_("This is still to be done: %(label)s."), label=missing[0].label)
    held.done_at = review.done_at = timezone.now()
    Review.objects.filter(pk=held.pk).update(done_at=held.done_at, done_by=actor.pk)
    audit_record(action="review.finish", category=Category.OPERATION, actor=actor, obj=held.organisation)
    if (
        held.organisation.status == OrganisationStatus.GRACE
        and Grace.objects.filter(review=held, ended_at=None).exists()
    ):
        organisation_renew(organisation=held.organisation)


# --- by the portal, every day: all can be repeated and broken off at any moment


def reviews_open(*, today: date) -> int:
    """Open the reviews that are due within thirty days; returns how many. The number of statements is constant."""
    opens = Review.objects.filter(organisation=OuterRef("pk"), done_at=None)
    last = Review.objects.filter(organisation=OuterRef("pk")).order_by("-done_at").values("done_at")[:1]
    since = Coalesce(TruncDate(Subquery(last)), F("joined_on"))
    with transaction.atomic():
        _alone()
        found = (
            Organisation.objects.filter(~Exists(opens), is_active=True)
            .exclude(kind=OrganisationKind.SECRETARIAT)
            .annotate(since=since)
            .filter(since__lte=_year(today + OPENED_BEFORE, -1))
            .values_list("pk", "since")
        )
        reviews = Review.objects.bulk_create(
            Review(organisation_id=pk, period_from=start, due_on=max(_year(start, 1), today + OPENED_BEFORE))
            for pk, start in found
        )
        if reviews:
            audit_record_many(
                [
                    audit_event(
                        action="review.open",
                        category=Category.OPERATION,
                        actor=None,
                        obj=Organisation(pk=review.organisation_id),
                        until=review.due_on.isoformat(),
                    )
                    for review in reviews
                ]
            )
    return len(reviews)


def reviews_tell(*, today: date) -> int:
    """Remind coordinators, and tell managers what is overdue, each once; returns how many notices there were.

    After days without a run the latest notice is sent alone, not all that were missed.
    """
    with transaction.atomic():
        _alone()
        pending = Review.objects.filter(done_at=None, organisation__is_active=True, due_on__lte=today + OPENED_BEFORE)
        told = set(
            ReviewNotice.objects.filter(review__done_at=None, due_on=F("review__due_on")).values_list("review", "kind")
        )
        new: dict[NoticeKind, list[ReviewNotice]] = defaultdict(list)
        organisations: dict[NoticeKind, list[UUID]] = defaultdict(list)
        for pk, organisation, due_on in pending.values_list("pk", "organisation", "due_on"):
            for kind in notices_for(due_on, today):
                if (pk, kind.value) not in told:
                    new[kind].append(ReviewNotice(review_id=pk, kind=kind, due_on=due_on))
                    organisations[kind].append(organisation)
        ReviewNotice.objects.bulk_create(notice for notices in new.values() for notice in notices)
        for kind, tell in TELL_COORDINATORS.items():
            if new[kind]:
                tell(_coordinators(organisations[kind]), path=reverse("review"))
        for kind, tell in TELL_MANAGERS.items():
            if new[kind]:
                tell(managers(), path=reverse("reviews"))
    return sum(map(len, new.values()))


def notices_for(due_on: date, today: date) -> list[NoticeKind]:
    """What is to be told on a day about a review that is not finished: to coordinators, and to managers."""
    left = (due_on - today).days
    kinds = [next((kind for days, kind in BEFORE if left > days), NoticeKind.DUE)]
    if due_on + SUSPENDS <= today:
        return [*kinds, NoticeKind.SUSPEND]
    if due_on + OVERDUE <= today:
        return [*kinds, NoticeKind.OVERDUE]
    return kinds


def reviews_lapse(*, today: date) -> int:
    """Give organisations whose review is thirty days overdue a time of grace; returns how many."""
    overdue = Review.objects.filter(
        done_at=None, organisation__status=OrganisationStatus.ACTIVE, due_on__lte=today - LAPSES
    )
    lapsed = 0
    for review in overdue.select_related("organisation"):
        try:
            organisation_lapse(review=review)
        except Conflict:  # somebody moved it just now
            continue
        lapsed += 1
    return lapsed


def graces_tell(*, today: date) -> int:
    """Tell managers once that the day of a time of grace has passed; returns how many there were."""
    with transaction.atomic():
        over = Grace.objects.filter(ended_at=None, told_at=None, review=None, until__lt=today)
        number = over.update(told_at=timezone.now())
        if number:
            notifications.mail_grace_over(managers(), path=reverse("graces"))
    return number


def _alone() -> None:
    """Of two runs at once the second waits, and then finds everything done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('partners.standing'))")


def _coordinators(organisations: Collection[UUID]) -> list[User]:
    """Everybody who looks after one of the organisations, in one statement."""
    holders = Q()
    for kind, table in ROLES.items():
        roles = [str(role) for role, held in table.items() if Permission.ORGANISATION_MANAGE in held]
        if roles:
            holders |= Q(organisation__kind=kind, roles__overlap=roles)
    members = Membership.objects.filter(
        holders, ended_at=None, user__is_active=True, organisation__in=list(organisations)
    )
    return [membership.user for membership in members.select_related("user")]


def _year(day: date, number: int) -> date:
    """The same day some years later; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + number)
    except ValueError:
        return day.replace(year=day.year + number, day=28)
