"""Files of rows at each stage, made by the portal's own services."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from efc_portal.accounts.models import User
from efc_portal.core.blobs import blob_write
from efc_portal.core.models import DataKey
from efc_portal.intake.door import Door
from efc_portal.intake.models import Intake
from efc_portal.intake.reading import Dialect
from efc_portal.intake.rows import Formats, columns_propose
from efc_portal.intake.services import intake_check, intake_describe, intake_upload
from efc_portal.intake.services.files import columns_of
from efc_portal.submissions.models import Submission
from efc_portal.workflow.worker import work_drain_for

HEADER = "identifier,part,amount,currency,date"
GOOD = (
    "DE89370400440532013000,recipient,35.00,EUR,2026-09-14",
    "GB29NWBK60161331926819,sender,120.50,GBP,2026-09-15",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4,recipient,0.25,BTC,2026-10-02",
    "payer77@mailbox.example,contact,,,",
)
BROKEN = ("DE89370400440532013001,recipient,35.00,EUR,2026-09-14",)  # its check digits are wrong


def table(*lines: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *lines, ""]).encode()


def uploaded(
    reporter: User, content: bytes | Iterable[bytes] = table(*GOOD, *BROKEN), *, name: str = "rows.csv",
    draft: Submission | None = None,
) -> Intake:  # fmt: skip
    data_key, pk, door = draft.data_key if draft else DataKey.new("submission"), uuid4(), Door()
    parts = [content] if isinstance(content, bytes) else content
    blob = blob_write(door.kept(parts), data_key=data_key, context=f"intake:{pk}")
    return intake_upload(
        draft=draft, data_key=data_key, pk=pk, blob=blob, name=name, truncated=door.truncated, actor=reporter
    )


def checking(reporter: User, *args: bytes, formats: Formats | None = None, **kwargs: object) -> Intake:
    """Described as the names of its columns say; the workflow has still to do all of it."""
    intake = uploaded(reporter, *args, **kwargs)  # type: ignore[arg-type]
    dialect = Dialect.from_json(intake.dialect)
    columns = columns_propose(columns_of(intake, dialect))
    intake_describe(intake=intake, dialect=dialect, columns=columns, formats=formats or Formats(), actor=reporter)
    intake_check(intake=intake, actor=reporter)
    return intake


def checked(reporter: User, *args: bytes, **kwargs: object) -> Intake:
    intake = checking(reporter, *args, **kwargs)  # type: ignore[arg-type]
    work_drain_for(30)
    intake.refresh_from_db()
    return intake
