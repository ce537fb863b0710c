"""Reads of the record."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from efc_portal.audit.models import AuditEvent


def timeline(obj: models.Model, *, actions: Iterable[str]) -> models.QuerySet[AuditEvent]:
    """The events of one object with one of these actions, oldest first."""
    return AuditEvent.objects.filter(
        object_type=obj._meta.label_lower, object_id=str(obj.pk), action__in=list(actions)
    ).order_by("id")
