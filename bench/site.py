"""News and reports by the thousand, each report with a file, in seconds: rows written in bulk, past the CMS.

Their words are drawn as words are in real texts: a few stand nearly everywhere, most hardly anywhere.
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from efc_portal.website.enums import ReadingStatus
from efc_portal.website.models import (
    DocumentText,
    NewsIndexPage,
    NewsPage,
    PublicDocument,
    ReportDocument,
    ReportPage,
    ReportsIndexPage,
)

BATCH = 1000
COMMON = (
    "payment coalition bank report account transfer card voucher merchant wallet money police partner platform "
    "guidance assessment investigator evidence pattern country training prepaid currency exchange meeting"
).split()
MIDDLING = "gift displacement consultation newsletter".split()
RARER = 250  # words are commoner than these
SYLLABLES = "ba con der el fi gra hu in jo ka lin mor ne or pa quo ri sta tu ver wen xi yo zan".split()
PAPER_WORDS = 1500  # some five pages
SENTENCE = 12


class Words:
    """Invented texts that are the same in each run."""

    def __init__(self) -> None:
        self.random = random.Random(2026)
        rare = {"".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4))) for _ in range(20_000)}
        self.words = [*COMMON, *sorted(rare)]
        self.words[RARER:RARER] = MIDDLING
        self.weights = list(accumulate(1 / (rank + 30) for rank in range(len(self.words))))
        self.sentences = [self.few(SENTENCE).capitalize() for _ in range(5000)]

    def few(self, count: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=count))

    def text(self, count: int) -> str:
        """About so many words."""
        return ". ".join(self.random.choices(self.sentences, k=count // SENTENCE))


@transaction.atomic  # or the portal's own sweep would find documents without their text
def site_fill(*, news: int, reports: int) -> None:
    """Bring the site to so many news items and reports with a file each, live; search is not told."""
    words = Words()
    _fill(NewsPage, NewsIndexPage.objects.get(locale__language_code="en"), news, words)
    for page in _fill(ReportPage, ReportsIndexPage.objects.get(locale__language_code="en"), reports, words):
        _file(page, words)


def _fill(model: type[Page], parent: Page, total: int, words: Words) -> list[Any]:
    there = parent.get_children().count()
    last = parent.get_last_child()
    step = int(last.path[-Page.steplen :], 36) if last else 0
    made = [_page(model, parent, number, step + number - there + 1, words) for number in range(there, total)]
    for first in range(0, len(made), BATCH):
        batch = made[first : first + BATCH]
        fields = [one.attname for one in Page._meta.concrete_fields]
        rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in fields}) for page in batch)
        for page, row in zip(batch, rows, strict=True):
            page.pk = page.page_ptr_id = row.pk
        # bulk_create refuses models of two tables; this is what it would call for the second
        model._base_manager.get_queryset()._insert(batch, fields=model._meta.local_concrete_fields, using="default")
    Page.objects.filter(pk=parent.pk).update(numchild=max(there, total))
    return made


def _page(model: type[Page], parent: Page, number: int, step: int, words: Words) -> Any:
    day = date(2026, 11, 1) - timedelta(days=number // 4)
    published = timezone.now() - timedelta(days=number // 4)
    slug = f"{model._meta.model_name}-{number}"
    return model(
        title=words.few(6).capitalize(),
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        path=Page._get_path(parent.path, parent.depth + 1, step),
        depth=parent.depth + 1,
        content_type=ContentType.objects.get_for_model(model),
        locale_id=parent.locale_id,
        live=True,
        first_published_at=published,
        last_published_at=published,
        date=day,
        summary=words.few(25).capitalize(),
        body=json.dumps([{"type": "text", "value": f"<p>{words.text(150)}</p>"} for _paragraph in range(2)]),
    )


def _file(page: Any, words: Words) -> None:
    document = PublicDocument(title=page.title, file=f"documents/{page.slug}.pdf", file_size=250_000)
    PublicDocument.objects.bulk_create([document])
    ReportDocument.objects.create(page=page, document=document)
    text = words.text(PAPER_WORDS)
    DocumentText.objects.create(
        document=document, file=document.file.name, status=ReadingStatus.READ, pages=5, text=text
    )
