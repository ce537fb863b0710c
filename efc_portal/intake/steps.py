"""What the workflow does with a file of rows."""

from __future__ import annotations

from uuid import UUID

from efc_portal.intake.services import intake_close, intake_erase, intake_read, intake_relate, intake_write
from efc_portal.workflow.services import step


@step("intake.read")
def read(pk: UUID) -> None:
    intake_read(pk=pk)


@step("intake.write")
def write(pk: UUID) -> None:
    intake_write(lane=pk)


@step("intake.close")
def close(pk: UUID) -> None:
    intake_close(pk=pk)


@step("intake.relate")
def relate(pk: UUID) -> None:
    intake_relate(lane=pk)


@step("intake.erase")
def erase(pk: UUID) -> None:
    intake_erase(pk=pk)
