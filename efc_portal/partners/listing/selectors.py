"""Who stands in the public directory."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.utils.text import slugify

from efc_portal.partners.enums import OrganisationKind, Sector
from efc_portal.partners.models import Listing

LISTED_KINDS = (OrganisationKind.PARTNER, OrganisationKind.LAW_ENFORCEMENT)


def listings_public() -> QuerySet[Listing]:
    """The listings anybody may read, by name: active organisations that want to be shown. The one rule."""
    return (
        Listing.objects.filter(is_shown=True, organisation__is_active=True, organisation__kind__in=LISTED_KINDS)
        .select_related("organisation")
        .order_by("name", "pk")
    )


def listings_all() -> QuerySet[Listing]:
    """Every listing a manager may edit, shown or not, by name."""
    return (
        Listing.objects.filter(organisation__kind__in=LISTED_KINDS)
        .select_related("organisation")
        .order_by("name", "pk")
    )


def sector_counts() -> list[tuple[Sector, int]]:
    """How many are listed, by sector in the order of the table, without the sectors of which there is none."""
    grouped = listings_public().order_by().values_list("organisation__sector").annotate(number=Count("pk"))
    counted = dict(grouped)
    return [(sector, counted[sector.value]) for sector in Sector if counted.get(sector.value)]


def slug_free(name: str) -> str:
    """A slug that no listing has, made from a name."""
    stem = slugify(name)[:70].strip("-").replace("_", "-") or "organisation"
    stem = "-".join(part for part in stem.split("-") if part)
    taken = set(Listing.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{stem}-{number}") not in taken)
