"""A report on paper: a short tagged PDF in the house look, made from the report's page."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import get_language

from efc_portal.website.charts.sheet import sheet_read
from efc_portal.website.models import ReportPage

SOURCE = Path(__file__).with_name("paper.typ")
FONTS = settings.BASE_DIR / "efc_portal" / "core" / "paper" / "fonts"


@dataclass(frozen=True)
class PaperWords:
    """The words around a report's content, in its language."""

    coalition: str
    findings: str
    figures: str
    citation: str
    data: str


def paper_pdf(*, page: ReportPage, cells: str, caption: str, note: str, words: PaperWords) -> bytes:
    """The PDF/UA of a report: summary, findings, text and one table. Text travels as data, never as Typst source."""
    sheet = sheet_read(cells)
    prose = "".join(str(block.value) for block in page.body if block.block_type == "text")
    data = {
        "language": get_language() or "en",
        "words": asdict(words),
        "title": page.title,
        "kind": str(page.get_kind_display()),
        "edition": page.edition,
        "date": date_format(page.date, "DATE_FORMAT"),
        "year": page.date.year,
        "summary": page.summary,
        "note": strip_tags(note),
        "findings": [{"title": b.value["title"], "text": b.value["text"]} for b in page.findings],
        "prose": [
            {"kind": kind, "text": strip_tags(text)} for kind, text in re.findall(r"<(h2|p|li)[^>]*>(.*?)</\1>", prose)
        ],
        "caption": caption,
        "head": sheet.head,
        "rows": sheet.rows,
        "figures": [i for i, figure in enumerate(sheet.numeric) if figure and i > 0],
    }
    return typst.compile(
        str(SOURCE),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        timestamp=None,
    )
