"""Vers qui le public se tourne."""

from __future__ import annotations

from efc_portal.website.content.en.contact import address
from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import ContactPage, HomePage, WhereToReportPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "where-to-report",
            HomePage,
            WhereToReportPage(
                title="Où signaler",
                slug="where-to-report",
                show_in_footer=True,
                search_description=(
                    "Points de signalement, police et lignes d’écoute par pays, pour signaler l’exploitation sexuelle "
                    "d’enfants vue sur l’internet."
                ),
                introduction=(
                    "La coalition ne reçoit pas de signalements du public. Ces services les reçoivent, et peuvent agir "
                    "plus vite que nous."
                ),
                body=[("text", html(REPORT))],
            ),
        ),
        Piece(
            "contact",
            HomePage,
            ContactPage(
                title="Contact",
                slug="contact",
                show_in_footer=True,
                search_description="Comment écrire au secrétariat de la Coalition financière européenne.",
                introduction="Le secrétariat répond aux questions sur la coalition, ses rapports et l’adhésion.",
                body=[("text", html(CONTACT.format(facts=facts, address=address(facts))))],
            ),
        ),
    ]


REPORT = """
<h2>Vous avez vu l’abus d’un enfant sur l’internet</h2>
<p>Prévenez le <b>point de signalement de votre pays</b>. Ces services font partie du réseau INHOPE ; ils vérifient ce que
vous signalez, le font retirer et informent la police. Vous pouvez rester anonyme. Ou prévenez directement la
<b>police</b>.</p>

<h2>Quoi signaler, et comment</h2>
<ul>
<li>Notez l’adresse de la page, le nom de l’application ou de l’utilisateur, et le moment où vous l’avez vue.</li>
<li>N’enregistrez, ne photographiez et ne transmettez pas les images : dans la plupart des pays c’est un délit, même avec
de bonnes intentions.</li>
<li>N’essayez pas de contacter ni de mettre à l’épreuve la personne qui se cache derrière.</li>
</ul>

<h2>Quelqu’un réclame de l’argent ou des images à un enfant</h2>
<p>Ne payez pas, conservez les messages et les données de paiement, et allez à la police : un compte ou un portefeuille
est souvent le plus court chemin vers l’auteur. L’enfant n’a rien fait de mal et peut être aidé ; le <b>116 111</b> est la
ligne d’écoute des enfants et des jeunes dans de nombreux pays d’Europe.</p>

<h2>Vous travaillez pour une banque, une société de paiement ou une plateforme</h2>
<p>Vos obligations légales passent d’abord : la déclaration à votre cellule de renseignement financier, ou à l’autorité de
votre pays. Ce que vous pouvez partager au-delà est la raison d’être de la coalition :
<a href="/fr/join/">comment nous rejoindre</a></p>
"""

CONTACT = """
<h2>Secrétariat</h2>
{address}
<p><a href="mailto:{facts.email}">{facts.email}</a></p>

<h2>Avant d’écrire</h2>
<ul>
<li>Pour signaler ce que vous avez vu sur l’internet : <a href="/fr/where-to-report/">où signaler</a>.</li>
<li>Pour devenir partenaire : <a href="/fr/join/">nous rejoindre</a>.</li>
<li>Pour nous dire une faille de ce site : <a href="/fr/security/">sécurité</a>.</li>
<li>Pour demander quelles données nous détenons sur vous, ou les faire corriger :
<a href="/fr/privacy/">confidentialité</a>.</li>
</ul>
<p>N’envoyez pas de détails sur des dossiers ou des personnes, et jamais d’images. Les partenaires et les services
répressifs utilisent le portail.</p>
"""
