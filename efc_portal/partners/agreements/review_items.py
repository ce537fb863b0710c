"""What the yearly review asks about the memorandum."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.partners.agreements.selectors import acceptance_is_current
from efc_portal.partners.models import Review
from efc_portal.partners.standing.review_items import review_item


@review_item(
    "agreement",
    label=_("Have the current memorandum accepted"),
    url_name="memorandum",
    order=40,
    hint=_("A signatory of your organisation does it."),
)
def agreement(review: Review) -> bool:
    return acceptance_is_current(review.organisation)
