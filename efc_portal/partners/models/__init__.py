"""What the coalition knows of its members, by noun."""

from efc_portal.partners.models.contact_import import ContactImport, ContactImportRow
from efc_portal.partners.models.listing import Listing
from efc_portal.partners.models.organisation import (
    Agency,
    Contact,
    Domain,
    FieldChange,
    Membership,
    Organisation,
)

__all__ = [
    "Agency",
    "Contact",
    "ContactImport",
    "ContactImportRow",
    "Domain",
    "FieldChange",
    "Listing",
    "Membership",
    "Organisation",
]
