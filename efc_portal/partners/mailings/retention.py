"""Who got which letter is kept for two years, then only how many did."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from efc_portal.core.retention import expires
from efc_portal.partners.mailings.enums import MailingStatus
from efc_portal.partners.models import MailingRecipient

KEPT = timedelta(days=730)


@expires("recipients of letters")
def recipients_expire() -> int:
    ended = [MailingStatus.SENT, MailingStatus.CANCELLED]
    due = MailingRecipient.objects.filter(mailing__status__in=ended, mailing__status_at__lt=timezone.now() - KEPT)
    return due.delete()[0]
