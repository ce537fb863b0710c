"""The one rule of who sees which case, and which matches hold."""

from __future__ import annotations

from django.db import models

from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.models import Withdrawal


class CaseQuerySet(models.QuerySet):  # of Case, which imports this module
    def visible_to(self, user: object) -> CaseQuerySet:
        """Officers and managers of the secretariat see every case; nobody else sees any."""
        return self.all() if access_of(user).may(Permission.CASE_WORK) else self.none()


class MatchQuerySet(models.QuerySet):  # of Match
    def holding(self) -> MatchQuerySet:
        """Without those of a value that one of the two took back, from that moment on; the workflow removes them."""
        one_of_them = models.Q(submission=models.OuterRef("earlier")) | models.Q(submission=models.OuterRef("later"))
        taken_back = Withdrawal.objects.filter(one_of_them, identifier=models.OuterRef("identifier"))
        return self.exclude(models.Exists(taken_back))
