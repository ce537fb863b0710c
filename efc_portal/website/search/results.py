"""One page of results, with the words that were searched for marked where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.contrib.postgres.search import SearchHeadline
from django.db.models import Case, Exists, F, OuterRef, TextField, Value, When
from django.db.models.functions import Greatest, Lower, StrIndex, Substr
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import pgettext_lazy

from efc_portal.website.enums import EntryKind
from efc_portal.website.models import ReportPage, SearchEntry
from efc_portal.website.search.excerpts import compared, has_hits, marked_html
from efc_portal.website.search.query import Asked, words_of
from efc_portal.website.search.words import HIT_BEGINS, HIT_ENDS, PIECE_ENDS

WINDOW = 4000  # characters of a text that an excerpt is chosen from
BEFORE = 400  # of these, before the first hit
WORDS = 28  # of a piece of an excerpt

ONE_OF = {
    EntryKind.NEWS: pgettext_lazy("one search result", "News"),
    EntryKind.REPORTS: pgettext_lazy("one search result", "Report"),
    EntryKind.PAGES: pgettext_lazy("one search result", "Page"),
    EntryKind.DOCUMENTS: pgettext_lazy("one search result", "Document"),
}


@dataclass(frozen=True)
class Result:
    """One thing that was found. `title` and `excerpt` are HTML in which hits are marked."""

    entry: Any  # a SearchEntry, with the edition of its report and whether a later one replaces it
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


def results(ids: list[int], asked: Asked, configuration: str, request: HttpRequest) -> list[Result]:
    """The results with these ids, in this order: one query for what they are, one for where the words stand.

    Whether a page is live is asked once more here: what was withdrawn behind the index's back is not shown either.
    """
    hit = StrIndex(Lower("text"), Value(_beginning(asked.typed)))
    window = Substr("text", Greatest(hit - BEFORE, Value(1)), WINDOW)
    later = ReportPage.objects.live().filter(replaces=OuterRef("page"))
    rows = SearchEntry.objects.filter(pk__in=ids, page__live=True).annotate(
        window=window, edition=F("page__reportpage__edition"), outdated=Exists(later)
    )
    found: dict[int, Any] = rows.select_related("page", "document").defer("text", "about", "vector").in_bulk()
    entries = [found[one] for one in ids if one in found]
    marks = _marked(entries, asked, configuration)
    return [_result(entry, *marks[entry.pk], request) for entry in entries]


def _beginning(typed: str) -> str:
    """How the longest word that was asked for begins, in whatever form it occurs."""
    word = max(words_of(typed.lower()), key=len, default="")
    return word[: max(4, len(word) - 3)]


def _marked(entries: list[Any], asked: Asked, configuration: str) -> dict[int, tuple[str, str]]:
    """By entry: the title, and pieces of the window, with marks around hits."""
    titles = [When(pk=one.pk, then=Value(compared(one.title))) for one in entries]
    windows = [When(pk=one.pk, then=Value(compared(one.window))) for one in entries]
    marking = partial(
        SearchHeadline, query=asked.found_by, config=configuration, start_sel=HIT_BEGINS, stop_sel=HIT_ENDS
    )
    rows = SearchEntry.objects.filter(pk__in=[one.pk for one in entries]).values_list(
        "pk",
        marking(Case(*titles, output_field=TextField()), highlight_all=True),
        marking(
            Case(*windows, output_field=TextField()),
            max_words=WORDS,
            min_words=WORDS // 2,
            max_fragments=2,
            short_word="0",
            fragment_delimiter=PIECE_ENDS,
        ),
    )
    return {pk: (title, window) for pk, title, window in rows}


def _result(entry: Any, title: str, window: str, request: HttpRequest) -> Result:
    if has_hits(window):
        excerpt: SafeString | str = marked_html(entry.window, window)
    else:
        excerpt = entry.summary or Truncator(entry.window).words(WORDS)
    page_url = entry.page.get_url(request) or "/"
    url = entry.document.url if entry.document else page_url
    return Result(entry, marked_html(entry.title, title), excerpt, url, page_url)
