"""A STIX 2.1 bundle while it is filled."""

from __future__ import annotations

import json

from efc_portal.referrals.package.content import Content, Identifier
from efc_portal.referrals.package.marks import strictest, tlp_marking
from efc_portal.referrals.package.stix_objects import (
    Object,
    extension_definitions,
    identifier_object,
    location,
    organisation,
    own_id,
    stamp,
    statement,
)

NOT_SOLE_BASIS = "Intelligence, not evidence. Not a sole basis for a decision about anybody."
META = frozenset({"marking-definition", "extension-definition"})


class Bundle:
    """Objects by id, in the order in which they were first named."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.created = stamp(content.approved_at)
        self.objects: dict[str, Object] = {}
        self.tlp = self.put(tlp_marking(strictest(content)))
        self.basis = self.put(statement(NOT_SOLE_BASIS))
        self.coalition = self.put(organisation(content.coalition))

    def put(self, made: Object, *markings: str) -> str:
        """Add an object once, marked with the package's label and with `markings`; gives its id.

        What lasts from bundle to bundle (an organisation, a country) is of this bundle's version, since its marking
        is this bundle's.
        """
        if made["type"] not in META:
            made["object_marking_refs"] = [self.tlp, *markings]
            if "modified" in made:
                made["modified"] = self.created
        if definition := extension_definitions().get(made["type"]):
            self.objects.setdefault(definition["id"], definition)
        name = str(made["id"])
        self.objects.setdefault(name, made)
        return name

    def identifier(self, identifier: Identifier) -> str:
        """The id of the object that stands for an identifier."""
        made = identifier_object(identifier)
        if "country_ref" in made:
            self.put(location(identifier.country))
        return self.put(made)

    def text(self) -> bytes:
        """The bundle as UTF-8 JSON, one object a line."""
        lines = ",\n".join(_json(one) for one in self.objects.values())
        name = own_id("bundle", self.content.reference, self.created)
        head = f'{{"type":"bundle","id":{_json(name)},"objects":[\n'
        return (head + lines + "\n]}\n").encode("utf-8", "replace")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
