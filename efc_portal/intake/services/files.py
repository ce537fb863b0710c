"""Taking a file of rows in, saying how it is written, and having it checked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.blob_file import blob_open
from efc_portal.core.blobs import Blob
from efc_portal.core.content.names import display_name
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.models import DataKey
from efc_portal.intake.models import FILES_MAX, ColumnMemory, Intake
from efc_portal.intake.reading import Dialect, dialect_detect, table_open
from efc_portal.intake.reading.report import AGAIN, WRONG
from efc_portal.intake.rows import Columns, Formats
from efc_portal.intake.services.steps import lanes_open, work_go_on
from efc_portal.intake.transitions import INTAKE
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Submission
from efc_portal.submissions.services import draft_create


def intake_upload(
    *, draft: Submission | None, data_key: DataKey, pk: UUID, blob: Blob, name: str, truncated: int, actor: User
) -> Intake:
    """Take a stored file into a draft, or into a new one. It is sealed already, for the intake `pk`, under `data_key`:
    the draft's, or a new one that is not saved yet.

    Raises `InvalidFile` for what is no file of rows; whoever stored the blob then removes it.
    """
    intake = Intake(id=pk, uploaded_by=actor, blob=blob.name, size=blob.size, sha256=blob.sha256)
    intake.truncated = truncated
    name = display_name(name)
    intake.name_sealed = data_key.seal_text(name, f"{intake.context}:name")
    with blob_open(blob.name, data_key=data_key, context=intake.context) as stream:
        dialect = dialect_detect(stream, name)
        table_open(stream, dialect)
    intake.dialect = dialect.to_json()
    with transaction.atomic():
        draft = draft or draft_create(actor=actor, data_key=data_key)
        held = Submission.objects.select_for_update(of=("self",), no_key=True).filter(pk=draft.pk, discarded_at=None)
        if not held.filter(status=SubmissionStatus.DRAFT).exists():
            raise Conflict(_("This submission was already sent and cannot be changed any more."))
        intake.submission = draft
        intake.number = draft.intakes.count()
        if intake.number >= FILES_MAX:
            raise ApplicationError(
                _("A submission takes at most %(most)s files of rows. Send this one, and begin another."),
                most=FILES_MAX,
            )
        intake.save(force_insert=True)
        audit_record(
            action="intake.upload",
            category=Category.COLLECTION,
            actor=actor,
            obj=intake,
            kind=dialect.kind,
            size=blob.size,
            sha256=blob.sha256,
            truncated=truncated,
        )
    return intake


def columns_of(intake: Intake, dialect: Dialect) -> list[str]:
    """The names of the file's columns. Raises `InvalidFile` when it cannot be read so."""
    with blob_open(intake.blob, data_key=intake.submission.data_key, context=intake.context) as stream:
        return list(table_open(stream, dialect).columns)


def fingerprint(names: Sequence[str]) -> str:
    """By what files with the same columns are known again; those that the portal itself adds do not count."""
    return hashlib.sha256("\x1f".join(own_names(names)).encode()).hexdigest()


def own_names(names: Sequence[str]) -> list[str]:
    """The names of a file's columns without the last ones of rows that were given back to be mended."""
    own = list(names)
    for added in reversed(_added()):
        if own and own[-1] in added:
            own.pop()
    return own


def _again_place(names: Sequence[str]) -> int | None:
    """Where a file of mended rows says which rows these are."""
    return len(names) - 1 if names and names[-1] in _added()[1] else None


@cache
def _added() -> tuple[frozenset[str], frozenset[str]]:
    """The names of the columns that the portal adds to rows to mend, in every language, as they follow each other."""
    found: tuple[set[str], set[str]] = (set(), set())
    for language, _name in settings.INTERFACE_LANGUAGES:
        with translation.override(language):
            for names, added in zip(found, (WRONG, AGAIN), strict=True):
                names.add(str(added))
    return frozenset(found[0]), frozenset(found[1])


@transaction.atomic
def intake_describe(*, intake: Intake, dialect: Dialect, columns: Columns, formats: Formats, actor: User) -> None:
    """State how a file is written. It is remembered for the organisation's next file with the same columns, unless
    the format has its own.

    Raises `InvalidFile` when it cannot be read so.
    """
    if columns.value is None:
        raise ApplicationError(_("Say which column holds the identifiers: without them there is nothing to take in."))
    names = columns_of(intake, dialect)
    columns = replace(columns, again=_again_place(names))
    INTAKE.move(
        intake,
        "describe",
        actor=actor,
        changes={"dialect": dialect.to_json(), "columns": columns.to_json(), "formats": formats.to_json()},
        kind=dialect.kind,
    )
    if dialect.has_known_fields:
        return
    ColumnMemory.objects.update_or_create(
        organisation_id=intake.submission.organisation_id,
        fingerprint=fingerprint(names),
        defaults={"columns": columns.to_json(), "formats": formats.to_json(), "used_at": timezone.now()},
    )


@transaction.atomic
def intake_check(*, intake: Intake, actor: User) -> None:
    """Have every row checked, by the workflow."""
    INTAKE.move(intake, "check", actor=actor, changes={"began_at": timezone.now()})
    lanes_open(intake)
    work_go_on(intake)
