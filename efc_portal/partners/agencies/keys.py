"""Writes to an agency's key: set by its liaison, confirmed by a manager over a second way."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.partners.models import Agency, FieldChange
from efc_portal.partners.recipients import recipient_validate
from efc_portal.partners.rules import keeper_check, permitted


@transaction.atomic
def agency_key_set(*, actor: Actor | None, agency: Agency, recipient: str) -> None:
    """Set the age public key that an agency's packages are encrypted to. It has to be confirmed before it is used.

    Raises `InvalidRecipient` for what is none.
    """
    keeper_check(actor, agency.pk, Permission.AGENCY_MANAGE)
    key = recipient_validate(recipient).text
    agency.recipient, agency.recipient_confirmed_at = key, None
    agency.save(update_fields=["recipient", "recipient_confirmed_at"])
    audit_record(action="agency.key_set", category=Category.ACCESS, actor=actor, obj=agency, key_ending=key[-8:])


@transaction.atomic
def agency_key_confirm(*, actor: Actor | None, agency: Agency, number: str = "", source: str = "") -> None:
    """Record that the key's ending was compared with the agency by a second way, and by which.

    `number` is the telephone number that was called, `source` where it was found; only a command (no actor) may leave
    them out. Raises `ApplicationError` when they are missing or the agency's own number is not confirmed yet, and
    `Conflict` when the key was changed meanwhile.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    number, source = " ".join(number.split()), " ".join(source.split())
    if actor is not None and not (number and source):
        raise ApplicationError(_("Say which number you called, and where you found it."))
    now = timezone.now()
    held = Agency.objects.select_for_update().get(pk=agency.pk)
    if actor is not None and not held.channel_confirmed_at:
        raise ApplicationError(_("Confirm the agency’s telephone number first; the key is compared by it."))
    if not held.recipient or held.recipient != agency.recipient:
        raise Conflict(_("The agency’s key was changed or taken away meanwhile. Compare the new one."))
    Agency.objects.filter(pk=agency.pk).update(recipient_confirmed_at=now)
    agency.recipient_confirmed_at = now
    called = str(_("Called %(number)s (%(source)s)") % {"number": number, "source": source}) if number else ""
    FieldChange.objects.create(
        organisation_id=agency.pk,
        field="recipient",
        after=f"…{agency.recipient[-8:]}",
        changed_by_id=actor.pk if actor else None,
        reason=called[:300],
    )
    audit_record(
        action="agency.key_confirm",
        category=Category.ACCESS,
        actor=actor,
        obj=agency,
        justification=called,
        key_ending=agency.recipient[-8:],
    )
