"""The end of the time for which people who left are known by name."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.accounts.services import ERASED_DOMAIN, user_erase
from efc_portal.core.retention import expires
from efc_portal.partners.models import Membership


@expires("people who left")
def former_people_expire() -> int:
    """Forget names and addresses of those whose last membership ended long ago, each in a transaction of its own."""
    limit = timezone.now() - timedelta(days=settings.LEFT_KEEP_DAYS)
    present = Membership.objects.filter(user=OuterRef("pk"), ended_at=None)
    due = (
        User.objects.exclude(email__endswith=f"@{ERASED_DOMAIN}")
        .filter(~Exists(present))
        .annotate(left_at=Max("memberships__ended_at"))
        .filter(left_at__lt=limit)
    )
    erased = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=pk)
            if Membership.objects.filter(user=user, ended_at=None).exists():  # somebody has just come back
                continue
            user_erase(user=user, actor=None)
        erased += 1
    return erased
