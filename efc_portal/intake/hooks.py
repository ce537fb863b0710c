"""What files of rows do with the draft they belong to: go with it, end with it, and stand on its pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import Intake
from efc_portal.intake.services.erasing import intakes_erase
from efc_portal.intake.services.steering import intakes_confirm, intakes_discard
from efc_portal.submissions.file_rows import Source, file_source
from efc_portal.submissions.models import Submission


def links(draft: Submission) -> list[tuple[str, str]]:
    files = draft.intakes.exclude(status=IntakeStatus.CANCELLED).select_related("submission__data_key")
    return [(_said(one), reverse("intake:detail", args=[one.pk])) for one in files]


def _said(intake: Intake) -> str:
    said = _("%(file)s: %(state)s") % {"file": intake.name, "state": intake.get_status_display()}
    broken, mended, again = (intake.summary.get(name, 0) for name in ("broken", "mended", "again"))
    number = broken - mended - again
    if intake.status != IntakeStatus.CHECKED or not number:
        return said
    left = ngettext("%(count)s row was not taken", "%(count)s rows were not taken", number)
    return f"{said} · {left % {'count': number_format(number, use_l10n=True, force_grouping=True)}}"


file_source(Source(finishing=intakes_confirm, discarding=intakes_discard, erasing=intakes_erase, links=links))
