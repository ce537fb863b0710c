"""What the workflow does with a queued mailing: batch after batch."""

from __future__ import annotations

from uuid import UUID

from efc_portal.partners.mailings.sending import batch_claim
from efc_portal.partners.mailings.services import STEP
from efc_portal.workflow.services import step


@step(STEP)
def send(pk: UUID) -> None:
    batch_claim(mailing_id=pk)
