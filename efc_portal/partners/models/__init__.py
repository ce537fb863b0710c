"""What the coalition knows of its members, by noun."""

from efc_portal.partners.models.listing import Listing
from efc_portal.partners.models.organisation import (
    Agency,
    Contact,
    Domain,
    FieldChange,
    Membership,
    Organisation,
)
from efc_portal.partners.models.sign_on import IdentityProvider

__all__ = ["Agency", "Contact", "Domain", "FieldChange", "IdentityProvider", "Listing", "Membership", "Organisation"]
