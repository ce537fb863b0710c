"""Invented news for a demonstration."""

from __future__ import annotations

from efc_portal.website.content.demo import news_piece
from efc_portal.website.content.piece import Facts, Piece, html


def pieces(facts: Facts) -> list[Piece]:
    return [
        news_piece(
            "newsletter-summer",
            tags=("commerçants", "bons d’achat"),
            issue=4,
            title="Lettre d’information : ce que le premier semestre nous a appris",
            summary=(
                "Des commerçants derrière des commerçants, des bons qui voyagent et un groupe de travail qui a trouvé "
                "une date."
            ),
            body=[
                ("text", html(NEWSLETTER)),
                (
                    "more",
                    {
                        "sections": [
                            {
                                "heading": "Contribuer au prochain numéro",
                                "text": html(
                                    "<p>Envoyez au secrétariat un paragraphe sur ce que votre équipe a appris. Les noms de clients et les affaires n’y ont pas leur place.</p>"
                                ),
                            }
                        ]
                    },
                ),
            ],
        ),
        news_piece(
            "call-test-data-for-voucher-codes",
            tags=("bons d’achat", "modèle de collecte"),
            title="Appel : aidez-nous à mieux décrire les bons et les cartes cadeaux",
            summary=(
                "Émetteurs et distributeurs sont invités à une courte consultation sur le modèle de collecte de données."
            ),
            body=[("text", html(CALL))],
        ),
        news_piece(
            "guidance-on-prepaid-and-gift-cards",
            tags=("bons d’achat", "orientations"),
            title="Nouvelles orientations sur les cartes prépayées et les cartes cadeaux",
            summary=(
                "Ce que les émetteurs peuvent voir, quelles combinaisons méritent un second regard, et ce qu’il faut "
                "signaler."
            ),
            body=[("text", html(GUIDANCE))],
        ),
        news_piece(
            "two-payment-firms-join",
            tags=("commerçants", "partenaires"),
            title="Deux sociétés de paiement rejoignent la coalition",
            summary="Toutes deux apportent du temps d’analyste, et un regard sur les commerçants que les banques n’ont pas.",
            body=[
                ("text", html(JOINED)),
                (
                    "quote",
                    {
                        "text": "Notre surveillance demande si un commerçant est bien ce qu’il dit être. La coalition nous apprend quelles autres questions poser.",
                        "who": "Responsable du risque commerçants chez l’un des nouveaux partenaires",
                    },
                ),
            ],
        ),
        news_piece(
            "strategic-assessment-2026-published",
            tags=("évaluation stratégique", "données ouvertes"),
            author_name="Matteo Lindqvist",
            author_role="analyste, secrétariat",
            title="Évaluation stratégique : l’argent s’est encore déplacé",
            summary="L’édition de l’année de « Paiements et déplacement » est parue, avec ses chiffres en données ouvertes.",
            body=[("text", html(ASSESSMENT))],
        ),
        news_piece(
            "training-virtual-currency-tracing",
            tags=("formation",),
            title="Formation des enquêteurs au traçage des monnaies virtuelles",
            summary=(
                "Deux jours au printemps pour quarante enquêteurs et analystes, avec des exercices sur des affaires "
                "fictives."
            ),
            place="Bruxelles",
            body=[
                ("text", html(TRAINING)),
                (
                    "key_figure",
                    {"value": "40", "label": "places, réparties entre services et partenaires", "source": ""},
                ),
                ("table", {"caption": "Programme", "cells": PROGRAMME, "source": ""}),
            ],
        ),
    ]


NEWSLETTER = """
<h2>Des commerçants derrière des commerçants</h2>
<p>En quelques semaines, trois partenaires ont rencontré le même schéma : une boutique en ligne d’articles ménagers, sans
stock, sans retours, et dont l’essentiel des ventes se fait entre minuit et quatre heures. Derrière elle, un prestataire
encaissait des paiements pour d’autres. Une question simple au commerçant a suffi : la facture d’une livraison.</p>
<h2>Des bons qui voyagent</h2>
<p>Des bons achetés dans un pays étaient utilisés dans un autre en quelques minutes. Le groupe de travail sur les
produits prépayés décrit désormais les éléments que les émetteurs peuvent comparer sans regarder les achats de
quiconque.</p>
<h2>Dates</h2>
<ul><li>Le comité de pilotage se réunit à l’automne.</li><li>La formation au traçage des monnaies virtuelles est prévue
au printemps.</li></ul>
"""

CALL = """
<p>Cartes cadeaux et bons apparaissent dans un signalement sur six, et le modèle de collecte de données les décrit trop
grossièrement. Avant de le modifier, nous souhaitons entendre ceux qui les émettent et les vendent.</p>
<h2>Trois questions</h2>
<ol>
<li>Quels éléments d’un bon pouvez-vous retrouver à partir de son numéro ou de son reçu ?</li>
<li>Combien de temps les conservez-vous ?</li>
<li>Lesquels pouvez-vous partager, avec qui et sur quelle base juridique ?</li>
</ol>
<p>Une page suffit. Écrivez au secrétariat ; nous publierons une synthèse sans noms.</p>
"""

GUIDANCE = """
<p>Ces orientations s’adressent à ceux qui émettent des cartes prépayées et des cartes cadeaux, et à ceux qui les
vendent. Elles ont été rédigées par un groupe de travail d’émetteurs, de distributeurs et d’enquêteurs, et tiennent en
douze pages.</p>
<ul>
<li>Elles indiquent ce que les émetteurs peuvent voir sans lire les achats de quiconque.</li>
<li>Elles décrivent des combinaisons de signes. Pris isolément, aucun ne signifie quoi que ce soit.</li>
<li>Elles précisent ce qu’il faut signaler, à qui, et ce qu’il faut laisser de côté.</li>
</ul>
<p><a href="/fr/reports/prepaid-and-gift-cards/">Lire le résumé et télécharger les orientations</a></p>
"""

JOINED = """
<p>La coalition accueille deux sociétés qui traitent les paiements de boutiques en ligne dans onze pays. Leur
contribution est en nature : un analyste chacune, un jour par semaine, et l’expérience du contrôle des commerçants,
lorsqu’ils se présentent puis pendant leur activité.</p>
<p>Avec elles, services financiers, entreprises technologiques, société civile et services répressifs sont tous
représentés au groupe de travail sur les commerçants, qui se réunit de nouveau en janvier.</p>
"""

ASSESSMENT = """
<p>Une fois par an, la coalition examine l’ensemble de ce que les partenaires ont signalé et se demande où l’argent est
allé. La réponse de cette année tient en une phrase : ce qui a été chassé des virements et des cartes est désormais
surtout en monnaie virtuelle, et la menue monnaie est faite de cartes cadeaux.</p>
<p>Le rapport explique sur quoi ce constat repose et jusqu’où l’on peut s’y fier. Ses chiffres peuvent être téléchargés et
réutilisés.</p>
<p><a href="/fr/reports/strategic-assessment-2026/">Lire les principaux constats et télécharger le rapport</a></p>
"""

TRAINING = """
<p>Les paiements en monnaie virtuelle peuvent être suivis plus loin qu’on ne le pense d’ordinaire, et perdus plus tôt que
la plupart des enquêteurs ne l’espèrent. La formation montre l’un et l’autre, pas à pas, par des exercices sur des
portefeuilles et des plateformes d’échange fictifs.</p>
<h2>Pour qui</h2>
<p>Enquêteurs des services membres et analystes des partenaires qui ont déjà suivi de l’argent, sous quelque forme que ce
soit. Aucune connaissance en programmation n’est requise. La participation est gratuite ; les frais de voyage ne sont pas
pris en charge.</p>
<h2>Candidatures</h2>
<p>Le coordinateur de votre organisation écrit au secrétariat avant la fin du mois de janvier, en indiquant en une phrase
ce que vous espérez en retirer.</p>
"""

PROGRAMME = """Jour,Matin,Après-midi
Premier,Comment se fait une transaction et ce qu’elle révèle,"Portefeuilles, plateformes d’échange et ce qu’ils peuvent vous apprendre"
Second,"Mélangeurs, passerelles et le point où s’arrête une trace",Rédiger pour qu’un tribunal puisse suivre"""
