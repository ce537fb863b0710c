"""STIX 2.1 bundles: observables, those of the published extensions among them, and the values in indicators' patterns.

An amount stands in no observable, so rows have none. Relationships, reports, markings and identities are no
identifiers, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from efc_portal.indicators.platforms import PLATFORMS
from efc_portal.indicators.types.payment_handle import PaymentHandle
from efc_portal.intake.reading.json_cursor import JsonCursor
from efc_portal.intake.reading.shared_rows import Cells, SharedTable, cells_of, day_of, types_by_stix

_MAX_LOCATIONS = 10_000
# What observables hold beside what a type declares, the likeliest first.
_ACCOUNT_NAMES = ("account_login", "user_id", "display_name")
_BANK = {"iban": "iban", "account_number": "bank_account", "bic": "bic"}
_STANDARD = frozenset({"email-addr", "url", "domain-name", "ipv4-addr", "ipv6-addr", "mac-addr"})
_SAME = {"ipv6-addr": "ipv4-addr", "ipv4-addr": "ipv6-addr"}  # one type of the portal, whichever it declares
_TOKEN = re.compile(
    r"'((?:[^'\\]++|\\.)*+)'"
    r"|([a-z][a-z0-9-]*+):([\w.\-\[\]*]++)(?:'[^']*+'[\w.\[\]-]*+)?\s*+(NOT\s++)?(=|!=|IN\b|LIKE\b|MATCHES\b|[<>]=?)",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class StixTable(SharedTable):
    def _read(self, cursor: JsonCursor) -> Iterator[Cells]:
        self._countries: dict[str, str] = {}  # of locations that came before who refers to them
        for name in cursor.members():
            if name != "objects" or cursor.peek() != "[":
                cursor.skip()
                continue
            for _element in cursor.elements():
                one = cursor.value()
                found = list(self._rows(one)) if isinstance(one, dict) else []
                if not found:
                    self.left_out += 1
                yield from found

    def _rows(self, one: dict[str, Any]) -> Iterator[Cells]:
        kind = one.get("type")
        if not isinstance(kind, str) or one.get("revoked") is True:
            return
        if kind == "location" and isinstance(one.get("id"), str) and len(self._countries) < _MAX_LOCATIONS:
            self._countries[one["id"]] = str(one.get("country") or "")
        elif kind == "indicator":
            yield from _pattern_rows(one)
        elif kind == "bank-account":
            country = self._countries.get(str(one.get("country_ref")), "")
            for name, code in _BANK.items():
                if one.get(name):
                    yield cells_of(one[name], code, country=country)
        elif kind == "user-account":
            if login := next((one[name] for name in _ACCOUNT_NAMES if one.get(name)), None):
                service = one.get("account_type")
                yield cells_of(account(login, service), _account_code(service))
        elif kind != "identity":
            yield from _observable_rows(kind, one)


def _observable_rows(kind: str, one: dict[str, Any]) -> Iterator[Cells]:
    declared = _declared(kind)
    if not declared and (kind in _STANDARD or kind.startswith("x-")):
        declared = {"value": ""}
    if kind == "payment-card":
        declared = {"value": "prepaid_card" if one.get("is_prepaid") is True else "payment_card"}
    country = one.get("country") if kind == "phone-number" else ""
    for name, code in declared.items():
        if value := one.get(name):
            value = account(value, one.get("symbol")) if code == "transaction" else international(kind, value)
            yield cells_of(value, code, date=day_of(one.get("execution_time")), country=country)


def _declared(kind: str) -> dict[str, str]:
    return types_by_stix().get(kind) or types_by_stix().get(_SAME.get(kind, ""), {})


def _pattern_rows(indicator: dict[str, Any]) -> Iterator[Cells]:
    pattern = indicator.get("pattern")
    found = list(pattern_values(pattern)) if isinstance(pattern, str) else []
    if not found or indicator.get("pattern_type", "stix") != "stix":
        yield cells_of("")  # a row without a value, which says so when it is checked
        return
    for kind, name, value in found:
        code = _BANK.get(name) or _declared(kind).get(name, "")
        yield cells_of(international(kind, value), code)


def pattern_values(pattern: str) -> Iterator[tuple[str, str, str]]:
    """What a STIX pattern compares with `=` or `IN`: the observable's type, its property, the value."""
    awaited: tuple[str, str] | None = None
    is_list = False
    for token in _TOKEN.finditer(pattern):
        text, kind, name, negated, operator = token.groups()
        if kind:
            awaited = (kind, name) if operator in ("=", "IN") and not negated else None
            is_list = operator == "IN"
        elif awaited:
            yield *awaited, _ESCAPED.sub(r"\1", text)
            awaited = awaited if is_list else None


def international(kind: str, value: Any) -> Any:
    """The extension writes phone numbers with their country code, and without a plus."""
    is_bare = kind == "phone-number" and isinstance(value, str) and value[:1] in "123456789" and value.isdigit()
    return f"+{value}" if is_bare else value


def _account_code(service: Any) -> str:
    """An account of a payment service is a payment handle, any other a user's name."""
    is_payment = isinstance(service, str) and service in PaymentHandle.services and service not in PLATFORMS
    return "payment_handle" if is_payment else "username"


def account(name: Any, service: Any) -> Any:
    """A value, with what it belongs to before it where that is given: a platform, a coin."""
    return f"{service}: {name}" if isinstance(service, str) and service else name
