"""The home page and the two lists."""

from __future__ import annotations

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, NewsIndexPage, ReportsIndexPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "home",
            None,
            HomePage(
                title=facts.coalition,
                slug="home",
                seo_title="against commercial sexual exploitation of children online",
                search_description=(
                    "Financial services, technology companies, civil society and law enforcement working together "
                    "against commercial sexual exploitation of children online."
                ),
                headline="Taking the money out of child sexual exploitation online.",
                introduction=(
                    "Banks, technology companies, civil society and law enforcement work together here to close every "
                    "way of paying for the sexual exploitation of children online, and every way that opens next."
                ),
                action_label="Join the coalition",
                steps_heading="How the coalition works",
                steps=[("step", {"title": title, "text": text}) for title, text in STEPS],
                note_heading="Have you seen something on the internet?",
                note=html(NOTE),
            ),
            links={"action_page": "join"},
        ),
        Piece(
            "news",
            HomePage,
            NewsIndexPage(
                title="News",
                slug="news",
                show_in_menus=True,
                introduction="Announcements, events, calls and newsletters of the coalition.",
            ),
        ),
        Piece(
            "reports",
            HomePage,
            ReportsIndexPage(
                title="Reports",
                slug="reports",
                show_in_menus=True,
                introduction=(
                    "Strategic assessments, guidance for the financial industry and policy analyses: what partners "
                    "see together, and what can be done about it."
                ),
            ),
        ),
    ]


STEPS = (
    (
        "Partners see a trace",
        "A payment, a merchant, a wallet. A bank or a platform submits what it knows, securely, and never an image.",
    ),
    (
        "The secretariat joins the pieces",
        "Reports that share an account or a wallet become one case, checked by people and marked with who may know.",
    ),
    (
        "Law enforcement acts and answers",
        "The competent agency receives the case, and what came of it travels back to those who sent the first piece.",
    ),
)

NOTE = """
<p>The coalition does not take reports from the public. Your national hotline or the police does, and you may stay
anonymous. If a child is in danger now, call 112. <a href="/where-to-report/">Where to report, and how</a></p>
"""
