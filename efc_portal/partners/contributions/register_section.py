"""Contributions in kind on an organisation's page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from efc_portal.accounts.models import User
from efc_portal.core.permissions import Permission
from efc_portal.partners.contributions.selectors import contributions_for, totals_of
from efc_portal.partners.models import Organisation
from efc_portal.partners.permissions import access_of
from efc_portal.partners.register.sections import organisation_section


@organisation_section(order=30, title=gettext_lazy("Contributions in kind"), template="partners/register/_section.html")
def contributions(user: User, organisation: Organisation) -> dict[str, Any]:
    """What was recorded in all, by kind."""
    every = access_of(user).may(Permission.MEMBERS_VIEW)
    totals = totals_of(contributions_for(user).filter(organisation=organisation))
    query = urlencode({"q": organisation.name})
    return {
        "pairs": [(one.kind, one.quantity) for one in totals],
        "empty": _("Nothing was recorded yet."),
        "url": f"{reverse('contributions_all')}?{query}" if every else reverse("contributions"),
        "action": _("All contributions") if every else _("Record a contribution"),
    }
