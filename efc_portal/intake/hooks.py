"""What files of rows do with the draft they belong to: go with it, end with it, and stand on its pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.services.erasing import intakes_erase
from efc_portal.intake.services.steering import intakes_confirm, intakes_discard
from efc_portal.submissions.file_rows import Source, file_source
from efc_portal.submissions.models import Submission


def links(draft: Submission) -> list[tuple[str, str]]:
    files = draft.intakes.exclude(status=IntakeStatus.CANCELLED).select_related("submission__data_key")
    return [
        (
            _("%(file)s: %(state)s") % {"file": one.name, "state": one.get_status_display()},
            reverse("intake:detail", args=[one.pk]),
        )
        for one in files
    ]


file_source(Source(finishing=intakes_confirm, discarding=intakes_discard, erasing=intakes_erase, links=links))
