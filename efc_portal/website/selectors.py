"""What public pages list. Only live pages, whoever asks; always with what their cards show."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, Site

from efc_portal.core.countries import country_choices, country_name

if TYPE_CHECKING:
    from efc_portal.website.models import ChairLetterPage, JoinPage, NewsPage, ReportingPlace, ReportPage


def news(near: Page) -> QuerySet[NewsPage]:
    """News in the language of a page, the latest first."""
    from efc_portal.website.models import NewsPage

    return NewsPage.objects.live().filter(locale_id=near.locale_id).order_by("-date", "-pk")


def reports(near: Page) -> QuerySet[ReportPage]:
    """Reports in the language of a page, the latest first, with their files."""
    from efc_portal.website.models import ReportPage

    live = ReportPage.objects.live().filter(locale_id=near.locale_id)
    return live.select_related("cover").prefetch_related("files__document").order_by("-date", "-pk")


def letters(near: Page) -> QuerySet[ChairLetterPage]:
    """The chair's letters in the language of a page, the latest first."""
    from efc_portal.website.models import ChairLetterPage

    live = ChairLetterPage.objects.live().filter(locale_id=near.locale_id)
    return live.select_related("portrait").order_by("-date", "-pk")


def join_page(near: Page) -> JoinPage | None:
    """The page about joining, in the language of a page."""
    from efc_portal.website.models import JoinPage

    return JoinPage.objects.live().filter(locale_id=near.locale_id).first()


@dataclass(frozen=True)
class CountryPlaces:
    """Where one reports in a country."""

    code: str
    name: str
    places: list[ReportingPlace] = field(default_factory=list)


def reporting_places() -> tuple[list[CountryPlaces], list[ReportingPlace]]:
    """Every country with its places, by name in the active language; and the places for every country. Two queries."""
    from efc_portal.website.models import ReportingPlace

    places = list(ReportingPlace.objects.prefetch_related("notes").order_by("country", "order", "pk"))
    grouped = [
        CountryPlaces(code, country_name(code), list(of_it))
        for code, of_it in groupby((place for place in places if place.country), key=lambda place: place.country)
    ]
    return sorted(grouped, key=lambda one: one.name), [place for place in places if not place.country]


def reporting_country_choices() -> list[tuple[str, str]]:
    """Every country of the world: one without an entry of its own is answered as well."""
    return country_choices()


def linked_pages(request: HttpRequest) -> QuerySet[Page]:
    """The pages directly below the home page that header (`in_header`) or footer (`in_footer`) lead to."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    return (
        Page.objects.child_of(site.root_page)
        .live()
        .annotate(in_header=F("show_in_menus"), in_footer=F("standardpage__show_in_footer"))
        .filter(Q(in_header=True) | Q(in_footer=True))
        .select_related("locale")
        .order_by("path")
    )
