"""Letters that came back: delivery status notifications (RFC 3464) that mail servers send to the envelope's sender."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

from django.utils import timezone

from efc_portal.partners.mailings.enums import RecipientStatus
from efc_portal.partners.mailings.tokens import recipient_of
from efc_portal.partners.models import MailingRecipient

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")  # RFC 3463
_ADDRESS = re.compile(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+")
_ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_CAME_BACK = (RecipientStatus.SENT, RecipientStatus.UNCLEAR, RecipientStatus.LEFT, RecipientStatus.SENDING)


@dataclass(frozen=True)
class Bounce:
    """A letter that could not be delivered, and the status code that says why: 5.1.1, no such mailbox."""

    recipient_id: int
    code: str


def bounce_read(message: Message, *, addressed: str = "") -> Bounce | None:
    """What a message says came back; None for whatever else arrives: answers, notices of delay, forged ones.

    `addressed` is the envelope's recipient, where the mail server tells it.
    """
    addresses = [addressed, *(text for name in _ADDRESSED for text in map(str, message.get_all(name, [])))]
    letters = (recipient_of(one) for text in addresses for one in _ADDRESS.findall(text))
    recipient_id = next((one for one in letters if one), None)
    code = _failure(message)
    return Bounce(recipient_id, code) if recipient_id and code else None


def _failure(message: Message) -> str:
    """The status code of the recipient that delivery failed for; empty when it did not fail."""
    if message.get_content_type() != "multipart/report":
        return ""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
                found = _STATUS.search(str(block.get("Status", "")))
                return found[0] if found and found[0][0] != "2" else "5.0.0"
    return ""


def bounce_note(bounce: Bounce) -> bool:
    """Note that a letter came back; False when that was known, or no such letter is kept any more."""
    letters = MailingRecipient.objects.filter(pk=bounce.recipient_id, status__in=_CAME_BACK)
    now = timezone.now()
    return bool(letters.update(status=RecipientStatus.BOUNCED, code=bounce.code, settled_at=now))
