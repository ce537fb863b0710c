"""The public pages: the directory, and one page for each organisation."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from efc_portal.core.languages import address_in
from efc_portal.core.page_cache import cached_page
from efc_portal.core.public_facts import FACTS, fact
from efc_portal.partners.listing.forms import DirectoryFilterForm
from efc_portal.partners.listing.selectors import listings_public, sector_counts

PER_PAGE = 24


@require_safe
@cached_page(FACTS, "site", parameters=("country", "page", "sector"), own_language=True)
def directory(request: HttpRequest) -> HttpResponse:
    """Who takes part, by sector and country."""
    counts = sector_counts()
    countries = listings_public().order_by().values_list("organisation__country", flat=True).distinct()
    form = DirectoryFilterForm(request.GET, sectors=[sector for sector, _n in counts], countries=list(countries))
    page = Paginator(form.apply(listings_public()), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": form,
        "page": page,
        "rows": [{"listing": one, "url": reverse("partner", args=[one.slug])} for one in page.object_list],
        "counts": [{"value": number, "label": sector.label} for sector, number in counts],
        "total": sum(number for _sector, number in counts),
        "here": reverse("partner_list"),
        "reset": reverse("partner_list") if any(form.cleaned_data.values()) else "",
        "contributions": fact("contributions"),
        "join_url": address_in(get_language() or "", "/join/"),
    }
    return render(request, "partners/directory/list.html", context)


@require_safe
@cached_page(FACTS, "site", own_language=True)
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation. Hidden or no longer active, it is not there."""
    listing = get_object_or_404(listings_public(), slug=slug)
    context = {
        "listing": listing,
        "description": listing.description(get_language() or ""),
        "directory_url": reverse("partner_list"),
    }
    return render(request, "partners/directory/partner.html", context)
