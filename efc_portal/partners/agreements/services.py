"""Writes to the memorandum: its versions, and their acceptance by members."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.blobs import blob_delete, blob_read, blob_write
from efc_portal.core.content import Reason, RefusedContent, clean, inspect
from efc_portal.core.content.kinds import AttachmentKind
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.models import DataKey
from efc_portal.core.permissions import Permission
from efc_portal.core.services import reference_next
from efc_portal.core.tokens import tokens_revoke
from efc_portal.notifications import services as notifications
from efc_portal.partners.agreements.enums import AcceptanceStatus, VersionStatus
from efc_portal.partners.agreements.selectors import MEMBER_KINDS, agreement_current
from efc_portal.partners.agreements.transitions import ACCEPTANCE, AGREEMENT
from efc_portal.partners.models import Acceptance, AgreementVersion, Organisation
from efc_portal.partners.permissions import access_of
from efc_portal.partners.rules import permitted
from efc_portal.partners.selectors import people_who_may
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person

PURPOSE = "agreement"
SIGNING = "agreement.sign"  # the purpose of an applicant's link
REFERENCE = "P"

# --- versions


def agreement_draft(
    *, title: str, text: str, changes: str, accept_by: date, file: BinaryIO, filename: str, actor: Person
) -> AgreementVersion:
    """Draft the next version: its text, and the same as a PDF, which is inspected and stored encrypted.

    Raises `RefusedContent` for a file that is no plain PDF, `ApplicationError` for a date that has passed, and
    `Conflict` while there is a draft already.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    plain = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if not plain or not title.strip():
        raise ApplicationError(_("Give the memorandum’s title and its text."))
    if accept_by <= timezone.localdate():
        raise ApplicationError(_("The day until which members are asked to accept it has to be in the future."))
    inspection = inspect(file, filename=filename, limit=settings.ATTACHMENT_MAX_BYTES)
    if inspection.kind != AttachmentKind.PDF:
        refusal = RefusedContent(
            Reason.NAME, _("“%(file)s” is no PDF."), _("Choose the memorandum as a PDF, without pictures.")
        )
        refusal.about(inspection.filename)
        raise refusal
    version = AgreementVersion(
        title=" ".join(title.split()),
        text=plain,
        text_sha256=hashlib.sha256(plain.encode()).hexdigest(),
        changes=changes.replace("\r\n", "\n").strip(),
        accept_by=accept_by,
        drafted_by_id=actor.pk,
        data_key=DataKey.new(PURPOSE),
    )
    blob = blob_write(clean(file, inspection), data_key=version.data_key, context=version.context)
    version.blob, version.size, version.sha256 = blob.name, blob.size, blob.sha256
    try:
        with transaction.atomic():
            version.data_key.save(force_insert=True)
            latest = AgreementVersion.objects.exclude(status=VersionStatus.DISCARDED).order_by("-number").first()
            version.number = latest.number + 1 if latest else 1
            version.save(force_insert=True)
            audit_record(
                action="agreement.draft",
                category=Category.OPERATION,
                actor=actor,
                obj=version,
                code=str(version.number),
                sha256=version.sha256,
            )
    except IntegrityError as error:
        blob_delete(blob.name)
        raise Conflict(_("There is a draft of the next version already. Publish or discard it first.")) from error
    except BaseException:
        blob_delete(blob.name)
        raise
    return version


@transaction.atomic
def agreement_discard(*, version: AgreementVersion, actor: Person) -> None:
    """Put a draft away. It is kept, and its text can be taken up for the next draft."""
    AGREEMENT.move(version, "discard", actor=actor, category=Category.OPERATION)


@transaction.atomic
def agreement_publish(*, version: AgreementVersion, actor: Person) -> None:
    """Put a version in force instead of the present one, and ask every member for it.

    Raises `NotPermitted` for who drafted it, `ApplicationError` when its day has come meanwhile.
    """
    if version.drafted_by_id == actor.pk:
        raise NotPermitted(_("You drafted this version. Another manager has to read and publish it."))
    if version.accept_by <= timezone.localdate():
        raise ApplicationError(
            _("The day until which members are asked to accept it has come. Discard this draft and set a later day.")
        )
    if present := agreement_current():
        AGREEMENT.move(present, "supersede", actor=None, category=Category.OPERATION)
    AGREEMENT.move(
        version,
        "publish",
        actor=actor,
        category=Category.OPERATION,
        changes={"published_at": timezone.now(), "published_by_id": actor.pk},
        code=str(version.number),
        sha256=version.text_sha256,
    )
    work_enqueue("agreement.ask", version.pk)


def agreement_pdf(version: AgreementVersion) -> Iterator[bytes]:
    """The PDF of a version, chunk by chunk."""
    return blob_read(version.blob, data_key=version.data_key, context=version.context)


# --- acceptances


@transaction.atomic
def acceptance_ask(
    *, application_id: UUID, party: str, name: str, title: str, email: str, language: str, actor: Actor | None
) -> Acceptance:
    """Ask an applicant's named signatory to accept the version in force; the link is mailed by the workflow.

    `email` is a canonical address, `language` that of the mail. Raises `ApplicationError` while no version is
    published, `Conflict` when the applicant is asked already.
    """
    version = agreement_current()
    if version is None:
        raise ApplicationError(_("No memorandum is published yet. Publish one before anybody is asked to accept it."))
    acceptance = Acceptance(
        version=version,
        application_id=application_id,
        party=" ".join(party.split()),
        signatory_name=" ".join(name.split()),
        signatory_title=" ".join(title.split()),
        signatory_email=email,
        language=language,
    )
    try:
        with transaction.atomic():
            acceptance.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("This applicant is asked for the memorandum already.")) from error
    audit_record(action="acceptance.ask", category=Category.OPERATION, actor=actor, obj=acceptance)
    work_enqueue("agreement.link", acceptance.pk)
    return acceptance


@transaction.atomic
def acceptance_link_again(*, acceptance: Acceptance, actor: Person) -> None:
    """Mail an applicant's signatory a new link; the one before opens nothing any more."""
    if acceptance.status != AcceptanceStatus.ASKED or not acceptance.signatory_email or acceptance.organisation_id:
        raise Conflict(_("No link is needed any more: this was accepted or withdrawn meanwhile."))
    audit_record(action="acceptance.link", category=Category.OPERATION, actor=actor, obj=acceptance)
    work_enqueue("agreement.link", acceptance.pk)


@transaction.atomic
def acceptance_withdraw(*, acceptance: Acceptance, actor: Person) -> None:
    """Stop asking, as when an applicant names somebody else. A link that was sent opens nothing any more."""
    ACCEPTANCE.move(acceptance, "withdraw", actor=actor, category=Category.OPERATION)
    tokens_revoke(purpose=SIGNING, subject_id=acceptance.pk)


@transaction.atomic
def acceptance_assign(*, application_id: UUID, organisation: Organisation, actor: Actor | None) -> None:
    """What an applicant accepted is from now on the organisation's that it has become."""
    found = Acceptance.objects.filter(application_id=application_id, organisation=None)
    for acceptance in found.exclude(status=AcceptanceStatus.WITHDRAWN):
        Acceptance.objects.filter(pk=acceptance.pk).update(organisation=organisation)
        audit_record(action="acceptance.assign", category=Category.OPERATION, actor=actor, obj=acceptance)


@transaction.atomic
def acceptances_forget(*, application_id: UUID) -> int:
    """Delete what an applicant that became no member was asked for and gave. For the applications' retention."""
    found = Acceptance.objects.filter(application_id=application_id, organisation=None)
    for acceptance in found:
        tokens_revoke(purpose=SIGNING, subject_id=acceptance.pk)
    return found.delete()[0]


@transaction.atomic
def acceptance_accept(*, organisation: Organisation, actor: User, title: str) -> Acceptance:
    """A member's signatory accepts the version in force. Raises `Conflict` when somebody was faster.

    `title` is the signatory's function. Who is not of the organisation gets `NotPermitted`.
    """
    if access_of(actor).organisation_id != organisation.pk:
        raise NotPermitted(_("Only a signatory of the organisation accepts for it."))
    version = agreement_current()
    if version is None or organisation.kind not in MEMBER_KINDS:
        raise Conflict(_("No memorandum is waiting for your organisation."))
    Acceptance.objects.bulk_create(  # who became a member since the others were asked is asked now
        [Acceptance(version=version, organisation=organisation, party=organisation.name)], ignore_conflicts=True
    )
    held = (
        Acceptance.objects.select_for_update()
        .filter(organisation=organisation, version=version)
        .exclude(status=AcceptanceStatus.WITHDRAWN)
        .get()
    )
    if held.status != AcceptanceStatus.ASKED:
        raise Conflict(_("%(name)s has accepted this version for your organisation already."), name=held.signatory_name)
    acceptance_given(
        held, "accept", actor=actor, name=actor.name, title=title, email=actor.email, more={"user_id": actor.pk}
    )
    return held


def acceptance_given(
    acceptance: Acceptance,
    move: str,
    *,
    actor: User | None,
    name: str,
    title: str,
    email: str,
    more: dict[str, object],
) -> None:
    """Follow `accept` or `sign` with everything that is kept of it, and tell the managers. Part of a transaction."""
    version = acceptance.version
    if version.status != VersionStatus.PUBLISHED:
        raise Conflict(_("A newer version of the memorandum was published meanwhile. Reload the page and read that."))
    ACCEPTANCE.move(
        acceptance,
        move,
        actor=actor,
        category=Category.OPERATION,
        changes={
            "accepted_at": timezone.now(),
            "sha256": version.text_sha256,
            "signatory_name": " ".join(name.split()),
            "signatory_title": " ".join(title.split()),
            "signatory_email": email,
            "reference": reference_next(REFERENCE),
            **more,
        },
        sha256=version.text_sha256,
        code=str(version.number),
    )
    notifications.mail_memorandum_to_countersign(
        people_who_may(Permission.MEMBERS_MANAGE), path=reverse("acceptance", args=[acceptance.pk])
    )


@transaction.atomic
def acceptance_countersign(*, acceptance: Acceptance, actor: Person) -> None:
    """Countersign for the coalition. Raises `NotPermitted` for who accepted it."""
    if acceptance.user_id == actor.pk or acceptance.signatory_email == actor.email:
        raise NotPermitted(_("You accepted this yourself. Somebody else has to countersign it."))
    ACCEPTANCE.move(
        acceptance,
        "countersign",
        actor=actor,
        category=Category.OPERATION,
        changes={"countersigned_at": timezone.now(), "countersigned_by_id": actor.pk},
        sha256=acceptance.sha256,
    )
    if acceptance.user:
        notifications.mail_memorandum_countersigned([acceptance.user], path=reverse("memorandum"))
    else:
        work_enqueue("agreement.countersigned", acceptance.pk)
