"""Sending a mailing: each letter at most once, whatever is killed in between.

The portal's ordinary mail is sent at least once: a step of the workflow sends it, and a crash between the mail server's
yes and our commit sends it again. That is right for “something waits for you”, and wrong for a letter to two thousand
people. So a letter is *claimed* first, and sent only when the claim is in the database for good:

1. The step claims a batch in its one transaction and asks for itself again for the rest. The workflow does that exactly
   once, and a killed worker's batch is simply not claimed.
2. After the commit the same worker speaks with the mail server and notes each answer. This runs at most once, since
   nothing repeats what follows a commit. A worker that is killed here leaves letters claimed.
3. What stands claimed longer than any worker may take is *unclear*, and waits for a person: send again, or leave.

Letters that were certainly not handed over (no connection, the server asks to wait) go back to waiting instead.
"""

from __future__ import annotations

import logging
import smtplib
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

from efc_portal.partners.mailings.enums import OPEN, MailingStatus, RecipientStatus
from efc_portal.partners.mailings.letters import letter_of
from efc_portal.partners.mailings.services import STEP
from efc_portal.partners.mailings.transitions import MAILING
from efc_portal.partners.models import Mailing, MailingRecipient, Membership
from efc_portal.workflow.services import work_enqueue

logger = logging.getLogger(__name__)

BATCH = 50
BATCH_SECONDS = 60.0  # what is left of a batch then goes back to waiting
CLAIM_LASTS = timedelta(minutes=5)  # well beyond BATCH_SECONDS and the mail server's last answer
SERVER_PAUSE = timedelta(minutes=1)  # after the server took nothing
LOOK_AGAIN = timedelta(seconds=20)
TRIES = 8  # how often one address may ask to try later, over about two hours


@dataclass(frozen=True)
class Outcome:
    """What became of one letter. `trouble`: the server takes nothing more at present."""

    status: RecipientStatus
    code: str = ""
    trouble: str = ""


def batch_claim(*, mailing_id: UUID) -> None:
    """Claim the next letters in the running transaction, and send them when it has committed."""
    mailing = Mailing.objects.select_for_update().get(pk=mailing_id)
    now = timezone.now()
    letters = MailingRecipient.objects.filter(mailing=mailing)
    lost = letters.filter(status=RecipientStatus.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    lost.update(status=RecipientStatus.UNCLEAR, settled_at=now)
    if mailing.status == MailingStatus.QUEUED:
        MAILING.move(mailing, "start", actor=None)
    if mailing.status == MailingStatus.SENDING:
        waiting = letters.filter(status=RecipientStatus.WAITING, due_at__lte=now).order_by("pk")
        claimed = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        if claimed:
            letters.filter(pk__in=claimed).update(status=RecipientStatus.SENDING, claimed_at=now)
            work_enqueue(STEP, mailing.pk)
            transaction.on_commit(partial(batch_send, mailing_id=mailing.pk, claimed_at=now), robust=True)
            return
    if not _finish(mailing) and (later := _next_look(mailing)):
        work_enqueue(STEP, mailing.pk, delay=later)


def batch_send(*, mailing_id: UUID, claimed_at: datetime) -> None:
    """Hand the letters of one claim to the mail server, over one connection. Never call it twice for the same claim."""
    mailing = Mailing.objects.get(pk=mailing_id)
    belongs = Membership.objects.filter(
        user=OuterRef("user"),
        organisation=OuterRef("organisation"),
        ended_at=None,
        suspended_at=None,
        user__is_active=True,
    )
    claimed = MailingRecipient.objects.filter(
        mailing=mailing, status=RecipientStatus.SENDING, claimed_at=claimed_at
    ).select_related("user", "organisation")
    letters = list(claimed.annotate(belongs=Exists(belongs)).order_by("pk"))
    until = time.monotonic() + BATCH_SECONDS
    server = get_connection()
    trouble = _open(server)
    for place, letter in enumerate(letters):
        if trouble or time.monotonic() > until:
            _release([one.pk for one in letters[place:]], claimed_at)
            break
        outcome = _hand_over(server, mailing, letter) if letter.belongs else Outcome(RecipientStatus.DROPPED)
        _note(letter, claimed_at, outcome)
        trouble = outcome.trouble
    with suppress(OSError):
        server.close()
    _trouble_note(mailing, trouble)
    with transaction.atomic():
        _finish(Mailing.objects.select_for_update().get(pk=mailing.pk))


def _open(server: Any) -> str:
    """Empty, or why the server cannot be spoken with."""
    try:
        server.open()
    except smtplib.SMTPResponseException as error:
        return f"{type(error).__name__} {error.smtp_code}"
    except OSError as error:  # what smtplib raises is one, too
        return type(error).__name__
    return ""


def _hand_over(server: Any, mailing: Mailing, letter: MailingRecipient) -> Outcome:
    written = letter_of(mailing, letter)
    try:
        server.send_messages([written])
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(letter, next(iter(error.recipients.values()))[0])
    except smtplib.SMTPDataError as error:
        return _refused(letter, error.smtp_code)
    except smtplib.SMTPResponseException as error:  # the sender was refused: no letter of this mailing would go
        return Outcome(RecipientStatus.WAITING, trouble=f"{type(error).__name__} {error.smtp_code}")
    except (smtplib.SMTPNotSupportedError, ValueError):  # an address that this server cannot take
        return Outcome(RecipientStatus.REFUSED, code="553")
    except OSError as error:  # the connection broke: before or after the server had the letter
        return Outcome(RecipientStatus.UNCLEAR, trouble=type(error).__name__)
    return Outcome(RecipientStatus.SENT)


def _refused(letter: MailingRecipient, code: int) -> Outcome:
    """RFC 5321: 4xx asks to try again later, 5xx is final. 421 says that the server closes the connection."""
    if code < 500 and letter.attempts + 1 < TRIES:
        return Outcome(RecipientStatus.WAITING, str(code), trouble="SMTPServerDisconnected 421" if code == 421 else "")
    return Outcome(RecipientStatus.REFUSED, str(code))


def _note(letter: MailingRecipient, claimed_at: datetime, outcome: Outcome) -> None:
    """Note what became of a letter, at once: the fewer stand claimed when a worker is killed, the fewer are unclear."""
    now = timezone.now()
    values: dict[str, Any] = {"status": outcome.status, "code": outcome.code}
    if outcome.status != RecipientStatus.WAITING:
        values["settled_at"] = now
    elif outcome.code:
        values |= {"attempts": letter.attempts + 1, "due_at": now + timedelta(minutes=2**letter.attempts)}
    MailingRecipient.objects.filter(
        pk=letter.pk, claimed_at=claimed_at, status__in=[RecipientStatus.SENDING, RecipientStatus.UNCLEAR]
    ).update(**values)


def _release(pks: list[int], claimed_at: datetime) -> None:
    """Put letters back that were claimed and never spoken of."""
    claimed = MailingRecipient.objects.filter(pk__in=pks, claimed_at=claimed_at, status=RecipientStatus.SENDING)
    claimed.update(status=RecipientStatus.WAITING)


def _trouble_note(mailing: Mailing, trouble: str) -> None:
    """Note on the mailing why nothing goes, for the page that shows it, and let the server rest."""
    now = timezone.now()
    if trouble:
        logger.warning("mailing %s waits for the mail server: %s", mailing.pk, trouble)
        Mailing.objects.filter(pk=mailing.pk).update(trouble=trouble[:60], trouble_at=now)
        waiting = MailingRecipient.objects.filter(mailing=mailing, status=RecipientStatus.WAITING)
        waiting.filter(due_at__lt=now + SERVER_PAUSE).update(due_at=now + SERVER_PAUSE)
    elif mailing.trouble:
        Mailing.objects.filter(pk=mailing.pk).update(trouble="", trouble_at=None)


def _finish(mailing: Mailing) -> bool:
    """Note that a mailing is through, when it is; its row is locked."""
    if mailing.status != MailingStatus.SENDING or mailing.recipients.filter(status__in=OPEN).exists():
        return False
    MAILING.move(mailing, "finish", actor=None)
    return True


def _next_look(mailing: Mailing) -> timedelta | None:
    """When the step has something to do again; None when only a person can go on."""
    if mailing.recipients.filter(status=RecipientStatus.SENDING).exists():
        return LOOK_AGAIN
    if mailing.status != MailingStatus.SENDING:
        return None
    due = mailing.recipients.filter(status=RecipientStatus.WAITING).aggregate(first=Min("due_at"))["first"]
    return max(due - timezone.now(), timedelta(seconds=1)) if due else None
