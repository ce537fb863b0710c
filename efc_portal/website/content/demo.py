"""What invented news and reports have in common in every language."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from efc_portal.website.content.paper import PaperWords, paper_pdf
from efc_portal.website.content.piece import Piece, ReportFile, html
from efc_portal.website.enums import NewsKind, ReportKind
from efc_portal.website.models import NewsIndexPage, NewsPage, ReportPage, ReportsIndexPage

COALITION, CARDS, CURRENCY = "Coalition", "Prepaid and gift cards", "Virtual currency"
CATEGORIES = {  # their names in other languages
    COALITION: {"fr": "Coalition"},
    CARDS: {"fr": "Cartes prépayées et cartes cadeaux"},
    CURRENCY: {"fr": "Monnaies virtuelles"},
}
NEWS = {  # what kind, how many days ago, about what
    "newsletter-summer": (NewsKind.NEWSLETTER, 131, COALITION),
    "call-test-data-for-voucher-codes": (NewsKind.CALL, 74, CARDS),
    "guidance-on-prepaid-and-gift-cards": (NewsKind.ANNOUNCEMENT, 33, CARDS),
    "two-payment-firms-join": (NewsKind.ANNOUNCEMENT, 20, COALITION),
    "strategic-assessment-2026-published": (NewsKind.ANNOUNCEMENT, 13, CURRENCY),
    "training-virtual-currency-tracing": (NewsKind.EVENT, 6, CURRENCY),
}
TRAINING_AHEAD = 112  # days until the training begins

REPORTS = {
    "strategic-assessment-2026": (ReportKind.ASSESSMENT, 13, "efc-strategic-assessment-2026"),
    "prepaid-and-gift-cards": (ReportKind.GUIDANCE, 33, "efc-guidance-prepaid-and-gift-cards"),
    "strategic-assessment-2024": (ReportKind.ASSESSMENT, 744, "efc-strategic-assessment-2024"),
}
REPLACES = {"strategic-assessment-2026": "strategic-assessment-2024"}


def news_piece(slug: str, *, tags: tuple[str, ...] = (), **fields: Any) -> Piece:
    """One invented item, with the words of a language."""
    kind, days_ago, category = NEWS[slug]
    today = timezone.localdate()
    if kind == NewsKind.EVENT:
        starts_on = today + timedelta(days=TRAINING_AHEAD)
        fields |= {"starts_on": starts_on, "ends_on": starts_on + timedelta(days=1)}
        fields |= {"starts_at": time(9, 30), "ends_at": time(17)}
    page = NewsPage(slug=slug, kind=kind, date=today - timedelta(days=days_ago), **fields)
    names = CATEGORIES[category]
    return Piece(f"demo-news-{slug}", NewsIndexPage, page, category=category, category_names=names, tags=tags)


def report_piece(
    words: PaperWords,
    invented: dict[str, str],
    *,
    slug: str,
    chart: dict[str, Any],
    text: str,
    data_name: str,
    findings: tuple[tuple[str, str], ...],
    **fields: Any,
) -> Piece:
    """One invented report with its paper and its figures, in the language that is active."""
    kind, days_ago, filename = REPORTS[slug]
    language = get_language() or "en"
    page = ReportPage(
        slug=slug,
        kind=kind,
        date=timezone.localdate() - timedelta(days=days_ago),
        findings=[("finding", {"title": title, "text": support}) for title, support in findings],
        body=[("call_out", invented), ("text", html(text)), ("chart", chart)],
        **fields,
    )
    caption = f"{chart['title']}, {chart['unit']}" if chart["unit"] else chart["title"]
    make = partial(paper_pdf, page=page, cells=chart["cells"], caption=caption, note=invented["text"], words=words)
    data_file = f"{filename}-data.csv" if language == "en" else f"{filename}-data-{language}.csv"
    files = (
        ReportFile(make, f"{filename}-{language}.pdf", page.title, language=language),
        ReportFile(
            partial(str.encode, chart["cells"] + "\n"), data_file, data_name, language=language, label=words.data
        ),
    )
    links = {"replaces": REPLACES[slug]} if slug in REPLACES else {}
    return Piece(f"demo-report-{slug}", ReportsIndexPage, page, links=links, files=files)
