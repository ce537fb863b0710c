"""Reads of mailings."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL

from efc_portal.accounts.models import User
from efc_portal.core.permissions import Permission
from efc_portal.partners.mailings.enums import RecipientStatus
from efc_portal.partners.mailings.segments import Segment
from efc_portal.partners.models import Mailing, MailingRecipient, Organisation
from efc_portal.partners.permissions import access_of

# The last two letters to an address, both of which came back or were refused for good (5xx, or 5.x.x of RFC 3463).
_FAILING = """
    SELECT address FROM (
        SELECT address, code, status, row_number() OVER (PARTITION BY address ORDER BY id DESC) AS place
        FROM partners_mailingrecipient WHERE status IN ('sent', 'refused', 'bounced')
    ) latest
    WHERE place <= 2 AND status <> 'sent' AND code LIKE '5%%'
    GROUP BY address HAVING count(*) = 2
"""


def mailings_for(user: object) -> QuerySet[Mailing]:
    """All mailings for whoever manages members, none for others; the latest first."""
    mailings = Mailing.objects.select_related("created_by", "queued_by")
    return mailings if access_of(user).may(Permission.MEMBERS_MANAGE) else mailings.none()


def with_counts(mailings: QuerySet[Mailing]) -> QuerySet[Mailing]:
    """Each with `sent_count`, `failed_count` and `unclear_count` of its letters."""
    return mailings.annotate(
        sent_count=Count("recipients", filter=Q(recipients__status=RecipientStatus.SENT)),
        failed_count=Count(
            "recipients",
            filter=Q(recipients__status__in=[RecipientStatus.REFUSED, RecipientStatus.BOUNCED]),
        ),
        unclear_count=Count("recipients", filter=Q(recipients__status=RecipientStatus.UNCLEAR)),
    ).order_by("-created_at")


def counts_of(mailing: Mailing) -> dict[str, int]:
    """How many letters of a mailing stand where; every status is there."""
    found = dict(mailing.recipients.order_by().values_list("status").annotate(Count("pk")))
    return {str(status): found.get(status, 0) for status in RecipientStatus}


def people_meant(segment: Segment) -> list[UUID]:
    return list(segment.memberships().values_list("user_id", flat=True))


def languages_meant(segment: Segment) -> dict[str, int]:
    """How many people of a segment read which language."""
    found = segment.memberships().select_related(None).order_by("user__language")
    return dict(found.values_list("user__language").annotate(Count("pk")))


def unclear_recipients() -> QuerySet[MailingRecipient]:
    """Letters of which nobody knows whether they went, in all mailings, the oldest first."""
    return (
        MailingRecipient.objects.filter(status=RecipientStatus.UNCLEAR)
        .select_related("mailing", "user", "organisation")
        .order_by("claimed_at", "pk")
    )


def addresses_failing() -> QuerySet[User]:
    """Active people whose present address failed for good with the last two letters to it."""
    return User.objects.filter(is_active=True, email__in=RawSQL(_FAILING, ())).order_by("email")  # noqa: S611  no input


def organisations_named(names: list[str]) -> tuple[list[Organisation], list[str]]:
    """The organisations with these names, whatever their case, and the names that are nobody's."""
    if not names:
        return [], []
    wanted = Q()
    for name in names:
        wanted |= Q(name__iexact=name)
    found = list(Organisation.objects.filter(wanted))
    known = {organisation.name.casefold() for organisation in found}
    return found, [name for name in names if name.casefold() not in known]
