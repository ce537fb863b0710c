"""The known-good lists: adding with a reason, ending with a date, and the list every portal begins with."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.encryption import match_key
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.services import data_key_current
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.known_defaults import DEFAULTS
from efc_portal.indicators.models import KnownValue
from efc_portal.indicators.services.identifiers import PURPOSE


@transaction.atomic
def known_value_add(
    *,
    actor: Actor,
    recognised: Recognised,
    effect: KnownEffect,
    reason: str,
    public: bool = False,
    covers_below: bool = False,
) -> KnownValue:
    """Put a value on a list. A public value is kept readable; any other is sealed like an identifier.

    `covers_below` makes a domain stand for the hosts, addresses and pages under it, and a network for its addresses.
    """
    if not reason.strip():
        raise ApplicationError(_("Say why this value is known: the reason is shown wherever the value turns up."))
    is_network = recognised.type == "ip" and "/" in recognised.canonical
    if covers_below and not is_network and recognised.type != "domain":
        raise ApplicationError(_("Only a domain or a network has anything under it."))
    fingerprint = match_key(recognised.type, recognised.canonical)
    if KnownValue.objects.active().filter(match_key=fingerprint, type=recognised.type).exists():
        raise Conflict(_("This value is on a list already. End that entry first to change it."))
    entry = KnownValue(
        type=recognised.type,
        match_key=fingerprint,
        effect=effect,
        reason=reason.strip(),
        covers_below=covers_below,
        added_by_id=actor.pk,
    )
    if public:
        entry.label = recognised.canonical
    else:
        entry.data_key = data_key_current(purpose=PURPOSE)
        entry.value_sealed = entry.data_key.seal_text(recognised.canonical, entry.context)
    entry.save(force_insert=True)
    _record("known_value.added", actor, entry, entry.reason)
    return entry


@transaction.atomic
def known_value_end(*, actor: Actor, known_value: KnownValue, reason: str) -> None:
    """Take a value off its list from now on. The entry stays, dated, with who ended it."""
    if not reason.strip():
        raise ApplicationError(_("Say why this entry ends."))
    now = timezone.now()
    ended = KnownValue.objects.active().filter(pk=known_value.pk).update(ended_at=now, ended_by=actor.pk)
    if not ended:
        raise Conflict(_("This entry has ended already."))
    known_value.ended_at, known_value.ended_by_id = now, actor.pk
    _record("known_value.ended", actor, known_value, reason.strip())


def known_value_open(known_value: KnownValue) -> Recognised:
    """The value of an entry."""
    if known_value.label:
        return Recognised(known_value.type, known_value.label)
    assert known_value.data_key is not None  # a constraint says that it is sealed when it has no label
    assert known_value.value_sealed is not None
    sealed = bytes(known_value.value_sealed)
    return Recognised(known_value.type, known_value.data_key.unseal_text(sealed, known_value.context))


@transaction.atomic
def known_values_load_defaults() -> int:
    """Add what is missing of the default list; returns how many. What an officer ended stays ended."""
    wanted = {match_key(default.type, default.canonical): default for default in DEFAULTS}
    there = {
        bytes(key) for key in KnownValue.objects.filter(match_key__in=list(wanted)).values_list("match_key", flat=True)
    }
    entries = [
        KnownValue(
            type=default.type,
            match_key=fingerprint,
            label=default.canonical,
            effect=KnownEffect.INFORM,
            reason=default.reason,
            covers_below=default.covers_below,
        )
        for fingerprint, default in sorted(wanted.items())
        if fingerprint not in there
    ]
    KnownValue.objects.bulk_create(entries, ignore_conflicts=True)
    if entries:
        audit_record(action="known_value.defaults_loaded", category=Category.OPERATION, actor=None, count=len(entries))
    return len(entries)


def _record(action: str, actor: Actor, entry: KnownValue, why: str) -> None:
    audit_record(
        action=action,
        category=Category.OPERATION,
        actor=actor,
        obj=entry,
        justification=why,
        kind=entry.type,
        code=str(entry.effect),
    )
