"""What happens to a partner's submissions when it leaves the coalition."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.partners.models import Organisation
from efc_portal.partners.standing.leaving import on_leaving
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Submission
from efc_portal.submissions.services.drafts import drafts_erase
from efc_portal.submissions.transitions import SUBMISSION
from efc_portal.workflow.transitions import Person


@on_leaving(
    30,
    keeps=[
        _("Submissions that were sent, with their messages; questions that are open go to the secretariat’s care"),
        _("Cases and referrals that rest on them, as long as the law asks"),
    ],
    erases=[_("Drafts of submissions, with their files and keys")],
)
def submissions_settle(organisation: Organisation, actor: Person | None) -> None:
    """Erase drafts; take over what waits for an answer that nobody can give any more."""
    own = Submission.objects.select_for_update(of=("self",), no_key=True).filter(organisation=organisation)
    drafts_erase(list(own.filter(status=SubmissionStatus.DRAFT)), actor)
    for submission in own.filter(status=SubmissionStatus.ASKED):
        SUBMISSION.move(submission, "take_over", actor=None)
