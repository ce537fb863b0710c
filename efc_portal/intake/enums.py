"""The states of a file on its way in."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class IntakeStatus(TextChoices):
    UPLOADED = "uploaded", pgettext_lazy("import status", "To be described")
    DESCRIBED = "described", pgettext_lazy("import status", "Described")
    CHECKING = "checking", pgettext_lazy("import status", "Being checked")
    PAUSED = "paused", pgettext_lazy("import status", "Paused")
    CHECKED = "checked", pgettext_lazy("import status", "Checked, not sent yet")
    CONFIRMED = "confirmed", pgettext_lazy("import status", "Sent")
    CANCELLED = "cancelled", pgettext_lazy("import status", "Cancelled")
    FAILED = "failed", pgettext_lazy("import status", "Could not be read")


# what keeps a draft from being sent: somebody still has to decide about it
UNDECIDED = (IntakeStatus.UPLOADED, IntakeStatus.DESCRIBED, IntakeStatus.CHECKING, IntakeStatus.PAUSED)
# whose rows are erased
GIVEN_UP = (IntakeStatus.CANCELLED, IntakeStatus.FAILED)
# what can still be given up
OPEN = (*UNDECIDED, IntakeStatus.CHECKED, IntakeStatus.FAILED)
