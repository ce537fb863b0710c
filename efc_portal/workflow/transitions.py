"""Lifecycles as tables, and the one service that moves an object along them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditEvent
from efc_portal.audit.services import Actor, audit_event, audit_record_many
from efc_portal.core.errors import Conflict, NotPermitted
from efc_portal.core.rows import rows_insert

PORTAL = "portal"  # in `Transition.by`: the Celery workflow itself
_lifecycles: dict[str, Lifecycle] = {}


class Person(Actor, Protocol):
    """An actor who can be asked for a permission (Django's `has_perm`, answered by `partners.backends`)."""

    def has_perm(self, perm: str) -> bool: ...


@dataclass(frozen=True)
class Transition:
    """One arrow of a lifecycle: from which states, to which, what it is called, and who may follow it.

    `by` is a permission's name, or `PORTAL`. `name` is also the audit action's last part: the transition `finish` of
    a submission is recorded as `submission.finish`.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    by: str


class Lifecycle:
    """A noun's transition table. `noun` is the first part of its audit actions.

    It begins in the state that its first transition leaves.
    """

    def __init__(self, noun: str, transitions: Iterable[Transition]) -> None:
        if noun in _lifecycles:
            raise ValueError(f"two lifecycles are called {noun}")
        self.noun = noun
        self.transitions = {transition.name: transition for transition in transitions}
        _lifecycles[noun] = self

    def __getitem__(self, name: str) -> Transition:
        return self.transitions[name]

    @property
    def start(self) -> str:
        return next(iter(self.transitions.values())).sources[0]

    @property
    def states(self) -> list[str]:
        """Every state, in the order of the table."""
        return list(
            dict.fromkeys(
                state for transition in self.transitions.values() for state in (*transition.sources, transition.target)
            )
        )

    def open_from(self, status: str) -> list[Transition]:
        """The transitions that leave a state."""
        return [transition for transition in self.transitions.values() if status in transition.sources]

    def move(
        self,
        obj: models.Model,
        name: str,
        *,
        actor: Person | None,
        category: Category = Category.ALTERATION,
        justification: str = "",
        recipient: str = "",
        changes: dict[str, Any] | None = None,
        **payload: Any,
    ) -> None:
        """Follow a transition: compare-and-swap of the status, other columns with it, and the audit event.

        Call it inside a transaction. Raises `NotPermitted` when the table gives the step to somebody else, and
        `Conflict` when the object is not, or no longer, in the state that `obj` shows; then nothing was written.
        `changes` are further columns set by the same UPDATE. `actor=None` is the portal itself.
        """
        transition = self._open(name, actor)
        came_from = str(obj.status)  # type: ignore[attr-defined]
        values = {**(changes or {}), "status": transition.target, "status_at": timezone.now()}
        changed = came_from in transition.sources and type(obj)._base_manager.filter(
            pk=obj.pk, status=came_from
        ).update(**values)
        if not changed:
            raise Conflict(
                _("This step is no longer open: somebody else was faster, or it was already done. Reload the page.")
            )
        for column, value in values.items():
            setattr(obj, column, value)
        event = self._event(
            name, came_from, actor=actor, category=category, obj=obj,
            justification=justification, recipient=recipient, **payload,
        )  # fmt: skip
        audit_record_many([event])

    def begin(
        self,
        obj: models.Model,
        name: str,
        *,
        actor: Person | None,
        category: Category,
        after: Sequence[AuditEvent] = (),
        **payload: Any,
    ) -> None:
        """Save a new object that begins with its first transition followed already, in one INSERT.

        For what is made and moved on by the same act, so that it never stood in the first state. Who may and what is
        recorded is as in `move`; `after` are events of the same transaction that came before and are recorded along.
        Raises `IntegrityError` when there is an object with the same id.
        """
        transition = self._open(name, actor)
        if self.start not in transition.sources:
            raise ValueError(f"a {self.noun} does not begin with {name}")
        obj.status, obj.status_at = transition.target, timezone.now()  # type: ignore[attr-defined]
        rows_insert([obj])
        audit_record_many([*after, self._event(name, self.start, actor=actor, category=category, obj=obj, **payload)])

    def _open(self, name: str, actor: Person | None) -> Transition:
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("a transition is part of a transaction")
        transition = self[name]
        _require(transition, actor)
        return transition

    def _event(self, name: str, came_from: str, **event: Any) -> AuditEvent:
        ends: dict[str, Any] = {"from": came_from, "to": str(self[name].target)}
        return audit_event(action=f"{self.noun}.{name}", **event, **ends)


def _require(transition: Transition, actor: Person | None) -> None:
    """Whether the table gives this step to this actor, whatever a page or a service forgot to ask."""
    may = actor is None if transition.by == PORTAL else actor is not None and actor.has_perm(transition.by)
    if not may:
        raise NotPermitted(_("This step belongs to somebody else. Ask a colleague who has the right for it."))


def lifecycles() -> list[Lifecycle]:
    """Every lifecycle of the portal, by noun."""
    return [_lifecycles[noun] for noun in sorted(_lifecycles)]
