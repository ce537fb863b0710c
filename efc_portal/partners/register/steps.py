"""The step of the workflow that checks a file of contacts."""

from __future__ import annotations

from uuid import UUID

from efc_portal.partners.register.imports.services import contact_import_check
from efc_portal.workflow.services import step


@step("contact_import.check")
def check(pk: UUID) -> None:
    contact_import_check(pk=pk)
