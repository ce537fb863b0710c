"""What of imports waits for the secretariat."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.enums import ContactImportStatus
from efc_portal.partners.models import ContactImport
from efc_portal.partners.register.due import Due, DueRow, due


@due("imports", _("Imports of contacts to confirm"), order=70, permission=Permission.MEMBERS_MANAGE)
def imports() -> Due:
    found = ContactImport.objects.filter(status=ContactImportStatus.CHECKED).order_by("uploaded_at", "pk")
    return Due(found, lambda one: DueRow(one.filename, reverse("contact_import", args=[one.pk]), one.uploaded_at))
