"""What of mailings waits for the secretariat."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.mailings.enums import MailingStatus, RecipientStatus
from efc_portal.partners.mailings.selectors import addresses_failing
from efc_portal.partners.models import Mailing, MailingRecipient
from efc_portal.partners.register.due import Due, DueRow, due


@due("mailings_unclear", _("Mailings with unclear letters"), order=80, permission=Permission.MEMBERS_MANAGE)
def mailings_unclear() -> Due:
    """By mailing: its letters are decided about together."""
    first = MailingRecipient.objects.filter(mailing=OuterRef("pk"), status=RecipientStatus.UNCLEAR)
    since = Subquery(first.order_by("claimed_at").values("claimed_at")[:1])
    found = Mailing.objects.annotate(since=since).exclude(since=None).order_by("since", "pk")
    return Due(found, lambda one: DueRow(str(one), reverse("mailing_unclear", args=[one.pk]), one.since))


@due("mailings_paused", _("Paused mailings"), order=81, permission=Permission.MEMBERS_MANAGE)
def mailings_paused() -> Due:
    found = Mailing.objects.filter(status=MailingStatus.PAUSED).order_by("status_at", "pk")
    return Due(found, lambda one: DueRow(str(one), reverse("mailing", args=[one.pk]), one.status_at))


@due("addresses_failing", _("People whose e-mail address fails"), order=82, permission=Permission.MEMBERS_MANAGE)
def failing() -> Due:
    failed = [RecipientStatus.REFUSED, RecipientStatus.BOUNCED]
    last = MailingRecipient.objects.filter(address=OuterRef("email"), status__in=failed).order_by("-pk")
    found = addresses_failing().annotate(
        since=Subquery(last.values("settled_at")[:1]),
        organisation_name=Subquery(last.values("organisation__name")[:1]),
        mailing_id=Subquery(last.values("mailing_id")[:1]),
    )

    def row(person: Any) -> DueRow:
        url = reverse("mailing_recipients", args=[person.mailing_id]) + "?" + urlencode({"q": person.email})
        return DueRow(f"{person.name}, {person.organisation_name}: {person.email}", url, person.since)

    return Due(found.order_by(F("since").asc(nulls_last=True), "pk"), row)
