"""A submission's content in the form that pages show: opened, named, localised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from efc_portal.core.countries import country_name
from efc_portal.core.money import money_text
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised, type_of
from efc_portal.submissions.enums import Method, SightingRole, SightingSource
from efc_portal.submissions.models import Submission
from efc_portal.submissions.red_flags import BY_NUMBER


@dataclass(frozen=True)
class IdentifierRow:
    identifier_id: int | None
    type_label: str | Promise
    display: str
    role: str
    country: str
    from_text: bool


@dataclass(frozen=True)
class PaymentRow:
    sender: str
    recipient: str
    method: str
    amount: str
    paid_on: date | None


def submission_facts(submission: Submission) -> dict[str, Any]:
    """Identifiers, payments, flags, countries and attachments of a finished submission, ready to show.

    A constant number of queries. Before the workflow has normalised it, identifiers are shown as they were reported.
    """
    sightings = list(submission.sightings.select_related("identifier__data_key"))
    values = identifier_open([one.identifier for one in sightings])
    shown = {
        one.pk: Recognised(one.identifier.type, values[one.identifier_id]).display for one in sightings
    }
    identifiers = [
        IdentifierRow(
            one.identifier_id,
            type_of(one.identifier.type).label,
            shown[one.pk],
            SightingRole(one.role).label,
            country_name(one.country) if one.country else "",
            one.source == SightingSource.NARRATIVE,
        )
        for one in sightings
    ]
    payments = [
        PaymentRow(
            shown.get(one.sender_id, ""),
            shown.get(one.recipient_id, ""),
            Method(one.method).label,
            money_text(one.amount, one.currency),
            one.paid_on,
        )
        for one in submission.payments.all()
    ]
    return {
        "document": submission.document,
        "identifiers": identifiers or _reported(submission),
        "payments": payments,
        "flags": [BY_NUMBER[number] for number in submission.red_flags if number in BY_NUMBER],
        "countries": [country_name(code) for code in submission.countries],
        "methods": [Method(method).label for method in submission.methods],
        "attachments": list(submission.attachments.select_related("submission__data_key")),
    }


def _reported(submission: Submission) -> list[IdentifierRow]:
    rows = []
    for row in submission.document["identifiers"]:
        one = Recognised(row["type"], row["value"])
        role = SightingRole(row["role"]).label
        rows.append(IdentifierRow(None, type_of(one.type).label, one.display, role, "", False))
    return rows
