"""What the public site may say about those who take part (`core.public_facts`). Imported when Django starts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from efc_portal.core.public_facts import Figure, Link, Membership, public_fact
from efc_portal.partners.listing.selectors import listings_public, sector_counts

NAMED = 12


@public_fact("membership")
def membership() -> Membership | None:
    """The number of those listed, by sector too, and the first names in the order of the alphabet."""
    counts = sector_counts()
    if not counts:
        return None
    return Membership(
        total=sum(number for _sector, number in counts),
        sectors=[Figure(number, str(sector.label)) for sector, number in counts],
        names=[Link(one.name, reverse("partner", args=[one.slug])) for one in listings_public()[:NAMED]],
        url=reverse("partner_list"),
    )


@public_fact("addresses")
def addresses() -> list[str]:
    """The directory and the page of each organisation in it, for search engines."""
    return [reverse("partner_list"), *(reverse("partner", args=[one.slug]) for one in listings_public())]


@public_fact("links")
def links() -> list[Link]:
    """The directory in the header of every public page."""
    return [Link(_("Partners"), reverse("partner_list"), after="reports")]
