"""The memorandum on the register's pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from efc_portal.accounts.models import User
from efc_portal.core.permissions import Permission
from efc_portal.partners.agreements.enums import AcceptanceStatus
from efc_portal.partners.agreements.selectors import acceptances_for, agreement_current
from efc_portal.partners.models import Acceptance, Organisation
from efc_portal.partners.permissions import access_of
from efc_portal.partners.register.sections import Cell, organisation_section, register_column


@organisation_section(order=20, title=gettext_lazy("Memorandum"), template="partners/register/_section.html")
def memorandum(user: User, organisation: Organisation) -> dict[str, Any]:
    """Each version it was asked for, the latest first."""
    found = acceptances_for(user).filter(organisation=organisation).order_by("-version__number")
    pairs = [(_("Version %(number)s") % {"number": one.version.number}, _stands(one)) for one in found[:5]]
    every = access_of(user).may(Permission.MEMBERS_VIEW)
    return {
        "pairs": pairs,
        "empty": _("No version of the memorandum was put to this member yet."),
        "url": f"{reverse('acceptances')}?{urlencode({'q': organisation.name})}" if every else reverse("memorandum"),
        "action": _("All acceptances") if every else _("Read the memorandum"),
    }


@register_column(key="memorandum", label=gettext_lazy("Memorandum"), order=10)
def column(organisations: Sequence[Organisation]) -> dict[UUID, Cell]:
    """Where each stands with the version in force: two queries."""
    version = agreement_current()
    if version is None:
        return {}
    found = Acceptance.objects.filter(version=version, organisation__in=[one.pk for one in organisations])
    return {
        one.organisation_id: Cell(one.get_status_display(), one.STATUS_KINDS[AcceptanceStatus(one.status)])
        for one in found
        if one.organisation_id
    }


def _stands(acceptance: Acceptance) -> str:
    """In words, with the day that matters: when it was accepted, or by when it is to be."""
    status = acceptance.get_status_display()
    if acceptance.status == AcceptanceStatus.ASKED and acceptance.deadline:
        day = date_format(acceptance.deadline, "DATE_FORMAT")
        return _("%(status)s by %(day)s") % {"status": status, "day": day}
    at = acceptance.countersigned_at or acceptance.accepted_at or acceptance.asked_at
    return f"{status}, {date_format(at, 'DATE_FORMAT')}"
