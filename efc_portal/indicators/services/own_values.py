"""What members say is their own: proposed by the member, confirmed by an officer before it takes effect.

A dishonest insider could hide an account by calling it the member's own. So an officer looks first, sees how many
submissions report the value, and it only ever informs: officers go on seeing who else reports it.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.services import data_key_current
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.enums import KnownEffect, OwnValueStatus
from efc_portal.indicators.match_keys import own_key
from efc_portal.indicators.models import KnownList, KnownValue, OwnValue
from efc_portal.indicators.services.identifiers import PURPOSE
from efc_portal.indicators.services.known_values import known_value_add, known_value_end
from efc_portal.indicators.transitions import OWN_VALUE
from efc_portal.partners.models import Organisation
from efc_portal.workflow.transitions import Person

_LISTS = {"merchant": "own_merchants", "iban": "own_accounts", "bank_account": "own_accounts", "bic": "own_accounts",
          "payment_card": "own_accounts", "payment_handle": "own_accounts"}  # fmt: skip


def own_list_code(type_code: str) -> str:
    """The list on which a member's own value of a type belongs."""
    return _LISTS.get(type_code, "own_other")


@transaction.atomic
def own_value_propose(*, actor: User, organisation: Organisation, recognised: Recognised, statement: str) -> OwnValue:
    """Say that a value is the own organisation's. It has no effect before an officer confirms it."""
    if not statement.strip():
        raise ApplicationError(_("Say what it is, so that the secretariat can confirm it."))
    data_key = data_key_current(purpose=PURPOSE)
    proposed = OwnValue(
        organisation=organisation,
        type=recognised.type,
        match_key=own_key(recognised),
        data_key=data_key,
        statement=statement.strip(),
        proposed_by=actor,
    )
    proposed.value_sealed = data_key.seal_text(recognised.canonical, proposed.context)
    try:
        with transaction.atomic():
            proposed.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("Your organisation has given this value already. It stands in the list below.")) from error
    audit_record(
        action="own_value.propose", category=Category.COLLECTION, actor=actor, obj=proposed, kind=proposed.type
    )
    return proposed


@transaction.atomic
def own_value_confirm(*, actor: User, own_value: OwnValue, known_list: KnownList, note: str) -> KnownValue:
    """Confirm it: from now on it stands on a list of known values, informs, and makes no matches."""
    recognised = own_value_open(own_value)
    entry = known_value_add(
        actor=actor,
        recognised=recognised,
        effect=KnownEffect.INFORM,
        reason=f"{own_value.organisation}: {own_value.statement}"[:300],
        known_list=known_list,
        organisation=own_value.organisation,
    )
    changes = {"known_value": entry, "decided_by": actor, "note": note.strip()}
    OWN_VALUE.move(own_value, "confirm", actor=actor, changes=changes, justification=note, kind=own_value.type)
    return entry


@transaction.atomic
def own_value_decline(*, actor: User, own_value: OwnValue, note: str) -> None:
    """Do not confirm it; the note tells the member why."""
    if not note.strip():
        raise ApplicationError(_("Say why it is not confirmed: the member reads it."))
    changes = {"decided_by": actor, "note": note.strip()}
    OWN_VALUE.move(own_value, "decline", actor=actor, changes=changes, justification=note, kind=own_value.type)


@transaction.atomic
def own_value_withdraw(*, actor: User, own_value: OwnValue, reason: str) -> None:
    """The member takes its word back; a confirmed value makes matches again at once."""
    _entry_end(actor, own_value, reason)
    OWN_VALUE.move(own_value, "withdraw", actor=actor, justification=reason, kind=own_value.type)


@transaction.atomic
def own_values_end(*, actor: User, known_value: KnownValue, reason: str) -> None:
    """End an entry of the lists, and with it what a member proposed."""
    known_value_end(actor=actor, known_value=known_value, reason=reason)
    for own_value in OwnValue.objects.filter(known_value=known_value, status=OwnValueStatus.CONFIRMED):
        changes = {"decided_by": actor, "note": reason.strip()}
        OWN_VALUE.move(own_value, "end", actor=actor, changes=changes, justification=reason, kind=own_value.type)


@transaction.atomic
def own_values_lapse(*, organisation: Organisation, actor: Person | None, reason: str) -> int:
    """A member that leaves has no own values any more; how many it had."""
    open_ones = list(
        OwnValue.objects.filter(
            organisation=organisation, status__in=[OwnValueStatus.PROPOSED, OwnValueStatus.CONFIRMED]
        ).select_related("known_value")
    )
    for own_value in open_ones:
        _entry_end(actor, own_value, reason)
        OWN_VALUE.move(own_value, "lapse", actor=None, justification=reason, kind=own_value.type)
    return len(open_ones)


def _entry_end(actor: Person | None, own_value: OwnValue, reason: str) -> None:
    entry = own_value.known_value
    if entry is not None and entry.is_active:
        known_value_end(actor=actor, known_value=entry, reason=reason)


def own_value_open(own_value: OwnValue) -> Recognised:
    """The value itself."""
    sealed = bytes(own_value.value_sealed)
    return Recognised(own_value.type, own_value.data_key.unseal_text(sealed, own_value.context))
