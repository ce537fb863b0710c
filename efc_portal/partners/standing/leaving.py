"""What happens to an organisation's things when it leaves, as a list that nouns and apps add to.

    @on_leaving(30, erases=[_("Drafts of submissions")], keeps=[_("Submissions that were sent")])
    def submissions_settle(organisation: Organisation, actor: Person | None) -> None: ...

The functions run in the transaction of the leaving, in their order, before the organisation's state changes; `actor`
is None when its last day is over. What they keep and erase is shown to whoever decides, in these words. They stand in
a `leaving.py` of an app or of a noun of this one, which is imported when Django starts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.services import sessions_end_of
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_event, audit_record_many
from efc_portal.partners.models import Contact, Domain, Listing, Membership, Organisation, Review
from efc_portal.workflow.transitions import Person

Settle = Callable[[Organisation, Person | None], None]


@dataclass(frozen=True)
class Leaving:
    """One thing that happens, and what it means in words."""

    order: int
    settle: Settle
    keeps: tuple[Any, ...]
    erases: tuple[Any, ...]


_all: list[Leaving] = []


def on_leaving(order: int, *, keeps: Sequence[Any] = (), erases: Sequence[Any] = ()) -> Callable[[Settle], Settle]:
    """Register what happens when an organisation leaves."""

    def register(function: Settle) -> Settle:
        _all.append(Leaving(order, function, tuple(keeps), tuple(erases)))
        _all.sort(key=lambda one: one.order)
        return function

    return register


def leaving_settle(organisation: Organisation, actor: Person | None) -> None:
    """Do everything that is registered, in the running transaction."""
    for one in _all:
        one.settle(organisation, actor)


def leaving_keeps() -> list[str]:
    return [str(words) for one in _all for words in one.keeps]


def leaving_erases() -> list[str]:
    return [str(words) for one in _all for words in one.erases]


@on_leaving(
    10,
    keeps=[_("The audit record: who did what, when and why (the law asks for it)")],
    erases=[
        _("Everybody’s access, at once"),
        format_lazy(
            _("Names, addresses, passwords and second factors of its people, after {days} days"),
            days=settings.LEFT_KEEP_DAYS,
        ),
    ],
)
def people_end(organisation: Organisation, actor: Person | None) -> None:
    """End all memberships and sessions, in a constant number of statements."""
    members = list(Membership.objects.select_for_update().filter(organisation=organisation, ended_at=None))
    Membership.objects.filter(pk__in=[one.pk for one in members]).update(ended_at=timezone.now())
    if members:
        audit_record_many(
            [audit_event(action="membership.end", category=Category.ACCESS, actor=actor, obj=one) for one in members]
        )
    sessions_end_of(users=[one.user_id for one in members], actor=actor)


@on_leaving(
    50,
    keeps=[_("The entry in the register, with its history")],
    erases=[
        _("Its page in the public directory"),
        _("Named contacts"),
        _("Mail domains, so that they are free"),
        _("A yearly review that is open"),
    ],
)
def entry_close(organisation: Organisation, actor: Person | None) -> None:
    """Erase contacts, domains and open reviews; hide the listing."""
    contacts, _each = Contact.objects.filter(organisation=organisation).delete()
    names = list(Domain.objects.filter(organisation=organisation).values_list("name", flat=True))
    Domain.objects.filter(organisation=organisation).delete()
    Review.objects.filter(organisation=organisation, done_at=None).delete()
    Listing.objects.filter(organisation=organisation).update(is_shown=False, descriptions={})
    events = [
        audit_event(action="domain.remove", category=Category.ACCESS, actor=actor, obj=organisation, code=name)
        for name in names
    ]
    if contacts:
        events.append(
            audit_event(
                action="contact.erase", category=Category.ERASURE, actor=actor, obj=organisation, count=contacts
            )
        )
    if events:
        audit_record_many(events)
