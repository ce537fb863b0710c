"""The one rule of who sees which case."""

from __future__ import annotations

from django.db import models

from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import access_of


class CaseQuerySet(models.QuerySet):  # of Case, which imports this module
    def visible_to(self, user: object) -> CaseQuerySet:
        """Officers and managers of the secretariat see every case; nobody else sees any."""
        return self.all() if access_of(user).may(Permission.CASE_WORK) else self.none()
