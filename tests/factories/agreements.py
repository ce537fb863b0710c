"""The memorandum at each stage of its life."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.partners.agreements.services import agreement_draft, agreement_publish
from efc_portal.partners.models import AgreementVersion
from tests.core.content.samples import paper

TEXT = "Members share what they may lawfully share.\n\nEach member names a person who answers for it."


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def version_draft(actor: User, **fields: Any) -> AgreementVersion:
    values: dict[str, Any] = {
        "title": "Memorandum of understanding",
        "text": TEXT,
        "changes": "",
        "accept_by": in_days(60),
        "file": io.BytesIO(paper("Members share what they may lawfully share.")),
        "filename": "memorandum.pdf",
        **fields,
    }
    return agreement_draft(actor=actor, **values)


def version_published(drafter: User, publisher: User, **fields: Any) -> AgreementVersion:
    version = version_draft(drafter, **fields)
    agreement_publish(version=version, actor=publisher)
    return version
