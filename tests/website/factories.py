"""News and reports: one at a time as editors make them, or thousands at once as a bench needs them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from efc_portal.website.enums import NewsKind, ReportKind
from efc_portal.website.models import (
    NewsCategory,
    NewsIndexPage,
    NewsPage,
    PublicDocument,
    ReportDocument,
    ReportPage,
    ReportsIndexPage,
)
from efc_portal.website.models.reports import short_id_new

NEWEST = date(2026, 1, 1)


def in_language(kind: type[Page], language: str = "en") -> Any:
    """The one page of a kind that there is of each language: the home page, the lists."""
    return kind.objects.get(locale__language_code=language)


def news_item(number: int = 1, *, language: str = "en", **fields: Any) -> NewsPage:
    day = NEWEST - timedelta(days=number)
    made = {"title": f"Item {number}", "slug": f"item-{number}", "date": day, "summary": f"What item {number} says."}
    page: NewsPage = in_language(NewsIndexPage, language).add_child(instance=NewsPage(**{**made, **fields}))
    return page


def report(number: int = 1, *, files: int = 2, language: str = "en", **fields: Any) -> ReportPage:
    day = NEWEST - timedelta(days=number)
    made = {"title": f"Report {number}", "slug": f"report-{number}", "date": day, "summary": "What it says."}
    page: ReportPage = in_language(ReportsIndexPage, language).add_child(instance=ReportPage(**{**made, **fields}))
    for place in range(files):
        document = PublicDocument(title=page.title, file=ContentFile(b"a,b\n1,2\n", f"report-{number}-{place}.csv"))
        document._set_document_file_metadata()
        document.save()
        ReportDocument.objects.create(page=page, document=document, sort_order=place)
    return page


def category(name: str = "Law", **names: str) -> NewsCategory:
    """A category with its names in other languages: `category("Law", fr="Droit")`."""
    made: NewsCategory = NewsCategory.objects.create(name=name, slug=name.lower().replace(" ", "-"))
    made.names = [made.names.model(language=language, name=name) for language, name in names.items()]
    made.save()
    return made


def news_many(count: int) -> None:
    """Many live news items of all kinds over twelve years, in two statements. They have no revisions and no bodies,
    and are not in the index that searches: `manage.py rebuild_references_index` and `update_index` add them."""
    kinds = list(NewsKind)

    def fields(number: int) -> dict[str, Any]:
        kind, day = kinds[number % len(kinds)], _day(number, count)
        more = {"starts_on": day + timedelta(days=30)} if kind == NewsKind.EVENT else {}
        return {"kind": kind, "date": day, "summary": f"What item {number} says, in a sentence.", **more}

    _pages_many(NewsPage, NewsIndexPage.objects.get(locale__language_code="en"), count, "many-news", fields)


def reports_many(count: int) -> None:
    """Many live reports of all kinds over twelve years, each with one file, which all share."""
    kinds = list(ReportKind)

    def fields(number: int) -> dict[str, Any]:
        summary, short_id = f"Report {number} says.", short_id_new()
        return {
            "kind": kinds[number % len(kinds)],
            "date": _day(number, count),
            "summary": summary,
            "short_id": short_id,
        }

    document = PublicDocument(title="Shared", file=ContentFile(b"a,b\n1,2\n", "shared.csv"))
    document._set_document_file_metadata()
    document.save()
    pages = _pages_many(
        ReportPage, ReportsIndexPage.objects.get(locale__language_code="en"), count, "many-report", fields
    )
    ReportDocument.objects.bulk_create(ReportDocument(page_id=page, document=document) for page in pages)


def _day(number: int, count: int) -> date:
    return NEWEST - timedelta(days=number * 12 * 365 // max(count, 1))


def _pages_many(model: type[Page], parent: Page, count: int, slug: str, fields: Any) -> list[int]:
    """Live pages below `parent`, with their places in the tree computed, and their ids."""
    first = parent.numchild + 1
    taken = parent.get_children().order_by("-path").values_list("path", flat=True).first()
    if taken:
        first = Page._str2int(taken[-Page.steplen :]) + 1
    now, kind = timezone.now(), ContentType.objects.get_for_model(model)
    rows = []
    for number in range(count):
        title = f"{model._meta.verbose_name} {number}".capitalize()
        rows.append(
            Page(
                path=Page._get_path(parent.path, parent.depth + 1, first + number),
                depth=parent.depth + 1,
                title=title,
                draft_title=title,
                slug=f"{slug}-{number}",
                url_path=f"{parent.url_path}{slug}-{number}/",
                content_type=kind,
                locale_id=parent.locale_id,
                live=True,
                first_published_at=now,
                last_published_at=now,
            )
        )
    made = Page.objects.bulk_create(rows, batch_size=1000)
    _rows_insert(model, [(page.pk, fields(number)) for number, page in enumerate(made)])
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + count)
    return [page.pk for page in made]


def _rows_insert(model: type[Page], rows: list[tuple[int, dict[str, Any]]]) -> None:
    """The halves of pages that stand in their own table: Django does not write those in bulk."""
    columns = {field.attname: field for field in model._meta.local_concrete_fields if not field.primary_key}
    blank = model()
    same = {name: field.get_db_prep_save(getattr(blank, name), connection) for name, field in columns.items()}
    values = []
    for pk, fields in rows:
        own = {name: columns[name].get_db_prep_save(value, connection) for name, value in fields.items()}
        values.append([pk, *{**same, **own}.values()])
    names = ", ".join(f'"{field.column}"' for field in columns.values())
    places = ", ".join(["%s"] * (len(columns) + 1))
    with connection.cursor() as cursor:
        sql = f'INSERT INTO {model._meta.db_table} ("page_ptr_id", {names}) VALUES '
        for start in range(0, len(values), 1000):
            some = values[start : start + 1000]
            cursor.execute(sql + ", ".join([f"({places})"] * len(some)), [one for row in some for one in row])
        cursor.execute(f"ANALYZE {model._meta.db_table}, wagtailcore_page")  # the planner hears of them at once
