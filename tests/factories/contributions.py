"""Entries of the ledger of contributions in kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.partners.contributions.services import contribution_record
from efc_portal.partners.models import Contribution, Organisation


def last_year() -> int:
    return timezone.localdate().year - 1


def before_this_quarter() -> datetime:
    return timezone.now() - timedelta(days=100)


def contribution_of(organisation: Organisation, *, actor: User | None = None, **fields: Any) -> Contribution:
    """A hundred hours of last year, unless `fields` say otherwise."""
    values: dict[str, Any] = {
        "kind": "hours",
        "period_from": date(last_year(), 1, 1),
        "period_to": date(last_year(), 6, 30),
        "quantity": Decimal(100),
        **fields,
    }
    return contribution_record(actor=actor, organisation=organisation, **values)
