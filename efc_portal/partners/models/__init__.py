"""What the coalition knows of its members, by noun."""

from efc_portal.partners.models.agreement import Acceptance, AgreementVersion
from efc_portal.partners.models.application import (
    Application,
    ApplicationCheck,
    ApplicationComment,
    ApplicationMessage,
    Ballot,
)
from efc_portal.partners.models.contact_import import ContactImport, ContactImportRow
from efc_portal.partners.models.contribution import Contribution
from efc_portal.partners.models.invitation import FactorReset, Invitation
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
from efc_portal.partners.models.standing import Grace, LeaveRequest, Review, ReviewNotice

__all__ = [
    "Acceptance",
    "Agency",
    "AgreementVersion",
    "Application",
    "ApplicationCheck",
    "ApplicationComment",
    "ApplicationMessage",
    "Ballot",
    "Contact",
    "ContactImport",
    "ContactImportRow",
    "Contribution",
    "Domain",
    "FactorReset",
    "FieldChange",
    "Grace",
    "Invitation",
    "LeaveRequest",
    "Listing",
    "Mailing",
    "MailingRecipient",
    "Membership",
    "Organisation",
    "Review",
    "ReviewNotice",
]
from efc_portal.partners.models.sign_on import IdentityProvider

__all__ = ["Agency", "Contact", "Domain", "FieldChange", "IdentityProvider", "Listing", "Membership", "Organisation"]
