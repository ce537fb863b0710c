"""Finding: how much there is of which kind and year, and one page of results.

Five statements, whatever is found; one more where nothing matches all words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db import OperationalError, connection, transaction
from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, ExtractYear
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from psycopg2.errors import QueryCanceled
from wagtail.models import Locale

from efc_portal.core.errors import ApplicationError
from efc_portal.website.enums import EntryKind
from efc_portal.website.models import SearchEntry
from efc_portal.website.search.configurations import configuration_of
from efc_portal.website.search.query import Asked, Match, forms_of, questions
from efc_portal.website.search.results import Result, results

PAGE_SIZE = 10
RANKED = 500  # results whose words are weighed against each other; of more, title and summary come first
WEIGHTS = [0.05, 0.1, 0.5, 1.0]  # of text, beginnings of words, summary, title
BY_LENGTH = 1  # a long report does not win by its length
AS_TYPED = 100  # more than any rank, for a page in whose title everything stands as it was typed
SECONDS = 5  # that a statement may take


@dataclass(frozen=True)
class Filters:
    kind: EntryKind | None = None
    year: int | None = None
    latest_first: bool = False


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


@transaction.atomic
def search(typed: str, *, locale: Locale, filters: Filters, number: str | None, request: HttpRequest) -> Found | None:
    """Search in a language; None when nothing was found, or what was typed holds no word."""
    configuration = configuration_of(locale.language_code)
    asking = questions(typed, configuration)
    if not asking:
        return None
    if not _prepare(typed, configuration):
        return None
    try:
        for asked in asking:
            matching = SearchEntry.objects.filter(locale=locale, vector=asked.found_by)
            if groups := _groups(matching):
                kinds, years, total = _counts(groups, filters)
                page = _Counted(_ordered(matching, asked, filters, total), total).get_page(number)
                page.object_list = results(list(page.object_list), asked, configuration, request) if total else []
                return Found(asked.match, kinds, years, total, page)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise ApplicationError(_("This search takes too long. Search for fewer or rarer words.")) from error
        raise
    return None


def _prepare(typed: str, configuration: str) -> bool:
    """Whether there is more than common words to search for, of which not even the beginnings say anything.

    Sets a limit of time; and the index of words, even for words that stand everywhere.

    PostgreSQL takes reading row after row for cheaper then, not knowing that the words of each lie elsewhere: with
    14,000 matches that is ten times as slow.
    """
    limit = f"SET LOCAL statement_timeout = '{SECONDS}s'"
    searched = "SELECT sum(numnode(websearch_to_tsquery(%s::regconfig, form))) > 0 FROM unnest(%s) AS form"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{limit}; SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; {searched}",
            [configuration, forms_of(typed)],
        )
        return bool(cursor.fetchone()[0])


def _groups(matching: QuerySet[SearchEntry]) -> list[tuple[str, int, int]]:
    """How many there are of each kind and year."""
    groups = matching.annotate(year=ExtractYear("date")).order_by().values_list("kind", "year")
    return list(groups.annotate(Count("pk")))


def _counts(groups: Sequence[tuple[str, int, int]], filters: Filters) -> tuple[Counter[str], Counter[int], int]:
    """By kind within the year that is asked for, by year within the kind, and within both."""
    kinds: Counter[str] = Counter()
    years: Counter[int] = Counter()
    total = 0
    for kind, year, count in groups:
        of_kind, of_year = filters.kind in (None, kind), filters.year in (None, year)
        kinds[kind] += count if of_year else 0
        years[year] += count if of_kind else 0
        total += count if of_kind and of_year else 0
    return kinds, years, total


def _ordered(matching: QuerySet[SearchEntry], asked: Asked, filters: Filters, total: int) -> QuerySet[SearchEntry, int]:
    """Ids, by relevance and then the latest first, or by date alone."""
    if filters.kind:
        matching = matching.filter(kind=filters.kind)
    if filters.year:
        matching = matching.filter(date__year=filters.year)
    if filters.latest_first:
        return matching.order_by("-date", "-pk").values_list("pk", flat=True)
    as_typed = Case(When(document=None, title__icontains=asked.typed, then=Value(AS_TYPED)), default=Value(0))
    matching = matching.annotate(points=_points(asked, total) + as_typed)
    return matching.order_by("-points", "-date", "-pk").values_list("pk", flat=True)


def _points(asked: Asked, total: int) -> Case | Cast:
    """How well each matches: of few the rank in hundredths, of many whether the words stand in title or summary."""
    if total > RANKED:
        return Case(When(about=asked.ranked_by, then=Value(1)), default=Value(0))
    rank = SearchRank(F("vector"), asked.ranked_by, weights=WEIGHTS, normalization=Value(BY_LENGTH))
    return Cast(rank * 100, IntegerField())
