"""What tests of the outbox share."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.worker import work_drain_for


def make_due() -> None:
    """Let the time pass that steps which wait are put off for."""
    WorkItem.objects.filter(done_at=None).update(due_at=timezone.now() - timedelta(seconds=10))


def drain() -> None:
    """Do all that is due."""
    assert work_drain_for(20) is False
