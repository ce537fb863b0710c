"""What public pages list. Only live pages, whoever asks; always with what their cards show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BigIntegerField, Case, Exists, F, Model, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page, ReferenceIndex, Revision, TaskState
from wagtail.query import PageQuerySet

from efc_portal.core.countries import alphabetical, country_choices, country_name
from efc_portal.core.page_cache import depends_on

if TYPE_CHECKING:
    from datetime import date

    from efc_portal.website.models import (
        ChairLetterPage,
        JoinPage,
        NewsCategory,
        NewsIndexPage,
        NewsPage,
        ReportingPlace,
        ReportPage,
    )

BESIDE = 3
COMING = 3
ISSUES = 8


def news(near: Page) -> QuerySet[NewsPage]:
    """News in the language of a page, the latest first."""
    from efc_portal.website.models import NewsPage

    depends_on(f"news:{near.locale_id}")
    return NewsPage.objects.live().filter(locale_id=near.locale_id).defer("body").order_by("-date", "-pk")


def news_with_categories(near: Page) -> QuerySet[NewsPage]:
    """News as lists and feeds show them, with the names of their categories."""
    return news(near).select_related("category").prefetch_related("category__names")


def coming_events(near: Page) -> list[NewsPage]:
    """The next events in the language of a page that are not over, the nearest first."""
    coming = news(near).filter(kind="event", starts_on__isnull=False)
    coming = coming.annotate(last=Coalesce("ends_on", "starts_on")).filter(last__gte=timezone.localdate())
    return list(coming.order_by("starts_on", "starts_at", "pk")[:COMING])


def categories(near: Page) -> list[NewsCategory]:
    """The categories that news in the language of a page have."""
    from efc_portal.website.models import NewsCategory

    used = news(near).filter(category=OuterRef("pk")).order_by()
    return list(NewsCategory.objects.filter(Exists(used)).prefetch_related("names"))


def years(items: QuerySet[Any]) -> list[int]:
    """The years that dated pages are of, the latest first."""
    plain = items.select_related(None).prefetch_related(None).order_by()
    return sorted(plain.values_list("date__year", flat=True).distinct(), reverse=True)


def beside(item: NewsPage) -> tuple[list[Page], list[NewsPage]]:
    """What stands beside a news item: what editors chose, else what shares its tags or category; and, where that is
    nothing, the latest news."""
    wanted = [one.related_id for one in item.related_items.all()]
    if wanted:
        by_id = {page.pk: page for page in Page.objects.live().filter(pk__in=wanted).specific()}
        if chosen := [by_id[one] for one in wanted if one in by_id]:
            return chosen, []
    others = news(item).exclude(pk=item.pk)
    from efc_portal.website.models import NewsTag

    shared = NewsTag.objects.filter(content_object=OuterRef("pk"), tag__in=[tag.pk for tag in item.tags.all()])
    akin = Q(Exists(shared))
    if item.category_id:
        akin |= Q(category=item.category_id)
    found = list(others.filter(akin)[:BESIDE])
    return (list(found), []) if found else ([], list(others[:BESIDE]))


def other_issues(item: NewsPage) -> list[NewsPage]:
    """The latest other numbers of the newsletter."""
    return list(news(item).filter(kind="newsletter").exclude(pk=item.pk)[:ISSUES])


def news_index(near: Page) -> NewsIndexPage | None:
    """The list of all news in the language of a page."""
    from efc_portal.website.models import NewsIndexPage

    return NewsIndexPage.objects.live().filter(locale_id=near.locale_id).first()


def reports(near: Page) -> QuerySet[ReportPage]:
    """Reports in the language of a page, the latest first, with their files; `outdated` where another replaces it."""
    from efc_portal.website.models import ReportPage

    depends_on(f"reports:{near.locale_id}")
    later = ReportPage.objects.live().filter(replaces=OuterRef("pk"))
    live = ReportPage.objects.live().filter(locale_id=near.locale_id).annotate(outdated=Exists(later))
    with_files = live.select_related("cover").prefetch_related("files__document", "cover__renditions")
    return with_files.defer("body").order_by("-date", "-pk")


def earlier_ids(pk: int) -> list[int]:
    """The reports that a report replaces, directly or through others. Ends whatever editors wired together."""
    return _chain(
        "SELECT replaces_id FROM website_reportpage WHERE page_ptr_id = %s",
        "SELECT one.replaces_id FROM website_reportpage one JOIN chain ON one.page_ptr_id = chain.id",
        pk,
    )


def later_ids(pk: int) -> list[int]:
    """The reports, drafts among them, that replace a report, directly or through others."""
    return _chain(
        "SELECT page_ptr_id FROM website_reportpage WHERE replaces_id = %s",
        "SELECT one.page_ptr_id FROM website_reportpage one JOIN chain ON one.replaces_id = chain.id",
        pk,
    )


def _chain(first: str, step: str, pk: int) -> list[int]:
    with connection.cursor() as cursor:  # UNION drops what was found before: a circle ends too
        cursor.execute(f"WITH RECURSIVE chain(id) AS ({first} UNION {step}) SELECT id FROM chain", [pk])  # noqa: S608  our own words
        return [found for (found,) in cursor.fetchall() if found is not None and found != pk]


def editions(report: ReportPage) -> tuple[ReportPage | None, list[ReportPage]]:
    """The edition that is valid instead of this one, if another is; and the earlier ones, the latest first."""
    from efc_portal.website.models import ReportPage

    depends_on(f"reports:{report.locale_id}")
    later, earlier = set(later_ids(report.pk)), set(earlier_ids(report.pk))
    if not later | earlier:
        return None, []
    live = ReportPage.objects.live().filter(pk__in=later | earlier).defer("body", "findings").order_by("-date", "-pk")
    found = list(live)
    valid = next((one for one in found if one.pk in later), None)
    return valid, [one for one in found if one.pk in earlier and one.pk not in later]


def downloads(report: ReportPage) -> tuple[int, date] | None:
    """How often the files of a report were downloaded until yesterday, and that day."""
    from efc_portal.website.models import DownloadCount

    yesterday = timezone.localdate() - timedelta(days=1)
    counts = DownloadCount.objects.filter(document__in=[file.document_id for file in report.files.all()])
    total = counts.filter(day__lte=yesterday).aggregate(total=Sum("count"))["total"]
    return (total, yesterday) if total else None


def letters(near: Page) -> QuerySet[ChairLetterPage]:
    """The chair's letters in the language of a page, the latest first."""
    from efc_portal.website.models import ChairLetterPage

    depends_on(f"letters:{near.locale_id}")
    live = ChairLetterPage.objects.live().filter(locale_id=near.locale_id)
    return live.select_related("portrait").prefetch_related("portrait__renditions").order_by("-date", "-pk")


def sections(near: Page) -> list[Page]:
    """The lists of news and reports in the language of a page; `is_reports` tells them apart."""
    both = Page.objects.live().filter(locale_id=near.locale_id).annotate(is_reports=F("reportsindexpage__pk"))
    return list(both.filter(Q(newsindexpage__isnull=False) | Q(is_reports__isnull=False)).order_by("path"))


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
    return sorted(grouped, key=lambda one: alphabetical(one.name)), [place for place in places if not place.country]


def reporting_country_choices() -> list[tuple[str, str]]:
    """Every country of the world: one without an entry of its own is answered as well."""
    return country_choices()


def linked_pages() -> list[Page]:
    """The pages directly below the home page that header (`in_header`) or footer (`in_footer`) lead to, and the list of
    news (`is_news`), whose feed the footer offers.

    Each in the language that is active, where it is translated; else in the portal's own. In the order of the latter.
    """
    language = get_language() or settings.LANGUAGE_CODE
    pages = (
        Page.objects.live()
        .filter(depth=3, locale__language_code__in={language, settings.LANGUAGE_CODE})
        .annotate(
            in_header=F("show_in_menus"), in_footer=F("standardpage__show_in_footer"), is_news=F("newsindexpage__pk")
        )
        .filter(Q(in_header=True) | Q(in_footer=True) | Q(is_news__isnull=False))
        .select_related("locale")
        .order_by("path")
    )
    own = {page.translation_key: page for page in pages if page.locale.language_code == language}
    if not own:
        depends_on("pages")  # the first page of the language may be any
    depends_on(*{f"navigation:{page.locale_id}" for page in pages})
    main = [page for page in pages if page.locale.language_code == settings.LANGUAGE_CODE]
    shown = [own.pop(page.translation_key, page) for page in main]
    return [*shown, *own.values()]


def pages_using(thing: Model) -> PageQuerySet:
    """The pages that link to a page, a picture or a document, or show it, as they are public or, if not, drafted."""
    found = Page.objects.filter(pk__in=_ids_using(type(thing), thing.pk))
    return found.exclude(pk=thing.pk).order_by("title") if isinstance(thing, Page) else found.order_by("title")


def pages_approved_with(thing: Model) -> list[Page]:
    """The pages that show a picture or a document to the public, or will as soon as they are approved or due."""
    found = list(pages_using(thing).live())
    known = {page.pk for page in found}
    return found + [page for page in _pages_to_come() if page.pk not in known and _uses(page, thing)]


def document_is_public(pk: str) -> bool:
    """Whether a public page shows a document, links to it or draws from it."""
    from efc_portal.website.models import PublicDocument

    return Page.objects.live().filter(pk__in=_ids_using(PublicDocument, pk)).exists()


def _ids_using(model: type[Model], pk: Any) -> QuerySet[ReferenceIndex, int]:
    """The ids of pages, from the table of references, where they are kept as text."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ReferenceIndex._get_base_content_type(model),
        to_object_id=str(pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    number = Case(When(object_id__regex=r"^[0-9]+$", then=Cast("object_id", BigIntegerField())))
    return references.annotate(page=number).values_list("page", flat=True)


def _pages_to_come() -> list[Page]:
    """The versions of pages that wait for approval, or are approved and wait for their hour."""
    waiting = Q(task_states__status=TaskState.STATUS_IN_PROGRESS) | Q(approved_go_live_at__isnull=False)
    return [one.as_object() for one in Revision.page_revisions.filter(waiting).distinct().order_by("pk")]


def _uses(page: Page, thing: Model) -> bool:
    wanted = (ContentType.objects.get_for_model(thing).pk, str(thing.pk))
    return any((kind, pk) == wanted for kind, pk, *_where in ReferenceIndex._extract_references_from_object(page))
