"""What the coalition knows of its members, by noun."""

from efc_portal.partners.models.listing import Listing
from efc_portal.partners.models.mailing import Mailing, MailingRecipient
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
    "Domain",
    "FieldChange",
    "Listing",
    "Mailing",
    "MailingRecipient",
    "Membership",
    "Organisation",
]
