"""Writes to mailings: the draft, the queue, and what people decide while it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.partners.mailings.enums import LANGUAGE, MailingStatus, RecipientStatus
from efc_portal.partners.mailings.letters import text_check
from efc_portal.partners.mailings.segments import Segment, fingerprint
from efc_portal.partners.mailings.transitions import MAILING
from efc_portal.partners.models import Mailing, MailingRecipient
from efc_portal.partners.models.mailing import Text
from efc_portal.partners.rules import permitted
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person

STEP = "mailing.send"


@transaction.atomic
def mailing_create(*, actor: Person, texts: Mapping[str, Text], segment: Segment) -> Mailing:
    """Begin a draft. Raises `ApplicationError` for what must not travel by mail."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    mailing = Mailing(texts=_checked(texts), segment=segment.as_json, created_by_id=actor.pk)
    mailing.save(force_insert=True)
    audit_record(action="mailing.draft", category=Category.ALTERATION, actor=actor, obj=mailing)
    return mailing


@transaction.atomic
def mailing_change(
    *, mailing: Mailing, version: int, actor: Person, texts: Mapping[str, Text], segment: Segment
) -> None:
    """Change a draft. `version` is the one that was changed: raises `Conflict` when there is a newer one by now."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    changed = Mailing.objects.filter(pk=mailing.pk, version=version, status=MailingStatus.DRAFT).update(
        texts=_checked(texts), segment=segment.as_json, version=F("version") + 1
    )
    if not changed:
        raise Conflict(
            _("Somebody else changed or queued this letter meanwhile. Copy your text, reload the page and look again.")
        )
    mailing.refresh_from_db()
    audit_record(action="mailing.change", category=Category.ALTERATION, actor=actor, obj=mailing)


@transaction.atomic
def mailing_queue(*, mailing: Mailing, version: int, people: str, actor: Person) -> int:
    """Queue a draft for exactly the people that were confirmed; how many they are.

    `people` is their `segments.fingerprint`. Raises `Conflict` when the draft, or whom its segment means, is another by
    now; then nobody is written to.
    """
    if not Mailing.objects.filter(pk=mailing.pk, version=version).exists():
        raise Conflict(_("Somebody else changed this letter meanwhile. Look at the new one before you queue it."))
    count = _recipients_insert(mailing)
    queued = mailing.recipients.values_list("user_id", flat=True)
    if fingerprint(queued) != people:
        raise Conflict(
            _("Whom this letter goes to has changed since you looked: people came, left or got roles. Look again.")
        )
    if not count:
        raise ApplicationError(_("Nobody fits what you chose. Change whom the letter goes to."))
    now = timezone.now()
    MAILING.move(
        mailing,
        "queue",
        actor=actor,
        category=Category.DISCLOSURE,
        changes={"queued_at": now, "queued_by_id": actor.pk, "recipient_count": count},
        count=count,
    )
    work_enqueue(STEP, mailing.pk)
    return count


def _recipients_insert(mailing: Mailing) -> int:
    """One row for each person of the segment, in one statement whatever their number."""
    chosen = Segment.of(mailing.segment).memberships().select_related(None)
    people, values = chosen.values_list("user_id", "organisation_id", "user__email").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO partners_mailingrecipient "  # noqa: S608  the query is Django's own
            "(mailing_id, user_id, organisation_id, address, status, code, attempts, due_at) "
            f"SELECT %s, chosen.*, %s, '', 0, now() FROM ({people}) chosen",
            [mailing.pk, RecipientStatus.WAITING, *values],
        )
        return cursor.rowcount


@transaction.atomic
def mailing_pause(*, mailing: Mailing, actor: Person) -> None:
    """Send no more for now. The few letters that a worker has taken up already still go."""
    MAILING.move(mailing, "pause", actor=actor)


@transaction.atomic
def mailing_resume(*, mailing: Mailing, actor: Person) -> None:
    MAILING.move(mailing, "resume", actor=actor)
    work_enqueue(STEP, mailing.pk)


@transaction.atomic
def mailing_cancel(*, mailing: Mailing, actor: Person) -> None:
    """Send no more at all. What went has gone; the rest is marked as not sent."""
    MAILING.move(mailing, "cancel", actor=actor)
    waiting = mailing.recipients.filter(status=RecipientStatus.WAITING)
    waiting.update(status=RecipientStatus.DROPPED, settled_at=timezone.now())


@transaction.atomic
def mailing_unclear_repeat(*, mailing: Mailing, recipients: Iterable[int], actor: Person) -> int:
    """Send letters again of which nobody knows whether they went: somebody decided to risk a second copy."""
    fresh: dict[str, Any] = {"status": RecipientStatus.WAITING, "claimed_at": None, "due_at": timezone.now()}
    count = _unclear_settle(mailing, recipients, actor, **fresh)
    audit_record(action="mailing.repeat", category=Category.DISCLOSURE, actor=actor, obj=mailing, count=count)
    if mailing.status == MailingStatus.CANCELLED:
        raise Conflict(_("This mailing was cancelled: nothing more is sent. Leave the letters as they are."))
    if mailing.status == MailingStatus.SENT:
        MAILING.move(mailing, "again", actor=actor)
    work_enqueue(STEP, mailing.pk)
    return count


@transaction.atomic
def mailing_unclear_leave(*, mailing: Mailing, recipients: Iterable[int], actor: Person) -> int:
    """Leave letters as they are of which nobody knows whether they went, and ask no more about them."""
    count = _unclear_settle(mailing, recipients, actor, status=RecipientStatus.LEFT, settled_at=timezone.now())
    audit_record(action="mailing.leave", category=Category.ALTERATION, actor=actor, obj=mailing, count=count)
    return count


def _unclear_settle(mailing: Mailing, recipients: Iterable[int], actor: Person, **values: Any) -> int:
    permitted(actor, Permission.MEMBERS_MANAGE)
    wanted = set(recipients)
    if not wanted:
        raise ApplicationError(_("Tick at least one letter."))
    mailing.status = Mailing.objects.select_for_update().values_list("status", flat=True).get(pk=mailing.pk)
    settled = MailingRecipient.objects.filter(mailing=mailing, pk__in=wanted, status=RecipientStatus.UNCLEAR)
    if settled.update(**values) != len(wanted):
        raise Conflict(_("Somebody else has decided about some of these letters meanwhile. Reload the page."))
    return len(wanted)


def _checked(texts: Mapping[str, Text]) -> dict[str, Text]:
    """The languages that have a text. Raises `ApplicationError` for half a letter and for what mail must not carry."""
    kept: dict[str, Text] = {}
    for language, _name in settings.INTERFACE_LANGUAGES:
        text = texts.get(language, Text(subject="", body=""))
        subject = " ".join(text["subject"].split())
        body = text["body"].replace("\r\n", "\n").strip()
        if bool(subject) != bool(body) or (language == LANGUAGE and not subject):
            raise ApplicationError(_("Each language needs both a subject and a text, and English is needed always."))
        text_check(subject)
        text_check(body)
        if subject:
            kept[language] = Text(subject=subject, body=body)
    return kept
