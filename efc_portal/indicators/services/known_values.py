"""The lists of known values: adding and ending with a reason and a date, and what every portal begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditEvent
from efc_portal.audit.services import Actor, audit_event, audit_record, audit_record_many
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.models import DataKey
from efc_portal.core.services import data_key_current
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.known_defaults import DEFAULTS, LISTS, OTHER, Default
from efc_portal.indicators.match_keys import own_key
from efc_portal.indicators.models import KnownList, KnownValue
from efc_portal.indicators.services.identifiers import PURPOSE
from efc_portal.partners.models import Organisation
from efc_portal.workflow.services import work_enqueue

RECORRELATE = "known_value.recorrelate"  # the step that makes the matches an entry kept from being made


@dataclass(frozen=True)
class NewKnown:
    """A value to put on a list, and why."""

    recognised: Recognised
    reason: str


@transaction.atomic
def known_value_add(
    *,
    actor: Actor,
    recognised: Recognised,
    effect: KnownEffect,
    reason: str,
    known_list: KnownList | None = None,
    public: bool = False,
    covers_below: bool = False,
    organisation: Organisation | None = None,
) -> KnownValue:
    """Put a value on a list (“other known values” if none is named), from now on.

    A public value is kept readable; any other is sealed like an identifier. `covers_below` makes a domain stand for
    the hosts, addresses and pages under it as well, a network for its addresses. `organisation` is whose own it is.
    """
    (entry,) = _add(
        actor=actor,
        rows=[NewKnown(recognised, reason)],
        effect=effect,
        known_list=known_list or known_list_of(OTHER),
        public=public,
        covers_below=covers_below,
        organisation=organisation,
    )
    return entry


@transaction.atomic
def known_values_add(
    *, actor: Actor, rows: Sequence[NewKnown], effect: KnownEffect, known_list: KnownList
) -> list[KnownValue]:
    """Put many values on a list, all or none, in a constant number of statements. They are sealed."""
    return _add(actor=actor, rows=rows, effect=effect, known_list=known_list)


def _add(
    *,
    actor: Actor,
    rows: Sequence[NewKnown],
    effect: KnownEffect,
    known_list: KnownList,
    public: bool = False,
    covers_below: bool = False,
    organisation: Organisation | None = None,
) -> list[KnownValue]:
    for row in rows:
        _check(row, covers_below)
    keys = {own_key(row.recognised): row for row in rows}
    if len(keys) < len(rows):
        raise ApplicationError(_("A value stands twice among these. Give each once."))
    if KnownValue.objects.active().filter(match_key__in=list(keys)).exists():
        raise Conflict(_("This value is on a list already. End that entry first to change it."))
    data_key = None if public else data_key_current(purpose=PURPOSE)
    entries = [
        _entry(
            row,
            fingerprint,
            data_key,
            KnownValue(
                known_list=known_list,
                effect=effect,
                covers_below=covers_below,
                organisation=organisation,
                added_by_id=actor.pk,
            ),
        )
        for fingerprint, row in sorted(keys.items())
    ]
    try:
        with transaction.atomic():
            KnownValue.objects.bulk_create(entries)
    except IntegrityError as error:  # somebody else was faster
        raise Conflict(_("This value is on a list already. End that entry first to change it.")) from error
    audit_record_many(
        [_event(action="known_value.added", actor=actor, entry=entry, why=entry.reason) for entry in entries]
    )
    return entries


def _check(row: NewKnown, covers_below: bool) -> None:
    if not row.reason.strip():
        raise ApplicationError(_("Say why this value is known: the reason is shown wherever the value turns up."))
    if covers_below and not row.recognised.declaration.has_below(row.recognised.canonical):
        raise ApplicationError(_("Only a domain or a network has anything under it."))


def _entry(row: NewKnown, fingerprint: bytes, data_key: DataKey | None, entry: KnownValue) -> KnownValue:
    entry.type, entry.match_key, entry.reason = row.recognised.type, fingerprint, row.reason.strip()
    if data_key is None:
        entry.label = row.recognised.canonical
    else:
        entry.data_key = data_key
        entry.value_sealed = data_key.seal_text(row.recognised.canonical, entry.context)
    return entry


@transaction.atomic
def known_value_end(*, actor: Actor | None, known_value: KnownValue, reason: str) -> None:
    """Take a value off its list from now on. The entry stays, dated, with who ended it and why.

    Matches of before count again at once, and those that it kept from being made are made by a step of the workflow.
    """
    if not reason.strip():
        raise ApplicationError(_("Say why this entry ends."))
    changes = {
        "ended_at": timezone.now(),
        "ended_by_id": actor.pk if actor is not None else None,
        "ended_reason": reason.strip(),
    }
    if not KnownValue.objects.active().filter(pk=known_value.pk).update(**changes):
        raise Conflict(_("This entry has ended already."))
    for column, value in changes.items():
        setattr(known_value, column, value)
    audit_record_many([_event(action="known_value.ended", actor=actor, entry=known_value, why=reason.strip())])
    work_enqueue(RECORRELATE, known_value.pk)


def known_value_open(known_value: KnownValue) -> Recognised:
    """The value of an entry."""
    if known_value.label:
        return Recognised(known_value.type, known_value.label)
    assert known_value.data_key is not None  # a constraint says that it is sealed when it has no label
    assert known_value.value_sealed is not None
    sealed = bytes(known_value.value_sealed)
    return Recognised(known_value.type, known_value.data_key.unseal_text(sealed, known_value.context))


def known_list_of(code: str) -> KnownList:
    """One of the lists that every portal has, made when it is first asked for."""
    named = LISTS[code]
    defaults = {"name": named.name, "purpose": named.purpose, "discreet": named.discreet}
    return KnownList.objects.get_or_create(code=code, defaults=defaults)[0]


@transaction.atomic
def known_list_make(*, actor: Actor, name: str, purpose: str, discreet: bool) -> KnownList:
    """Begin a list of the coalition's own."""
    if KnownList.objects.filter(name__iexact=name.strip()).exists():
        raise Conflict(_("There is a list of this name. Use it, or choose another name."))
    made = KnownList.objects.create(name=name.strip(), purpose=purpose.strip(), discreet=discreet, made_by_id=actor.pk)
    audit_record(action="known_list.made", category=Category.OPERATION, actor=actor, obj=made)
    return made


@transaction.atomic
def known_values_load_defaults() -> int:
    """Add what is missing of the default lists; returns how many. What an officer ended stays ended."""
    lists = {code: known_list_of(code) for code in LISTS}
    wanted = {own_key(Recognised(default.type, default.canonical)): default for default in DEFAULTS}
    there = {
        bytes(key): on_list
        for key, on_list in KnownValue.objects.filter(match_key__in=list(wanted)).values_list(
            "match_key", "known_list_id"
        )
    }
    now = timezone.now()
    entries = [
        KnownValue(
            added_at=now,
            known_list=lists[default.known_list],
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
    _place(lists, {key: wanted[key] for key, on_list in there.items() if on_list == lists[OTHER].pk})
    if entries:
        audit_record(action="known_value.defaults_loaded", category=Category.OPERATION, actor=None, count=len(entries))
    return len(entries)


def _place(lists: dict[str, KnownList], misplaced: dict[bytes, Default]) -> None:
    """Move the portal's own entries of before there were lists to theirs."""
    by_list: dict[str, list[bytes]] = {}
    for key, default in misplaced.items():
        by_list.setdefault(default.known_list, []).append(key)
    for code, keys in by_list.items():
        KnownValue.objects.filter(match_key__in=keys, added_by=None).update(known_list=lists[code])


def _event(*, action: str, actor: Actor | None, entry: KnownValue, why: str) -> AuditEvent:
    return audit_event(
        action=action,
        category=Category.OPERATION,
        actor=actor,
        obj=entry,
        justification=why,
        kind=entry.type,
        code=str(entry.effect),
    )
