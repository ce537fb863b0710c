"""TLP 2.0 (FIRST): which label a package carries, and how STIX 2.1 says it."""

from __future__ import annotations

from efc_portal.referrals.package.content import Content

TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
# Label: the id of its marking definition, published by OASIS. The strictest first.
MARKINGS = {
    "TLP:RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    "TLP:AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "TLP:AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "TLP:GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "TLP:CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
}
_STRICTEST_FIRST = tuple(MARKINGS)


def strictest(content: Content) -> str:
    """The strictest of the referral's label and those of its submissions: a whole is never freer than a part.

    Raises ValueError for a label that TLP 2.0 does not have.
    """
    return min([content.tlp, *(one.handling.tlp for one in content.submissions)], key=_STRICTEST_FIRST.index)


def tlp_marking(label: str) -> dict[str, object]:
    """The marking definition of a label, as OASIS publishes it."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": MARKINGS[label],
        "created": "2022-10-01T00:00:00.000Z",
        "name": label,
        "extensions": {
            TLP_EXTENSION: {
                "extension_type": "property-extension",
                "tlp_2_0": label.removeprefix("TLP:").lower(),
            }
        },
    }
