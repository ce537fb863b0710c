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
                title="Coalition financière européenne",
                slug="home",
                seo_title="contre l’exploitation sexuelle commerciale des enfants en ligne",
                search_description=(
                    "Services financiers, entreprises technologiques, société civile et services répressifs réunis "
                    "contre l’exploitation sexuelle commerciale des enfants en ligne."
                ),
                headline="Tarir l’argent de l’exploitation sexuelle des enfants en ligne.",
                introduction=(
                    "Banques, entreprises technologiques, société civile et services répressifs unissent ici leurs "
                    "efforts pour fermer une à une les voies par lesquelles se paie l’exploitation sexuelle des "
                    "enfants en ligne, et celles qui s’ouvriront ensuite."
                ),
                action_label="Rejoindre la coalition",
                steps_heading="Comment travaille la coalition",
                steps=[("step", {"title": title, "text": text}) for title, text in STEPS],
                note_heading="Vous avez vu quelque chose sur internet ?",
                note=html(NOTE),
            ),
            links={"action_page": "join"},
        ),
        Piece(
            "news",
            HomePage,
            NewsIndexPage(
                title="Actualités",
                slug="news",
                show_in_menus=True,
                introduction="Annonces, événements, appels et lettres d’information de la coalition.",
            ),
        ),
        Piece(
            "reports",
            HomePage,
            ReportsIndexPage(
                title="Rapports",
                slug="reports",
                show_in_menus=True,
                introduction=(
                    "Évaluations stratégiques, orientations pour le secteur financier et analyses des politiques : ce "
                    "que les partenaires constatent ensemble, et ce que l’on peut y faire."
                ),
            ),
        ),
    ]


STEPS = (
    (
        "Un partenaire repère une trace",
        "Un paiement, un commerçant, un portefeuille. Une banque ou une plateforme transmet ce qu’elle sait, de manière "
        "sécurisée, et jamais une image.",
    ),
    (
        "Le secrétariat rassemble les pièces",
        "Les signalements qui ont un compte ou un portefeuille en commun deviennent un seul dossier, vérifié par des "
        "personnes et assorti de la mention de qui peut en avoir connaissance.",
    ),
    (
        "Les services répressifs agissent et répondent",
        "Le service compétent reçoit le dossier, et ce qu’il en est advenu revient à ceux qui ont apporté la première "
        "pièce.",
    ),
)

NOTE = """
<p>La coalition ne reçoit pas de signalements du public. Le service de signalement de votre pays ou la police s’en
chargent, et vous pouvez rester anonyme. Si un enfant est en danger en ce moment, appelez le 112.
<a href="/fr/where-to-report/">Où et comment signaler</a></p>
"""
