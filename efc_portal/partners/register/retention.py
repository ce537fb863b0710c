"""Files of contacts that nobody confirmed, and broken rows that nobody mended, are forgotten after a week."""

from __future__ import annotations

from django.utils import timezone

from efc_portal.core.errors import Conflict
from efc_portal.core.retention import expires
from efc_portal.partners.models import ContactImport, ContactImportRow
from efc_portal.partners.register.imports.services import KEPT, OPEN, contact_import_discard


@expires("imports of contacts")
def contact_imports_expire() -> int:
    """Discard what waits for too long, each in a transaction of its own, then forget the rows of all others."""
    before, ended = timezone.now() - KEPT, 0
    for batch in ContactImport.objects.filter(status__in=OPEN, uploaded_at__lt=before):
        try:
            contact_import_discard(batch=batch, actor=None)
        except Conflict:  # somebody has just confirmed or discarded it
            continue
        ended += 1
    ContactImportRow.objects.filter(batch__uploaded_at__lt=before).delete()
    return ended
