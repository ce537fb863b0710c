"""The home page."""

from __future__ import annotations

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "home",
            None,
            HomePage(
                title="Europäische Finanzkoalition",
                slug="home",
                seo_title="gegen die kommerzielle sexuelle Ausbeutung von Kindern im Internet",
                search_description=(
                    "Finanzdienstleister, Technologieunternehmen, Zivilgesellschaft und Strafverfolgungsbehörden "
                    "gemeinsam gegen die kommerzielle sexuelle Ausbeutung von Kindern im Internet."
                ),
                headline="Der sexuellen Ausbeutung von Kindern im Internet das Geld entziehen.",
                introduction=(
                    "Banken, Technologieunternehmen, Zivilgesellschaft und Strafverfolgungsbehörden arbeiten hier "
                    "zusammen, um jeden Weg zu schließen, auf dem die sexuelle Ausbeutung von Kindern im Internet "
                    "bezahlt wird, und jeden, der sich als Nächstes öffnet."
                ),
                steps_heading="Wie die Koalition arbeitet",
                steps=[("step", {"title": title, "text": text}) for title, text in STEPS],
                note_heading="Haben Sie im Internet etwas gesehen?",
                note=html(NOTE),
            ),
        ),
    ]


STEPS = (
    (
        "Ein Partner sieht eine Spur",
        "Eine Zahlung, einen Händler, eine Wallet. Eine Bank oder eine Plattform übermittelt auf sicherem Weg, was sie "
        "weiß, und niemals ein Bild.",
    ),
    (
        "Das Sekretariat fügt die Teile zusammen",
        "Meldungen, die ein Konto oder eine Wallet gemeinsam haben, werden zu einem Fall, von Menschen geprüft und mit "
        "dem Vermerk versehen, wer davon wissen darf.",
    ),
    (
        "Die Strafverfolgung handelt und antwortet",
        "Die zuständige Behörde erhält den Fall, und was daraus wurde, erfahren diejenigen, von denen das erste Teil kam.",
    ),
)

NOTE = """
<p>Die Koalition nimmt keine Meldungen aus der Öffentlichkeit entgegen. Das tun die Meldestelle Ihres Landes oder die
Polizei, und Sie können anonym bleiben. Ist ein Kind gerade in Gefahr, rufen Sie die 112.
<a href="/where-to-report/">Wo und wie Sie melden können (auf Englisch)</a></p>
"""
