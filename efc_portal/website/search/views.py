"""The search page, and how browsers learn of it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from efc_portal.website.enums import EntryKind
from efc_portal.website.search.configurations import reader_locale
from efc_portal.website.search.forms import SearchForm
from efc_portal.website.search.limits import may_search
from efc_portal.website.search.query import words_of
from efc_portal.website.search.selectors import Filters, Found, search


@require_safe
@cache_control(private=True, no_cache=True)
@conditional_page
def search_page(request: HttpRequest) -> HttpResponse:
    """Search over the site in the reader's language, at `/search/?q=`."""
    locale = reader_locale()
    form = SearchForm(request.GET)
    form.is_valid()
    typed, filters, found, status = form.cleaned_data.get("q", ""), form.filters(), None, 200
    if words_of(typed):
        if may_search(request):
            number = request.GET.get("page")
            found = search(typed, locale=locale, filters=filters, number=number, request=request)
        else:
            status = 429
            form.add_error("q", _("You have searched very often within a minute. Wait a minute, then search again."))
    if found:
        form.offer_years(found.years)
    context = {"form": form, "typed": typed, "found": found, "kinds": _kinds(found, filters), "filters": filters}
    return render(request, "website/search.html", context, status=status)


def _kinds(found: Found | None, filters: Filters) -> list[dict[str, object]]:
    """The kinds of results to choose from, each with how many there are."""
    if found is None:
        return []
    choices: list[dict[str, object]] = [
        {"value": None, "label": _("All results"), "count": found.kinds.total(), "current": filters.kind is None}
    ]
    for kind in EntryKind:
        if found.kinds[kind] or filters.kind is kind:
            count = found.kinds[kind]
            choices.append({"value": kind.value, "label": kind.label, "count": count, "current": filters.kind is kind})
    return choices


@require_safe
@cache_control(public=True, max_age=86400)
def opensearch(request: HttpRequest) -> HttpResponse:
    """A description with which browsers offer to search this site (OpenSearch 1.1)."""
    context = {"search_url": settings.PORTAL_URL + reverse("search"), "site_url": settings.PORTAL_URL}
    return render(
        request, "website/opensearch.xml", context, content_type="application/opensearchdescription+xml; charset=utf-8"
    )
