"""Reads of the record."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from efc_portal.audit.models import AuditEvent


def timeline(obj: models.Model, *, actions: Iterable[str]) -> list[AuditEvent]:
    """What happened to one object, oldest first; of the actions asked for only."""
    return list(
        AuditEvent.objects.filter(
            object_type=obj._meta.label_lower, object_id=str(obj.pk), action__in=list(actions)
        ).order_by("pk")
    )
