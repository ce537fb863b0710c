"""The sealed document of a submission: what its JSON looks like, as a draft and when finished.

A draft keeps what was typed, right or wrong, as strings:

    {"what": {...}, "identifiers": [{...}], "payments": [{...}], "handling": {...}}

with the field names of `forms.py`. A finished document has the same four parts, holding checked values:

    what         title, narrative
    identifiers  [{type, value (canonical), role, group}]
    payments     [{sender, recipient (places in identifiers, or null), method, amount, currency, paid_on}]
    handling     handling_note, str_reference

Everything else of the form becomes columns of `Submission`.
"""

from __future__ import annotations

from typing import Any

from efc_portal.core.pan import truncate_pans

Document = dict[str, Any]

PARTS = ("what", "identifiers", "payments", "handling")


def empty_document() -> Document:
    return {"what": {}, "identifiers": [], "payments": [], "handling": {}}


def without_pans(value: Any) -> tuple[Any, int]:
    """The same JSON value with every card number in its strings truncated, and how many were."""
    if isinstance(value, str):
        return truncate_pans(value)
    if isinstance(value, list):
        pairs = [without_pans(item) for item in value]
        return [item for item, _count in pairs], sum(count for _item, count in pairs)
    if isinstance(value, dict):
        cut = {key: without_pans(item) for key, item in value.items()}
        return {key: item for key, (item, _count) in cut.items()}, sum(count for _item, count in cut.values())
    return value, 0
