"""The one rule of who sees a file that is on its way in, and who reads that it was given up."""

from __future__ import annotations

from django.db import models

from efc_portal.core.permissions import Permission
from efc_portal.intake.enums import IntakeStatus
from efc_portal.partners.permissions import access_of


class IntakeQuerySet(models.QuerySet):  # of Intake, which imports this module
    def visible_to(self, user: object) -> IntakeQuerySet:
        """Whoever may submit for an organisation sees its files, unless they were given up."""
        access = access_of(user)
        if not access.may(Permission.SUBMISSION_CREATE):
            return self.none()
        own = self.filter(submission__organisation=access.organisation, submission__discarded_at=None)
        return own.exclude(status=IntakeStatus.CANCELLED)


class CancelledIntakeQuerySet(models.QuerySet):  # of CancelledIntake, which imports this module
    def visible_to(self, user: object) -> CancelledIntakeQuerySet:
        """Whoever would see the file."""
        access = access_of(user)
        if not access.may(Permission.SUBMISSION_CREATE):
            return self.none()
        return self.filter(organisation=access.organisation)
