"""The record of look-ups, which is also what limits them."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import IntegerField, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditEvent
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError

HOUR = timedelta(hours=1)
LOOKED_UP = "indicator.look_up"  # its events are counted


class TooMany(ApplicationError):
    """The person has looked up as many values in this hour as one may."""

    status = 429


@transaction.atomic
def look_up_record(*, actor: User, count: int, justification: str) -> None:
    """Record that a person looks so many values up, and why; never which.

    Raises `TooMany` above `LOOK_UP_VALUES_PER_HOUR`. The record itself is what is counted, one look-up of a person
    after the other, so that neither a restart nor many at once are a way round it.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    recent = AuditEvent.objects.filter(actor_id=actor.pk, action=LOOKED_UP, at__gt=timezone.now() - HOUR)
    counted = recent.aggregate(all=Sum(Cast(KeyTextTransform("count", "payload"), IntegerField())))
    before, most = counted["all"] or 0, settings.LOOK_UP_VALUES_PER_HOUR
    if before + count > most:
        raise TooMany(
            _(
                "Within an hour a person may look up %(most)s values. You have looked up %(before)s, and these are "
                "%(count)s more. Ask for fewer, or wait: what you looked up an hour ago no longer counts."
            ),
            most=most,
            before=before,
            count=count,
        )
    audit_record(
        action="indicator.look_up",
        category=Category.CONSULTATION,
        actor=actor,
        justification=justification,
        count=count,
    )
