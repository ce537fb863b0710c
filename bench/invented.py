"""Submissions of invented values, as people type them into the form."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from efc_portal.demo.values import Invented

IDENTIFIERS = 6
FICTION = ("1 9900", "2 6191", "3 5301", "4 6571", "5 3649")  # numbers that the French regulator keeps for fiction
NARRATIVE = (
    "Forty small transfers reached one account within a week, mostly late in the evening and from senders who have "
    "nothing else in common. The descriptions are innocuous. The account is emptied every other day."
)


def values_of(invented: Invented) -> list[str]:
    """Six identifiers of six types."""
    return [
        invented.iban("DE"),
        invented.bitcoin(),
        invented.ethereum(),
        f"{invented.random.randbytes(6).hex()}@mailbox.example",
        f"https://pay{invented.random.randbytes(6).hex()}.example/in",
        f"+33 {invented.random.choice(FICTION)} {invented.digits(4)}",
    ]


def document_of(title: str, values: Sequence[str]) -> dict[str, Any]:
    """The four parts of a draft, with two payments to the first identifier."""
    payment = {"sender": "", "recipient": "0", "method": "bank_transfer", "currency": "EUR"}
    return {
        "what": {
            "title": title,
            "period_from": "2026-09-01",
            "period_to": "2026-10-31",
            "country": "PH",
            "red_flags": ["1", "3", "15"],
            "narrative": NARRATIVE,
        },
        "identifiers": [{"value": value, "type": "", "role": "recipient"} for value in values],
        "payments": [
            {**payment, "amount": "35.00", "paid_on": "2026-09-14"},
            {**payment, "amount": "50.00", "paid_on": "2026-10-02"},
        ],
        "handling": {
            "tlp": "TLP:AMBER",
            "source_grade": "A",
            "information_grade": "2",
            "handling_codes": ["H1"],
            "handling_note": "",
            "contains_str": "no",
            "str_reference": "",
        },
    }


def rows(prefix: str, values: Sequence[dict[str, str]]) -> dict[str, str]:
    """Rows as a form sends them."""
    form = {f"{prefix}-TOTAL_FORMS": str(len(values)), f"{prefix}-INITIAL_FORMS": "0"}
    for place, row in enumerate(values):
        form.update({f"{prefix}-{place}-{name}": value for name, value in row.items()})
    return form


def form_of(document: dict[str, Any]) -> dict[str, Any]:
    """A whole document as the form on one page sends it."""
    form = {**document["what"], **document["handling"], "action": "send"}
    for prefix in ("identifiers", "payments"):
        form |= rows(prefix, document[prefix])
    return form


class Source:
    """An endless supply of forms: every value new, or all of them out of a few."""

    def __init__(self, seed: str, *, repeated: bool = False) -> None:
        self._invented = Invented(seed)
        self._pool = [values_of(Invented(f"pool {place}")) for place in range(3)] if repeated else []
        self._choose = random.Random(seed)
        self._number = 0

    def values(self) -> list[str]:
        if not self._pool:
            return values_of(self._invented)
        return [self._choose.choice(alike) for alike in zip(*self._pool, strict=True)]

    def document(self) -> dict[str, Any]:
        self._number += 1
        return document_of(f"Transfers to one account, {self._number}", self.values())
