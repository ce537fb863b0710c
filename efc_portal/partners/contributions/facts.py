"""What the public site may say about contributions in kind (`core.public_facts`). Imported when Django starts."""

from __future__ import annotations

from efc_portal.core.public_facts import public_fact
from efc_portal.partners.contributions.public_totals import PublicYear, public_years


@public_fact("contributions")
def contributions() -> list[PublicYear]:
    """Totals by kind and calendar year that betray no single organisation; empty when there are none."""
    return public_years()
