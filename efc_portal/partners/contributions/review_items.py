"""What the yearly review asks about contributions in kind."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.partners.contributions.selectors import contribution_recorded_since
from efc_portal.partners.models import Review
from efc_portal.partners.standing.review_items import review_item


@review_item(
    "contribution",
    label=_("Record what you contributed in kind"),
    url_name="contributions",
    order=30,
    hint=_("Hours, data, tools, training: whatever your organisation gave since the last review, or that it was none."),
)
def contribution(review: Review) -> bool:
    recorded = contribution_recorded_since(review.organisation, review.period_from)
    return recorded or review.no_contribution_at is not None
