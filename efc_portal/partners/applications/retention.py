"""What is erased of applications when its time is over."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from efc_portal.core.errors import Conflict
from efc_portal.core.retention import expires
from efc_portal.partners.applications.enums import CLOSED_UNADMITTED, ApplicationStatus
from efc_portal.partners.applications.services.decision import application_erase
from efc_portal.partners.applications.services.drafts import application_discard
from efc_portal.partners.models import Application

DRAFTS_KEPT = timedelta(days=30)  # after the applicant's last act


@expires("drafts of applications")
def drafts_expire() -> int:
    """Delete drafts that nobody touched for thirty days, each in a transaction of its own."""
    due = Application.objects.filter(status=ApplicationStatus.DRAFT, saved_at__lt=timezone.now() - DRAFTS_KEPT)
    gone = 0
    for draft in due.iterator(chunk_size=200):
        try:
            application_discard(application=draft, expired=True)
        except Conflict:  # sent or deleted just now
            continue
        gone += 1
    return gone


@expires("applications that led to nothing")
def applications_expire() -> int:
    """Destroy what was written in declined and withdrawn applications, each in a transaction of its own."""
    before = timezone.now() - timedelta(days=settings.APPLICATION_KEEP_DAYS)
    due = Application.objects.filter(status__in=CLOSED_UNADMITTED, status_at__lt=before, erased_at=None)
    erased = 0
    for application in due.iterator(chunk_size=200):
        try:
            application_erase(application=application)
        except Conflict:
            continue
        erased += 1
    return erased
