"""What several steps ask before they write."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.pan import truncate_pans
from efc_portal.partners.applications.checklist import left_over
from efc_portal.partners.applications.enums import ApplicationStatus
from efc_portal.partners.models import Application

TEXT_MAX = 5000  # characters


def held(application: Application, *states: ApplicationStatus) -> Application:
    """The application as it stands now, locked until the transaction ends, in one of the states, or `Conflict`."""
    found = Application.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=application.pk)
    if found.status not in states or found.erased_at:
        raise Conflict(
            _("This step is no longer open: somebody else was faster, or it was already done. Reload the page.")
        )
    return found


def checklist_complete(application: Application) -> None:
    """Raise `ApplicationError` while an item is open or not fulfilled."""
    left = left_over(application.sector, application.checks.values_list("item", "state"))
    if left:
        raise ApplicationError(
            _("“%(item)s” is open or not fulfilled in the checklist. Settle it, or decline with reasons."),
            item=left[0].label,
        )


def words(text: str, *, missing: object = "", longest: int = TEXT_MAX) -> tuple[str, int]:
    """A text as it is kept, and how many card numbers were cut. `missing` is the sentence when it must not be empty."""
    kept, cut = truncate_pans(text.strip())
    if missing and not kept:
        raise ApplicationError(missing)
    if len(kept) > longest:
        raise ApplicationError(_("Keep the text within %(most)s characters."), most=longest)
    return kept, cut
