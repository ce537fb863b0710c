"""In the workspace: an organisation's own listing, and all of them for managers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.listing.forms import ListingForm, ListingsFilterForm
from efc_portal.partners.listing.selectors import listings_all
from efc_portal.partners.listing.services import listing_change
from efc_portal.partners.models import Listing
from efc_portal.partners.permissions import access_of

PER_PAGE = 25
COLUMNS = [
    {"label": gettext_lazy("Name")},
    {"label": gettext_lazy("Sector")},
    {"label": gettext_lazy("Country")},
    {"label": gettext_lazy("In the directory")},
    {"label": gettext_lazy("Changed"), "num": True},
]


@require_http_methods(["GET", "POST"])
@require(Permission.PEOPLE_MANAGE)
def own(request: PersonRequest) -> HttpResponse:
    """The own organisation's listing. The secretariat has none, and comes to the list of all."""
    access = access_of(request.user)
    if access.is_secretariat:
        return redirect("listings")
    return _edited(request, get_object_or_404(listings_all(), pk=access.organisation_id), "listing")


@require_GET
@require(Permission.MEMBERS_MANAGE)
def listings(request: PersonRequest) -> HttpResponse:
    filters = ListingsFilterForm(request.GET)
    page = Paginator(filters.apply(listings_all()), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/listings.html", {"filters": filters, "page": page, "columns": COLUMNS})


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def any_one(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _edited(request, get_object_or_404(listings_all(), pk=pk), "listings")


def _edited(request: PersonRequest, listing: Listing, done: str) -> HttpResponse:
    """Form, then preview with a question, then the change. What was typed travels from step to step in the page."""
    form = ListingForm(request.POST) if request.method == "POST" else ListingForm.of(listing)
    context = {"listing": listing, "form": form, "back": done, "public_url": reverse("partner", args=[listing.slug])}
    if request.method == "GET" or not form.is_valid():
        return render(request, "partners/listing.html", context, status=422 if form.is_bound else 200)
    if "change" in request.POST:
        return render(request, "partners/listing.html", context)
    if "confirm" not in request.POST:
        texts = [{"code": code, "text": text} for code, text in form.descriptions.items() if text.strip()]
        return render(request, "partners/listing_preview.html", {**context, "texts": texts, "shown": form.cleaned_data})
    listing_change(
        actor=request.user,
        listing=listing,
        name=form.cleaned_data["name"],
        website=form.cleaned_data["website"],
        descriptions=form.descriptions,
        is_shown=form.cleaned_data["is_shown"],
    )
    if listing.is_shown:
        messages.success(request, _("The directory now shows this."))
    else:
        messages.success(request, _("The organisation is not in the directory any more."))
    return redirect(done)
