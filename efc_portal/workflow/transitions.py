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
        after: Sequence[AuditEvent] = (),
        **payload: Any,
    ) -> None:
        """Follow a transition: compare-and-swap of the status, other columns with it, and the audit event.

        Call it inside a transaction. Raises `NotPermitted` when the table gives the step to somebody else, and
        `Conflict` when the object is not, or no longer, in the state that `obj` shows; then nothing was written.
        `changes` are further columns set by the same UPDATE, `after` are events of the same transaction that came
        before and are recorded along with it. `actor=None` is the portal itself.
        """
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("a transition is part of a transaction")
        transition = self[name]
        came_from = str(obj.status)  # type: ignore[attr-defined]
        _require(transition, actor)
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
        event = audit_event(
            action=f"{self.noun}.{name}",
            category=category,
            actor=actor,
            obj=obj,
            justification=justification,
            recipient=recipient,
            **{**payload, "from": came_from, "to": str(transition.target)},
        )
        audit_record_many([*after, event])


def _require(transition: Transition, actor: Person | None) -> None:
    """Whether the table gives this step to this actor, whatever a page or a service forgot to ask."""
    may = actor is None if transition.by == PORTAL else actor is not None and actor.has_perm(transition.by)
    if not may:
        raise NotPermitted(_("This step belongs to somebody else. Ask a colleague who has the right for it."))


def lifecycles() -> list[Lifecycle]:
    """Every lifecycle of the portal, by noun."""
    return [_lifecycles[noun] for noun in sorted(_lifecycles)]
