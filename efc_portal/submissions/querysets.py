"""The one rule of who sees which submission."""

from __future__ import annotations

from django.db import models

from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.enums import SubmissionStatus


class SubmissionQuerySet(models.QuerySet):  # of Submission, which imports this module
    def visible_to(self, user: object) -> SubmissionQuerySet:
        """A partner's people see their organisation's submissions; a draft only whoever may submit.

        Officers and managers of the secretariat see whatever was finished. Nobody else sees any: an agency sees what
        a referral hands it, never a submission.
        """
        access = access_of(user)
        if access.may(Permission.SUBMISSION_VIEW_OWN):
            return self.filter(organisation=access.organisation, discarded_at=None)
        if access.may(Permission.SUBMISSION_TRIAGE) or access.may(Permission.CASE_WORK):
            return self.exclude(status=SubmissionStatus.DRAFT)
        return self.none()

    def editable_by(self, user: object) -> SubmissionQuerySet:
        """The drafts that a person may change: those of the own organisation."""
        if not access_of(user).may(Permission.SUBMISSION_CREATE):
            return self.none()
        return self.visible_to(user).filter(status=SubmissionStatus.DRAFT)
