"""Lifecycles as tables, and the one service that moves an object along them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.errors import Conflict


@dataclass(frozen=True)
class Transition:
    """One arrow of a lifecycle: from which states, to which, what it is called, and who may follow it.

    `by` is a permission's name, or `portal` for the Celery workflow itself. `name` is also the audit action's last
    part: the transition `finish` of a submission is recorded as `submission.finish`.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    by: str


class Lifecycle:
    """A noun's transition table. `noun` is the first part of its audit actions."""

    def __init__(self, noun: str, transitions: Iterable[Transition]) -> None:
        self.noun = noun
        self.transitions = {transition.name: transition for transition in transitions}

    def __getitem__(self, name: str) -> Transition:
        return self.transitions[name]

    def open_from(self, status: str) -> list[Transition]:
        """The transitions that leave a state."""
        return [transition for transition in self.transitions.values() if status in transition.sources]

    def move(
        self,
        obj: models.Model,
        name: str,
        *,
        actor: Actor | None,
        category: Category = Category.ALTERATION,
        justification: str = "",
        recipient: str = "",
        changes: dict[str, Any] | None = None,
        **payload: Any,
    ) -> None:
        """Follow a transition: compare-and-swap of the status, other columns with it, and the audit event.

        Call it inside a transaction. Raises `Conflict` when the object has left the source states meanwhile; then
        nothing was written. `changes` are further columns set by the same UPDATE.
        """
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("a transition is part of a transaction")
        transition, changes = self[name], dict(changes or {})
        came_from = getattr(obj, "status")
        values = {**changes, "status": transition.target, "status_at": timezone.now()}
        changed = (
            type(obj)._base_manager.filter(pk=obj.pk, status__in=transition.sources).update(**values)
            if came_from in transition.sources
            else 0
        )
        if not changed:
            raise Conflict(
                _("This step is no longer open: somebody else was faster, or it was already done. Reload the page.")
            )
        for column, value in values.items():
            setattr(obj, column, value)
        audit_record(
            action=f"{self.noun}.{name}",
            category=category,
            actor=actor,
            obj=obj,
            justification=justification,
            recipient=recipient,
            **{"from": str(came_from), "to": str(transition.target)},
            **payload,
        )
