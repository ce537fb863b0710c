"""On an organisation's page, the application by which it joined."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from efc_portal.accounts.models import User
from efc_portal.partners.applications.selectors import applications_for
from efc_portal.partners.models import Organisation
from efc_portal.partners.register.sections import organisation_section


@organisation_section(order=60, title=gettext_lazy("How it joined"), template="partners/register/_section.html")
def application(user: User, organisation: Organisation) -> dict[str, Any] | None:
    found = applications_for(user).filter(organisation=organisation).first()
    if found is None or found.submitted_at is None:
        return None
    return {
        "pairs": [
            (_("Application"), str(found.reference)),
            (_("Sent"), date_format(found.submitted_at, "DATE_FORMAT")),
            (_("Sponsor"), found.sponsor.name if found.sponsor else _("None")),
        ],
        "url": reverse("application_detail", args=[found.pk]),
        "action": _("Read the application"),
    }
