"""Finding: how many of which kind and year, and one page of results with their excerpts.

Four queries, whatever is found; one more for each looser way of matching that is tried when nothing matches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, ExtractYear, Greatest, Lower, StrIndex, Substr
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale

from efc_portal.website.enums import EntryKind
from efc_portal.website.models import SearchEntry
from efc_portal.website.search import excerpts
from efc_portal.website.search.configurations import configuration_of
from efc_portal.website.search.query import Asked, Match, questions, words_of
from efc_portal.website.search.words import HIT_BEGINS, HIT_ENDS, PIECE_ENDS

PAGE_SIZE = 10
WINDOW = 4000  # characters of a text that an excerpt is chosen from
BEFORE = 400  # of these, before the first hit
WEIGHTS = [0.05, 0.1, 0.5, 1.0]  # of text, nothing, summary, title
BY_LENGTH = 1  # a long report does not win by its length
AS_TYPED = 100  # more than any rank, for a title in which everything stands as it was typed

ONE_OF = {
    EntryKind.NEWS: pgettext_lazy("one search result", "News"),
    EntryKind.REPORTS: pgettext_lazy("one search result", "Report"),
    EntryKind.PAGES: pgettext_lazy("one search result", "Page"),
    EntryKind.DOCUMENTS: pgettext_lazy("one search result", "Document"),
}


@dataclass(frozen=True)
class Filters:
    kind: EntryKind | None = None
    year: int | None = None
    latest_first: bool = False


@dataclass(frozen=True)
class Result:
    """One thing that was found. `title` and `excerpt` are HTML in which hits are marked."""

    entry: SearchEntry
    title: SafeString
    excerpt: SafeString | str
    url: str
    page_url: str  # of the page that offers a file

    @property
    def kind_name(self) -> str:
        return str(ONE_OF[EntryKind(self.entry.kind)])

    @property
    def date(self) -> date:
        return self.entry.date


@dataclass(frozen=True)
class Found:
    """What a search found: `match` says how closely; counts are of what the other filter leaves."""

    match: Match
    kinds: Counter[str]
    years: Counter[int]
    total: int
    page: ResultPage[Result]


class _Counted(Paginator[Any]):
    """A paginator that knows already how much there is."""

    def __init__(self, objects: Any, total: int) -> None:
        super().__init__(objects, PAGE_SIZE)
        self._total = total

    @cached_property
    def count(self) -> int:
        return self._total


def search(typed: str, *, locale: Locale, filters: Filters, number: str | None, request: HttpRequest) -> Found | None:
    """Search in a language; None when nothing was found, or what was typed holds no word."""
    entries = SearchEntry.objects.filter(locale=locale, page__live=True)
    configuration = configuration_of(locale.language_code)
    for asked in questions(typed, configuration):
        matching = entries.filter(vector=asked.found_by)
        groups = matching.annotate(year=ExtractYear("date")).values_list("kind", "year").annotate(Count("pk"))
        if counted := list(groups.order_by()):
            return _found(matching, counted, asked, filters, _Reader(typed, configuration, number, request))
    return None


@dataclass(frozen=True)
class _Reader:
    typed: str
    configuration: str
    number: str | None
    request: HttpRequest


def _found(
    matching: QuerySet[SearchEntry],
    counted: Sequence[tuple[str, int, int]],
    asked: Asked,
    filters: Filters,
    reader: _Reader,
) -> Found:
    kinds: Counter[str] = Counter()
    years: Counter[int] = Counter()
    total = 0
    for kind, year, count in counted:
        of_kind, of_year = filters.kind in (None, kind), filters.year in (None, year)
        kinds[kind] += count if of_year else 0
        years[year] += count if of_kind else 0
        total += count if of_kind and of_year else 0
    if filters.kind:
        matching = matching.filter(kind=filters.kind)
    if filters.year:
        matching = matching.filter(date__year=filters.year)
    page = _Counted(_ordered(matching, asked, filters), total).get_page(reader.number)
    page.object_list = _results(list(page.object_list), asked, reader) if total else []
    return Found(asked.match, kinds, years, total, page)


def _ordered(matching: QuerySet[SearchEntry], asked: Asked, filters: Filters) -> QuerySet[SearchEntry, int]:
    """Ids, by relevance in hundredths and then the latest first, or by date alone."""
    if filters.latest_first:
        return matching.order_by("-date", "-pk").values_list("pk", flat=True)
    rank = SearchRank(F("vector"), asked.ranked_by, weights=WEIGHTS, normalization=Value(BY_LENGTH))
    as_typed = Case(When(title__icontains=asked.typed, then=Value(AS_TYPED)), default=Value(0))
    ranked = matching.annotate(hundredths=Cast(rank * 100, IntegerField()) + as_typed)
    return ranked.order_by("-hundredths", "-date", "-pk").values_list("pk", flat=True)


def _results(ids: list[int], asked: Asked, reader: _Reader) -> list[Result]:
    hit = StrIndex(Lower("text"), Value(_beginning(reader.typed)))
    window = Substr("text", Greatest(hit - BEFORE, Value(1)), WINDOW)
    rows = SearchEntry.objects.filter(pk__in=ids).annotate(window=window)
    found: dict[int, Any] = rows.select_related("page", "document").defer("text", "vector").in_bulk()
    entries = [found[one] for one in ids if one in found]
    marks = _marked(entries, asked, reader.configuration)
    return [_result(entry, *marks[entry.pk], reader.request) for entry in entries]


def _beginning(typed: str) -> str:
    """How the longest word that was asked for begins, in whatever form it occurs."""
    word = max(words_of(typed.lower()), key=len, default="")
    return word[: max(4, len(word) - 3)]


def _marked(entries: list[Any], asked: Asked, configuration: str) -> dict[int, tuple[str, str]]:
    """By entry: the title, and pieces of the window, with marks around hits."""
    titles = [When(pk=one.pk, then=Value(excerpts.compared(one.title))) for one in entries]
    windows = [When(pk=one.pk, then=Value(excerpts.compared(one.window))) for one in entries]
    marking = partial(
        SearchHeadline, query=asked.found_by, config=configuration, start_sel=HIT_BEGINS, stop_sel=HIT_ENDS
    )
    rows = SearchEntry.objects.filter(pk__in=[one.pk for one in entries]).values_list(
        "pk",
        marking(Case(*titles, output_field=TextField()), highlight_all=True),
        marking(
            Case(*windows, output_field=TextField()),
            max_words=28,
            min_words=12,
            max_fragments=2,
            short_word="0",
            fragment_delimiter=PIECE_ENDS,
        ),
    )
    return {pk: (title, window) for pk, title, window in rows}


def _result(entry: Any, title: str, window: str, request: HttpRequest) -> Result:
    if excerpts.has_hits(window):
        excerpt: SafeString | str = excerpts.marked_html(entry.window, window)
    else:
        excerpt = entry.summary or Truncator(entry.window).words(28)
    page_url = entry.page.get_url(request) or "/"
    url = entry.document.url if entry.document else page_url
    return Result(entry, excerpts.marked_html(entry.title, title), excerpt, url, page_url)
