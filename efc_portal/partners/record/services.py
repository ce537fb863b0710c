"""The daily verification of the record, and whom its damage is told."""

from __future__ import annotations

from django.db import connection, transaction
from django.urls import reverse

from efc_portal.audit.models import AuditEvent
from efc_portal.audit.verification import BROKEN, verification_is_due, verification_record, verification_result
from efc_portal.core.permissions import Permission
from efc_portal.notifications import services as notifications
from efc_portal.partners.selectors import people_who_may


def record_verify_daily() -> AuditEvent | None:
    """Verify the record when the last time is a day ago; whoever has to know of damage gets a mail each time.

    A long record takes longer than the pause between two times of asking: only one process verifies.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('audit-verify'))")
        if not cursor.fetchone()[0]:
            return None
        try:
            return _verify() if verification_is_due() else None
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('audit-verify'))")


def _verify() -> AuditEvent:
    result = verification_result()
    with transaction.atomic():
        event = verification_record(result)
        if result["code"] == BROKEN:
            people = {
                person.pk: person
                for permission in (Permission.AUDIT_READ, Permission.MEMBERS_MANAGE)
                for person in people_who_may(permission)
            }
            notifications.mail_record_damaged(people.values(), path=reverse("audit:state"))
    return event
