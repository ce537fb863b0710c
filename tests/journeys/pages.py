"""The main job through pages, as five people do it with a plain browser."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from efc_portal.workflow.worker import work_drain_for

IBAN = "DE89370400440532013000"
WALLET = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
NARRATIVE = "Forty small transfers to one account within a week. Contact was payer77@mail.example, seen in references."

FOUND = ["email:payer77@mail.example"]  # the candidates in it


def rows(prefix: str, values: list[dict[str, str]]) -> dict[str, str]:
    """Formset data."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(values)), f"{prefix}-INITIAL_FORMS": "0"}
    for place, row in enumerate(values):
        data.update({f"{prefix}-{place}-{name}": value for name, value in row.items()})
    return data


def what(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Repeated low-value transfers to one account",
        "period_from": "2026-09-01",
        "period_to": "2026-10-31",
        "country": "PH",
        "red_flags": ["1", "15"],
        "narrative": NARRATIVE,
        **changes,
    }


def handling(**changes: Any) -> dict[str, Any]:
    return {
        "tlp": "TLP:AMBER",
        "source_grade": "A",
        "information_grade": "2",
        "handling_codes": ["H1"],
        "handling_note": "",
        "contains_str": "no",
        "str_reference": "",
        **changes,
    }


IDENTIFIERS = [
    {"value": IBAN, "type": "", "role": "recipient"},
    {"value": WALLET, "type": "", "role": "recipient"},
]
PAYMENTS = [
    {
        "sender": "",
        "recipient": "0",
        "method": "bank_transfer",
        "amount": "3120.00",
        "currency": "EUR",
        "paid_on": "2026-09-14",
    }
]


def begin(client: Client, **changes: Any) -> str:
    """Save the first step; returns the draft's id."""
    answer = client.post(reverse("submissions:new"), what(**changes))
    assert answer.status_code == 302, answer.content.decode()
    return re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", answer.url)[0]


def save(client: Client, pk: str, step: str, data: dict[str, Any]) -> Any:
    return client.post(reverse("submissions:edit", args=[pk, step]), data)


def with_answer(client: Client, form: dict[str, Any], found: list[str] = FOUND) -> dict[str, Any]:
    """The form on one page, with the answer to what it asks about the values in the narrative when it is sent."""
    answer = client.post(reverse("submissions:one_page"), form)
    assert answer.status_code == 422, answer.url
    question = re.search(r'name="asked" value="([0-9a-f]{64})"', answer.content.decode())
    assert question, answer.content.decode()
    return {**form, "asked": question[1], "found": found}


def submit(
    client: Client,
    *,
    identifiers: list[dict[str, str]] = IDENTIFIERS,
    payments: list[dict[str, str]] = PAYMENTS,
    process: bool = True,
    marks: dict[str, Any] | None = None,
    **changes: Any,
) -> str:
    """The whole form; returns the submission's id, ready for triage when `process`."""
    pk = begin(client, **changes)
    assert save(client, pk, "identifiers", rows("identifiers", identifiers)).status_code == 302
    assert save(client, pk, "payments", rows("payments", payments)).status_code == 302
    assert save(client, pk, "handling", handling(**(marks or {}))).status_code == 302
    answer = client.post(reverse("submissions:finish", args=[pk]), {"found": FOUND})
    assert answer.status_code == 302, answer.content.decode()
    if process:
        work_drain_for(10)
    return pk
