"""Writes to files of contacts: taking one in, checking it, confirming or discarding it, and the end of its time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.blobs import blob_delete, blob_read, blob_write
from efc_portal.core.content import Reason, RefusedContent, clean, inspect
from efc_portal.core.content.kinds import AttachmentKind
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.core.services import data_key_create, data_key_destroy
from efc_portal.partners.enums import ContactImportStatus, OrganisationStatus
from efc_portal.partners.models import Contact, ContactImport, ContactImportRow
from efc_portal.partners.register.imports.checking import contacts_here, rows_check
from efc_portal.partners.register.imports.reading import MAX_BYTES, table_of
from efc_portal.partners.register.transitions import CONTACT_IMPORT
from efc_portal.partners.rules import permitted
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person

KINDS = (AttachmentKind.CSV, AttachmentKind.XLSX)
PURPOSE = "contact-import"
KEPT = timedelta(days=7)
BATCH = 1000
OPEN = (ContactImportStatus.UPLOADED, ContactImportStatus.CHECKED)


def contact_import_upload(*, actor: User, file: BinaryIO, filename: str) -> ContactImport:
    """Take a table in and have it checked. Raises `RefusedContent` or `ApplicationError` for what is no such table."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    inspection = inspect(file, filename=filename, limit=MAX_BYTES)
    if inspection.kind not in KINDS:
        raise RefusedContent(
            Reason.UNKNOWN,
            _("“%(file)s” is neither CSV nor XLSX."),
            _("Save the table as one of them, and choose it again."),
            file=inspection.filename,
        )
    data = b"".join(clean(file, inspection))
    table = table_of(data, kind=inspection.kind, encoding=inspection.encoding or "")
    if next(table.rows, None) is None:
        raise ApplicationError(_("The table has no row below the names of the columns. Add the contacts first."))
    batch = ContactImport(
        uploaded_by=actor,
        filename=inspection.filename,
        kind=inspection.kind,
        encoding=inspection.encoding or "",
        delimiter=table.delimiter,
    )
    try:
        with transaction.atomic():
            batch.data_key = data_key_create(purpose=PURPOSE)
            batch.blob = blob_write([data], data_key=batch.data_key, context=batch.blob_context).name
            batch.save(force_insert=True)
            audit_record(
                action="contact_import.upload",
                category=Category.COLLECTION,
                actor=actor,
                obj=batch,
                kind=inspection.kind,
                size=inspection.size,
                sha256=inspection.sha256,
                truncated=inspection.pans,
            )
            work_enqueue("contact_import.check", batch.pk)
    except BaseException:
        if batch.blob:
            blob_delete(batch.blob)
        raise
    return batch


@transaction.atomic
def contact_import_check(*, pk: UUID) -> None:
    """Check every row. A table that cannot be read to its end is refused as a whole, with a sentence."""
    batch = ContactImport.objects.select_for_update(of=("self",)).select_related("data_key", "uploaded_by").get(pk=pk)
    if batch.status != ContactImportStatus.UPLOADED:
        return
    data = b"".join(blob_read(batch.blob, data_key=batch.data_key, context=batch.blob_context))
    try:
        with translation.override(batch.uploaded_by.language):
            table = table_of(data, kind=batch.kind, encoding=batch.encoding)
            rows = rows_check(batch, table.rows)
    except ApplicationError as error:
        with translation.override(batch.uploaded_by.language):
            _end(batch, "refuse", actor=None, finding=error.message)
        return
    ContactImportRow.objects.bulk_create(rows, batch_size=BATCH)
    good = sum(row.is_good for row in rows)
    _end(batch, "check", actor=None, good=good, broken=len(rows) - good)


@transaction.atomic
def contact_import_confirm(*, batch: ContactImport, actor: Person) -> int:
    """Add all good rows at once; gives back how many. What became a contact meanwhile, or has left, is passed over.

    Raises `Conflict` when it was confirmed or discarded already.
    """
    held = ContactImport.objects.select_for_update().get(pk=batch.pk)
    if held.status == ContactImportStatus.CHECKED and not held.good:
        raise Conflict(_("No row of this file is good. Mend the broken ones, and send them."))
    good = held.rows.filter(is_good=True)
    rows = list(good.exclude(organisation__status=OrganisationStatus.LEFT))
    here = contacts_here({row.organisation_id for row in rows if row.organisation_id})
    now = timezone.now()
    contacts = [
        Contact(organisation_id=row.organisation_id, added_at=now, confirmed_at=now, **row.values)
        for row in rows
        if row.organisation_id and (row.organisation_id, row.values["kind"], row.values["email"]) not in here
    ]
    Contact.objects.bulk_create(contacts, batch_size=BATCH, ignore_conflicts=True)
    added = Contact.objects.filter(pk__in=[one.pk for one in contacts]).count()
    CONTACT_IMPORT.move(
        held, "confirm", actor=actor, category=Category.COLLECTION, changes={"added": added}, count=added
    )
    good.delete()
    batch.refresh_from_db()
    return added


@transaction.atomic
def contact_import_discard(*, batch: ContactImport, actor: Person | None) -> None:
    """Forget a file and all its rows. `actor=None`: its time is over."""
    held = ContactImport.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=batch.pk)
    _end(held, "discard" if actor else "lapse", actor=actor)
    held.rows.all().delete()
    batch.refresh_from_db()


def _end(batch: ContactImport, name: str, *, actor: Person | None, **changes: Any) -> None:
    """Follow a transition, after which the file itself is not needed any more."""
    blob = batch.blob
    counts = {"count": changes["good"] + changes["broken"]} if "good" in changes else {}
    CONTACT_IMPORT.move(batch, name, actor=actor, changes={**changes, "blob": ""}, **counts)
    data_key_destroy(data_key=batch.data_key)
    if blob:
        transaction.on_commit(lambda: blob_delete(blob))
