"""Thousands of news items and reports in seconds: copies of the demonstration's, written in bulk, past Wagtail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Field
from django.utils import timezone
from wagtail.models import Page

from efc_portal.core.page_cache import EVERYTHING, cache_changed
from efc_portal.website.models import NewsIndexPage, NewsPage, ReportPage, ReportsIndexPage
from efc_portal.website.models.base import PublicPage

BATCH = 1000
FIRST_DAY = date(2026, 1, 1)


@transaction.atomic
def fill_site_to(*, news: int, reports: int) -> None:
    """Bring the site to so many news items and reports; the demonstration's stay the latest."""
    _copies(NewsPage, NewsIndexPage.objects.get(locale__language_code="en"), news)
    _copies(ReportPage, ReportsIndexPage.objects.get(locale__language_code="en"), reports)
    cache_changed(EVERYTHING)


def _copies(model: type[PublicPage], parent: Page, total: int) -> None:
    there = model.objects.child_of(parent).count()
    example = model.objects.child_of(parent).filter(live=True).earliest("pk")
    last = parent.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :])
    for first in range(there, total, BATCH):
        numbers = range(first, min(first + BATCH, total))
        rows = [_row(example, parent, number, step + number - there + 1) for number in numbers]
        _of_the_kind(model, example, Page.objects.bulk_create(rows))
    Page.objects.filter(pk=parent.pk).update(numchild=model.objects.child_of(parent).count())


def _row(example: Page, parent: Page, number: int, step: int) -> Page:
    slug, now = f"copy-{number}", timezone.now()
    return Page(
        path=Page._get_path(parent.path, parent.depth + 1, step),
        depth=parent.depth + 1,
        title=f"{example.title}, {number}",
        draft_title=f"{example.title}, {number}",
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        content_type_id=example.content_type_id,
        locale_id=example.locale_id,
        live=True,
        first_published_at=now,
        last_published_at=now,
    )


def _of_the_kind(model: type[PublicPage], example: Any, pages: list[Page]) -> None:
    """The columns that a kind of page has beside those of all pages, as the example has them, on other days."""
    table, quote = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    own, values = [quote(field.column) for field in fields], [_value(field) for field in fields]
    days = [FIRST_DAY - timedelta(days=page.pk % 5000) for page in pages]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (page_ptr_id, {', '.join(own)}) SELECT page.id, {', '.join(values)} "
            f"FROM unnest(%s, %s::date[]) AS page (id, day), {table} AS example WHERE example.page_ptr_id = %s",
            [[page.pk for page in pages], days, example.pk],
        )


def _value(field: Field[Any, Any]) -> str:
    """The SQL of what a copy has in the column: its day, a name of its own where each needs one, or the example's."""
    if field.name == "date":
        return "page.day"
    if field.unique:
        return "NULL" if field.null else "'copy' || page.id"
    return f"example.{connection.ops.quote_name(str(field.column))}"
