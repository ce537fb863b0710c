"""Reads about standing: which organisations, reviews and requests a person may see, and what waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone

from efc_portal.core.counts import counts_of
from efc_portal.core.permissions import Permission
from efc_portal.partners.enums import LeaveStatus, OrganisationKind, OrganisationStatus
from efc_portal.partners.models import (
    Contact,
    FieldChange,
    Grace,
    LeaveRequest,
    Membership,
    Organisation,
    Review,
)
from efc_portal.partners.permissions import access_of, roles_with

OPEN_REQUESTS = (LeaveStatus.ASKED, LeaveStatus.AGREED)
OVERDUE = timedelta(days=14)


def organisations_for(user: object) -> QuerySet[Organisation]:
    """The organisations whose standing a person may see; never the secretariat, whose standing does not change."""
    found = Organisation.objects.exclude(kind=OrganisationKind.SECRETARIAT).select_related("listing")
    return found if access_of(user).may(Permission.MEMBERS_VIEW) else found.none()


def contacts_for(user: object) -> QuerySet[Contact]:
    """The contacts that a person may keep: those of the own organisation."""
    access = access_of(user)
    if not access.may(Permission.ORGANISATION_MANAGE):
        return Contact.objects.none()
    return Contact.objects.filter(organisation=access.organisation).select_related("organisation")


def reviews_for(user: object) -> QuerySet[Review]:
    """All reviews for whoever sees the register, the own organisation's for who looks after it."""
    access = access_of(user)
    found = Review.objects.select_related("organisation", "done_by")
    if access.may(Permission.MEMBERS_VIEW):
        return found
    if access.may(Permission.ORGANISATION_MANAGE):
        return found.filter(organisation=access.organisation)
    return found.none()


def review_open_of(organisation: Organisation) -> Review | None:
    return Review.objects.filter(organisation=organisation, done_at=None).select_related("organisation").first()


def review_last_of(organisation: Organisation) -> Review | None:
    return Review.objects.filter(organisation=organisation).exclude(done_at=None).order_by("-done_at").first()


def grace_of(organisation: Organisation) -> Grace | None:
    return Grace.objects.filter(organisation=organisation, ended_at=None).first()


def graces_for(user: object) -> QuerySet[Grace]:
    """The times of grace that run or are over without a decision, for managers; what ends first, first."""
    found = Grace.objects.filter(ended_at=None).select_related("organisation").order_by("until", "pk")
    return found if access_of(user).may(Permission.MEMBERS_MANAGE) else found.none()


def standing_history(organisation: Organisation) -> QuerySet[FieldChange]:
    """The moves of an organisation, the latest first."""
    return FieldChange.objects.filter(organisation=organisation, field="status").select_related("changed_by")


def leave_requests_for(user: object) -> QuerySet[LeaveRequest]:
    """All requests for managers, the own organisation's for who looks after it; what is open first."""
    access = access_of(user)
    found = LeaveRequest.objects.select_related("organisation", "asked_by", "hand_over_to").order_by("-status_at", "pk")
    if access.may(Permission.MEMBERS_MANAGE):
        return found
    if access.may(Permission.ORGANISATION_MANAGE):
        return found.filter(organisation=access.organisation)
    return found.none()


def leave_open_of(organisation: Organisation) -> LeaveRequest | None:
    found = LeaveRequest.objects.filter(organisation=organisation, status__in=OPEN_REQUESTS)
    return found.select_related("organisation", "hand_over_to").first()


def colleagues_of(organisation: Organisation) -> QuerySet[Membership]:
    """The present people of an organisation who can answer for its submissions."""
    roles = [str(role) for role in roles_with(organisation.kind, [Permission.SUBMISSION_CREATE])]
    found = Membership.objects.filter(
        organisation=organisation, ended_at=None, user__is_active=True, roles__overlap=roles
    )
    return found.select_related("user").order_by("user__name", "user__email")


def overdue(reviews: QuerySet[Review], since: date) -> QuerySet[Review]:
    """Those that were due on a day or earlier and are not finished, of organisations that are members."""
    return reviews.filter(done_at=None, due_on__lte=since).exclude(organisation__status=OrganisationStatus.LEFT)


# --- what waits, for the navigation and the start page: all counts of a side in one query, asked once for a person


def review_waits(user: AbstractBaseUser) -> int:
    return _own_counts(user)["reviews"]


def grace_waits(user: AbstractBaseUser) -> int:
    return _own_counts(user)["graces"]


def reviews_overdue(user: AbstractBaseUser) -> int:
    return _all_counts(user)["reviews"]


def graces_over(user: AbstractBaseUser) -> int:
    return _all_counts(user)["graces"]


def leave_requests_waiting(user: AbstractBaseUser) -> int:
    return _all_counts(user)["requests"]


def _own_counts(user: AbstractBaseUser) -> dict[str, int]:
    own = access_of(user).organisation_id
    return _counts(
        user,
        "_own_standing",
        reviews=Review.objects.filter(organisation=own, done_at=None),
        graces=Grace.objects.filter(organisation=own, ended_at=None),
    )


def _all_counts(user: AbstractBaseUser) -> dict[str, int]:
    today = timezone.localdate()
    return _counts(
        user,
        "_all_standing",
        reviews=overdue(Review.objects.all(), today - OVERDUE),
        graces=Grace.objects.filter(ended_at=None, until__lt=today),
        requests=LeaveRequest.objects.filter(status=LeaveStatus.ASKED),
    )


def _counts(user: AbstractBaseUser, name: str, **found: QuerySet[Any]) -> dict[str, int]:
    """The number of each, remembered with the user object, which lives as long as a request."""
    if not hasattr(user, name):
        setattr(user, name, counts_of(found))
    counts: dict[str, int] = getattr(user, name)
    return counts
