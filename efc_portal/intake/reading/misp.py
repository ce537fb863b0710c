"""MISP events as JSON: their attributes, and those of objects such as bank-account, credit-card and coin-address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from efc_portal.intake.reading.json_cursor import JsonCursor
from efc_portal.intake.reading.shared_rows import Cells, SharedTable, cells_of, day_of

# The type of the portal that each type of attribute is; "" for whichever the value is.
_ATTRIBUTES = {
    "iban": "iban",
    "bic": "bic",
    "bank-account-nr": "bank_account",
    "cc-number": "payment_card",
    "btc": "wallet_btc",
    "xmr": "wallet_xmr",
    "dash": "wallet_dash",
    **dict.fromkeys(
        ("email", "email-src", "email-dst", "email-reply-to", "target-email", "whois-registrant-email"), "email"
    ),
    **dict.fromkeys(("phone-number", "whois-registrant-phone", "prtn"), "phone"),
    **dict.fromkeys(("domain", "hostname"), "domain"),
    **dict.fromkeys(("url", "uri", "link"), "url"),
    **dict.fromkeys(("ip-src", "ip-dst"), "ip"),
    **dict.fromkeys(("github-username", "twitter-id", "jabber-id", "eppn"), "username"),
}
# Attributes of two parts; the type of each, None for what is no identifier.
_PAIRS: dict[str, tuple[str | None, str | None]] = {
    "domain|ip": ("domain", "ip"),
    "hostname|port": ("domain", None),
    "ip-src|port": ("ip", None),
    "ip-dst|port": ("ip", None),
}
# What objects hold as plain text.
_RELATIONS = {
    ("bank-account", "account"): "bank_account",
    ("bank-account", "swift"): "bic",
    ("coin-address", "address"): "",
    ("coin-address", "address-crypto"): "",
    ("credit-card", "cc-number"): "payment_card",
    ("phone-number", "number"): "phone",
    ("transaction", "transaction-number"): "transaction",
    ("btc-transaction", "transaction-number"): "transaction",
    ("legal-entity", "registration-number"): "company",
    ("legal-entity", "lei"): "company",
    ("facebook-account", "account-name"): "username",
    ("telegram-account", "username"): "username",
    ("instagram-account", "account-name"): "username",
}
_AMOUNTS = {"amount": "amount", "value": "amount", "currency-code": "currency", "symbol": "currency", "date": "date"}


class MispTable(SharedTable):
    def _read(self, cursor: JsonCursor) -> Iterator[Cells]:
        return self._within(cursor)

    def _within(self, cursor: JsonCursor) -> Iterator[Cells]:
        """Events, lists of them, and what a search answers with."""
        if cursor.peek() == "[":
            for _element in cursor.elements():
                yield from self._within(cursor)
            return
        for name in cursor.members():
            is_list, is_object = cursor.peek() == "[", cursor.peek() == "{"
            if name == "Attribute" and is_list:
                for _element in cursor.elements():
                    yield from self._attribute(cursor.value())
            elif name == "Object" and is_list:
                for _element in cursor.elements():
                    yield from self._object(cursor.value())
            elif (name == "response" and (is_list or is_object)) or (name == "Event" and is_object):
                yield from self._within(cursor)
            else:
                cursor.skip()

    def _object(self, one: Any) -> Iterator[Cells]:
        attributes = one.get("Attribute") if isinstance(one, dict) and not one.get("deleted") else None
        if not isinstance(attributes, list):
            self.left_out += 1
            return
        known = [attribute for attribute in attributes if isinstance(attribute, dict)]
        payment = _payment(known) if one.get("name") in ("transaction", "btc-transaction") else {}
        for attribute in known:
            yield from self._attribute(attribute, str(one.get("name") or ""), payment)

    def _attribute(self, one: Any, within: str = "", payment: dict[str, Any] | None = None) -> Iterator[Cells]:
        found = list(_values(one, within)) if isinstance(one, dict) and not one.get("deleted") else []
        if not found:
            self.left_out += 1
            return
        more = {"date": day_of(one.get("first_seen")), **(payment or {})}
        for value, code in found:
            yield cells_of(value, code, **more)


def _values(one: dict[str, Any], within: str) -> Iterator[tuple[Any, str]]:
    kind, value = one.get("type"), one.get("value")
    if value in (None, "") or not isinstance(kind, str):
        return
    relation = (within, str(one.get("object_relation")))
    if kind in _ATTRIBUTES:
        yield value, _ATTRIBUTES[kind]
    elif kind in _PAIRS:
        for part, code in zip(str(value).split("|"), _PAIRS[kind], strict=False):
            if code is not None:
                yield part, code
    elif relation in _RELATIONS:
        yield value, _RELATIONS[relation]


def _payment(attributes: list[dict[str, Any]]) -> dict[str, Any]:
    """The amount, currency and day that a transaction's attributes name."""
    found: dict[str, Any] = {}
    for attribute in attributes:
        if key := _AMOUNTS.get(str(attribute.get("object_relation"))):
            found.setdefault(key, attribute.get("value"))
    found["date"] = day_of(found.get("date"))
    return found if found.get("currency") else {"date": found["date"]}
