"""Invented reports for a demonstration. Every one says that its figures are invented."""

from __future__ import annotations

from typing import Any

from efc_portal.website.content.demo import report_piece
from efc_portal.website.content.paper import PaperWords
from efc_portal.website.content.piece import Facts, Piece

INVENTED = {
    "heading": "Pour démonstration uniquement",
    "text": "<p>Ce rapport et tous ses chiffres sont fictifs ; ils montrent comment le site présente un rapport réel.</p>",
}

SHARES = """Année,Virement et carte,Transfert de fonds,Cartes prépayées et cadeaux,Monnaie virtuelle
2012,62,20,10,8
2014,48,22,14,16
2016,33,22,19,26
2018,22,20,21,37
2020,14,18,22,46
2022,10,16,21,53
2024,8,14,20,58
2026,6,13,19,62"""

CARDS = """Signe,Signalements où il a été relevé
Achat et utilisation dans des pays différents,41
Plusieurs petites cartes au lieu d’une grande,33
Utilisation dans les dix minutes,27
Achat nocturne à un point de vente automatique,12"""

WORDS = PaperWords(
    coalition="Coalition financière européenne",
    findings="Principaux constats",
    figures="Les chiffres",
    citation="Citation suggérée :",
    data="Données",
)


def pieces(facts: Facts) -> list[Piece]:
    return [report_piece(WORDS, INVENTED, **report) for report in REPORTS]


REPORTS: tuple[dict[str, Any], ...] = (
    {
        "slug": "strategic-assessment-2026",
        "title": "Paiements et déplacement",
        "edition": "Édition 2026",
        "data_name": "Paiements et déplacement : chiffres",
        "summary": (
            "Ce que les partenaires ont constaté cette année : où sont allés les paiements liés à l’exploitation "
            "sexuelle d’enfants quand d’autres voies se sont fermées, ce qu’il en coûte à ceux qui en profitent, et où "
            "regarder ensuite."
        ),
        "findings": (
            (
                "Cartes et virements sont devenus l’exception",
                "Six paiements signalés sur cent passent encore par un virement ou une carte de crédit. Leur montant "
                "est plus élevé que celui des autres, et ils vont presque toujours à un commerçant qui vend autre chose.",
            ),
            (
                "L’essentiel de l’argent passe par les monnaies virtuelles",
                "Pour les deux tiers, on peut le suivre jusqu’à une plateforme d’échange qui connaît son client. Le "
                "reste aboutit à des services qui mélangent, font passerelle ou ne demandent jamais rien.",
            ),
            (
                "Les cartes cadeaux sont la menue monnaie",
                "De faibles montants, une utilisation rapide, un autre pays. Les émetteurs voient le schéma s’ils "
                "comparent deux dates et deux lieux.",
            ),
        ),
        "chart": {
            "title": "Paiements signalés, par moyen",
            "kind": "shares",
            "cells": SHARES,
            "unit": "%",
            "caption": "Chassé des banques et des cartes, l’argent se déplace.",
            "source": "Données de démonstration",
            "illustration": True,
        },
        "text": """
<h2>Sur quoi repose ce rapport</h2>
<p>Les partenaires transmettent ce qu’ils constatent au moyen d’un modèle unique de collecte de données. L’évaluation
compte les paiements des signalements intégrés à un dossier, selon le moyen indiqué par le partenaire, et compare une
année sur deux.</p>
<h2>Comment lire ces parts</h2>
<p>Elles décrivent ce qui a été vu, non ce qui existe. Un moyen que les partenaires surveillent de près se montre
davantage ; un moyen que personne ne surveille paraît rare. Une évolution sur plusieurs années en dit plus qu’un chiffre
isolé.</p>
""",
    },
    {
        "slug": "prepaid-and-gift-cards",
        "title": "Cartes prépayées et cartes cadeaux : ce que les émetteurs peuvent voir",
        "edition": "Version 1",
        "data_name": "Signes relevés avec des cartes prépayées et des cartes cadeaux",
        "summary": (
            "Orientations pour les émetteurs et les distributeurs : quelles combinaisons de signes méritent un second "
            "regard, comment regarder sans lire les achats de quiconque, et que signaler."
        ),
        "findings": (
            (
                "Aucun signe ne suffit à lui seul",
                "Chacun est courant chez des clients honnêtes. Trois ensemble sont rares.",
            ),
            (
                "Le moment et le lieu suffisent",
                "La plupart des comparaisons utiles demandent l’heure et le pays, et rien sur les biens achetés.",
            ),
            (
                "Un bon signalement est court",
                "Les numéros des cartes, les deux moments et les deux lieux permettent à un service de commencer.",
            ),
        ),
        "chart": {
            "title": "Signes relevés dans les signalements sur les cartes prépayées et les cartes cadeaux",
            "kind": "bars",
            "cells": CARDS,
            "unit": "",
            "caption": "Un signalement peut mentionner plusieurs signes.",
            "source": "Données de démonstration",
            "illustration": True,
        },
        "text": """
<h2>À qui s’adressent ces orientations</h2>
<p>Aux émetteurs de cartes prépayées et de cartes cadeaux, aux distributeurs qui les vendent et aux plateformes qui les
acceptent en paiement.</p>
<h2>Par où commencer</h2>
<ol>
<li>Notez quels moments et quels lieux vos systèmes conservent, et pendant combien de temps.</li>
<li>Demandez à votre délégué à la protection des données sur quelle base juridique ils peuvent être comparés.</li>
<li>Décidez qui regarde, et à qui cette personne rend compte : d’abord à votre cellule de renseignement financier.</li>
</ol>
""",
    },
    {
        "slug": "strategic-assessment-2024",
        "title": "Paiements et déplacement",
        "edition": "Édition 2024",
        "data_name": "Paiements et déplacement 2024 : chiffres",
        "summary": (
            "Où sont passés, il y a deux ans, les paiements liés à l’exploitation sexuelle d’enfants : plus de la moitié "
            "vers les monnaies virtuelles, un cinquième vers les cartes prépayées et les cartes cadeaux."
        ),
        "findings": (
            (
                "Les monnaies virtuelles ont tout dépassé",
                "Pour la deuxième fois de suite, plus de la moitié des paiements signalés sont passés par elles.",
            ),
            (
                "Le transfert de fonds recule lentement",
                "Il sert encore là où aucune des deux parties n’a de compte, et laisse deux lieux que l’on peut comparer.",
            ),
        ),
        "chart": {
            "title": "Paiements signalés par moyen, jusqu’en 2024",
            "kind": "shares",
            "cells": SHARES.rpartition("\n")[0],
            "unit": "%",
            "caption": "Les mêmes chiffres que dans l’édition suivante, sans sa dernière ligne.",
            "source": "Données de démonstration",
            "illustration": True,
        },
        "text": """
<h2>Sur quoi repose ce rapport</h2>
<p>Les signalements des partenaires intégrés à un dossier, comptés selon le moyen indiqué par le partenaire.</p>
""",
    },
)
