"""Writing what search finds, in the transaction of the change that it follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import OperationalError, transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from efc_portal.website.enums import EntryKind
from efc_portal.website.models import PublicDocument, SearchEntry
from efc_portal.website.search.configurations import AS_WRITTEN, configuration_of
from efc_portal.website.search.pages import date_of, files_of, kind_of, live_pages, summary_of, text_of
from efc_portal.website.search.words import accented_words, clean, parted, unaccented

TEXT_CHARACTERS = 400_000  # of an entry: some 150 pages of dense print
SURE_CHARACTERS = 50_000  # of these, every text fits the megabyte that PostgreSQL gives to the words of a row
BATCH = 200


@transaction.atomic
def search_page_write(*, page: Page) -> None:
    """Let search find a page and its files as they are live now, and nothing that it no longer offers.

    Reads the page anew: what an editor has in hand may be a draft of it.
    """
    if live := live_pages().filter(pk=page.pk).specific().first():
        _write([live])
    else:
        search_page_forget(page=page)


def search_page_forget(*, page: Page) -> None:
    """Let search find a page and its files no longer."""
    SearchEntry.objects.filter(page_id=page.pk).delete()


@transaction.atomic
def search_document_write(*, document: PublicDocument) -> None:
    """Let search find a document by what it is called and holds now, wherever it is offered."""
    offering = SearchEntry.objects.filter(document=document).values("page")
    _write(list(live_pages().filter(pk__in=offering).specific()))


def search_pages_missing() -> PageQuerySet:
    """Live pages that search does not know as they are: it did not hear of them, or stopped before it had written."""
    known = SearchEntry.objects.filter(page=OuterRef("pk"), document=None)
    current = known.filter(Q(page__last_published_at=None) | Q(indexed_at__gte=F("page__last_published_at")))
    return live_pages().exclude(Exists(current))


def search_rebuild() -> Iterator[int]:
    """Write every entry anew, some hundred pages at a time; yields how many pages are done.

    Can be stopped and repeated at any time: what is found meanwhile is what was found before.
    """
    done, last = 0, 0
    while True:
        pages = list(live_pages().filter(pk__gt=last).specific()[:BATCH])
        if not pages:
            break
        with transaction.atomic():
            _write(pages)
        done, last = done + len(pages), pages[-1].pk
        yield done
    SearchEntry.objects.exclude(page__live=True).delete()


def _write(pages: list[Page]) -> None:
    if not pages:
        return
    locales = Locale.objects.in_bulk()
    for page in pages:
        page.locale = locales[page.locale_id]
    files = {page.pk: files_of(page) for page in pages}
    wanted = {file.document_id for offered in files.values() for file in offered}
    documents = PublicDocument.objects.select_related("reading").in_bulk(wanted)
    entries = []
    for page in pages:
        entries.append(_page_entry(page))
        entries += [
            _file_entry(page, documents[file.document_id], file.language)
            for file in files[page.pk]
            if file.document_id in documents
        ]
    began = timezone.now()
    for entry in entries:
        entry.indexed_at = began
    _store(entries)
    SearchEntry.objects.filter(page__in=pages, indexed_at__lt=began).delete()


def _page_entry(page: Page) -> SearchEntry:
    return SearchEntry(
        page=page,
        locale_id=page.locale_id,
        language=page.locale.language_code,
        kind=kind_of(page),
        date=date_of(page),
        title=clean(page.title),
        summary=summary_of(page),
        text=text_of(page)[:TEXT_CHARACTERS],
    )


def _file_entry(page: Page, document: PublicDocument, language: str) -> SearchEntry:
    reading = getattr(document, "reading", None)
    return SearchEntry(
        page=page,
        document=document,
        locale_id=page.locale_id,
        language=language,
        kind=EntryKind.DOCUMENTS,
        date=date_of(page),
        title=clean(document.title),
        text=reading.text[:TEXT_CHARACTERS] if reading and reading.file == document.file.name else "",
    )


def _store(entries: Iterable[SearchEntry]) -> None:
    """Write entries over those that are there. One whose words do not fit into a row is found by its beginning."""
    entries = list(entries)
    try:
        with transaction.atomic():
            _upsert(entries, TEXT_CHARACTERS)
    except OperationalError:
        for entry in entries:
            try:
                with transaction.atomic():
                    _upsert([entry], TEXT_CHARACTERS)
            except OperationalError:
                _upsert([entry], SURE_CHARACTERS)


def _upsert(entries: list[SearchEntry], characters: int) -> None:
    for entry in entries:
        entry.about, entry.vector = _vectors(entry, characters)
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["page", "document"],
        update_fields=[
            "locale",
            "language",
            "kind",
            "date",
            "title",
            "summary",
            "text",
            "about",
            "vector",
            "indexed_at",
        ],
    )


def _vectors(entry: SearchEntry, characters: int) -> tuple[Any, Any]:
    """The words of an entry by weight: of title and summary, and of everything.

    Readers search in the language of the page's site: where a file is in another, both have a say.
    """
    languages = (entry.language, entry.page.locale.language_code)
    configurations = list(dict.fromkeys(map(configuration_of, languages)))
    about = [*_weighted("A", entry.title, configurations), *_weighted("B", entry.summary, configurations)]
    beginnings = SearchVector(
        Value(unaccented(parted(f"{entry.title} {entry.summary}"))), weight="C", config=AS_WRITTEN
    )
    offered_by = entry.page.title if entry.document_id else ""
    text = _weighted("D", f"{offered_by} {entry.text[:characters]}", configurations)
    return reduce(add, about), reduce(add, [*about, beginnings, *text])


def _weighted(weight: str, text: str, configurations: list[str]) -> list[SearchVector]:
    """A text by the rules of each configuration, as it is written and, where it has accents, without them."""
    forms = [parted(text), *filter(None, [accented_words(text)])]
    return [SearchVector(Value(form), weight=weight, config=one) for form in forms for one in configurations]
