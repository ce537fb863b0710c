"""The single objects of a STIX 2.1 bundle, as plain mappings with deterministic ids.

Observables take the ids the standard computes (STIX 2.1, 2.9: UUIDv5 of the contributing properties in canonical
JSON), so that tools join them with what they already hold. All other objects take a UUIDv5 of the portal's own
namespace and of what names them.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from efc_portal.referrals.package.content import Attachment, Country, Identifier

Object = dict[str, Any]

_OBSERVABLES = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # STIX 2.1, 2.9
_PORTAL = uuid.uuid5(uuid.NAMESPACE_URL, "tag:efc-portal,2026:stix")
_EXTENSIONS = Path(__file__).with_name("stix_extensions.json")
LASTING = "2026-01-01T00:00:00.000Z"  # created, for objects that mean the same in every bundle
MIME_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "json": "application/json",
    "xml": "application/xml",
}
_STANDARD = frozenset({"email-addr", "domain-name", "url", "ipv4-addr", "ipv6-addr", "mac-addr", "user-account"})


@cache
def extension_definitions() -> Mapping[str, Object]:
    """The published extension definition of each observable type that STIX 2.1 does not have itself."""
    listed = json.loads(_EXTENSIONS.read_text("utf-8"))["definitions"]
    return {entry["object_type"]: entry["definition"] for entry in listed}


def stamp(at: datetime) -> str:
    """An RFC 3339 time in UTC to the millisecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def own_id(kind: str, *names: str) -> str:
    """The id of an object that the portal names: `own_id("report", "R-2026-000017")`."""
    return f"{kind}--{uuid.uuid5(_PORTAL, json.dumps([kind, *names], ensure_ascii=True))}"


def observable_id(kind: str, contributing: Mapping[str, object]) -> str:
    """The id of an observable from its id contributing properties, in canonical JSON (RFC 8785)."""
    canonical = json.dumps(contributing, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{kind}--{uuid.uuid5(_OBSERVABLES, canonical.encode('utf-8', 'replace').decode())}"


def observable(kind: str, contributing: Mapping[str, object], **more: object) -> Object:
    made: Object = {
        "type": kind,
        "spec_version": "2.1",
        "id": observable_id(kind, contributing),
        **contributing,
        **{name: value for name, value in more.items() if value not in (None, "")},
    }
    if definition := extension_definitions().get(kind):
        made["extensions"] = {definition["id"]: {"extension_type": "new-sco"}}
    return made


def sdo(kind: str, names: tuple[str, ...], created: str, **properties: object) -> Object:
    """A domain, relationship or meta object; empty properties are left out, as the standard asks."""
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": own_id(kind, *names),
        "created": created,
        "modified": created,
        **{name: value for name, value in properties.items() if value not in (None, "", [], {})},
    }


def organisation(name: str, *scope: str) -> Object:
    """An organisation's identity. With a scope it is not the same one elsewhere, nor derivable from its name."""
    return sdo("identity", ("organisation", *(scope or (name,))), LASTING, name=name, identity_class="organization")


def unknown_party(referral: str, submission: str, side: str) -> Object:
    names = ("unknown", referral, submission, side)
    return sdo("identity", names, LASTING, name=f"{side} not known", identity_class="unknown")


def location(country: Country | str) -> Object:
    code = country if isinstance(country, str) else country.code
    return sdo("location", ("country", code), LASTING, country=code)


def statement(text: str) -> Object:
    """A statement marking: it has no `modified`."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": own_id("marking-definition", text),
        "created": LASTING,
        "definition_type": "statement",
        "definition": {"statement": text},
    }


def file(attachment: Attachment) -> Object:
    contributing = {"hashes": {"SHA-256": attachment.sha256}, "name": attachment.name}
    return observable("file", contributing, size=attachment.size, mime_type=MIME_TYPES.get(attachment.kind))


def identifier_object(identifier: Identifier) -> Object:
    """The object that stands for an identifier: an observable where STIX or an extension has one.

    A merchant, a company and a bank are identities, since they are organisations and no observables; so is every value
    whose type names no observable, with the type before it.
    """
    kind, value = identifier.stix.type, identifier.value
    also: Object = dict(identifier.stix.also)
    if kind in ("ipv4-addr", "ipv6-addr"):
        kind = "ipv6-addr" if ":" in value else "ipv4-addr"
    if kind == "phone-number":
        value = value.removeprefix("+")  # E.164 digits, as the extension's own examples have them
    if kind in _STANDARD or kind in extension_definitions():
        if kind == "bank-account" and identifier.country:
            also["country_ref"] = location(identifier.country)["id"]
        return observable(kind, identifier.observed or {identifier.stix.property: value}, **also)
    if kind == "identity" and "identity_class" not in also:
        also["identity_class"], name = "organization", identifier.display or value
    else:
        also["identity_class"], name = "unknown", f"{identifier.type.label}: {value}"
    return sdo("identity", (identifier.type.code, value), LASTING, name=name, **also)
