"""Initial content in English."""

from __future__ import annotations

from typing import Any

from efc_portal.website.content.en import about, contact, home, join, legal, letter
from efc_portal.website.content.piece import Facts, Piece

DEMO_CHART_KEY = "demo-chart"


def initial(facts: Facts) -> list[Piece]:
    """What every deployment starts with, parents first, in the order of header and footer."""
    homepage, news, reports = home.pieces(facts)
    return [
        homepage,
        *about.pieces(facts),
        news,
        reports,
        *join.pieces(facts),
        *letter.pieces(facts),
        *contact.pieces(facts),
        *legal.pieces(facts),
    ]


def demo(facts: Facts) -> list[Piece]:
    """Invented news and reports."""
    from efc_portal.website.content.en import demo_news, demo_reports

    return [*demo_news.pieces(), *demo_reports.pieces()]


def demo_chart() -> dict[str, Any]:
    """The chart beside the headline of a demonstration: the one of the invented assessment."""
    from efc_portal.website.content.en.demo_reports import REPORTS

    return REPORTS[0]["chart"]
