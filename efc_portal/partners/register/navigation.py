"""The register in the secretariat's workspace, and an organisation's own entry in its coordinators'."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.enums import ContactImportStatus
from efc_portal.partners.navigation import navigation_item
from efc_portal.partners.register.selectors import contact_imports_for


def imports_waiting(user: AbstractBaseUser) -> int:
    return contact_imports_for(user).filter(status=ContactImportStatus.CHECKED).count()


navigation_item(
    label=_("Members"), url_name="register", permission=Permission.MEMBERS_VIEW, group=_("Membership"), order=70
)
navigation_item(
    label=_("Organisation"),
    url_name="organisation_own",
    permission=Permission.ORGANISATION_MANAGE,
    group=_("Your organisation"),
    order=100,
)
