"""Where the public turns to."""

from __future__ import annotations

from efc_portal.website.content.en.contact import address
from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, StandardPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "where-to-report",
            HomePage,
            StandardPage(
                title="Où signaler",
                slug="where-to-report",
                show_in_footer=True,
                search_description="Où signaler l’exploitation sexuelle d’enfants vue sur internet.",
                introduction=(
                    "La coalition ne reçoit pas de signalements du public. Les services que voici le font, et ils "
                    "peuvent agir plus vite que nous."
                ),
                body=[
                    ("call_out", {"heading": "Un enfant est en danger en ce moment", "text": html(DANGER)}),
                    ("text", html(REPORT)),
                ],
            ),
        ),
        Piece(
            "contact",
            HomePage,
            StandardPage(
                title="Contact",
                slug="contact",
                show_in_footer=True,
                introduction="Le secrétariat répond aux questions sur la coalition, ses rapports et l’adhésion.",
                body=[("text", html(CONTACT.format(facts=facts, address=address(facts))))],
            ),
        ),
    ]


DANGER = """
<p>Appelez le <b>112</b>, numéro d’urgence dans tous les pays de l’Union européenne, ou votre police locale.</p>
"""

REPORT = """
<h2>Vous avez vu l’abus d’un enfant sur internet</h2>
<p>Adressez-vous au <b>service de signalement de votre pays</b>. Ces services appartiennent au réseau INHOPE ; ils
vérifient ce que vous signalez, le font retirer et informent la police. Vous pouvez rester anonyme.
<a href="https://www.inhope.org/">Trouver votre service de signalement sur inhope.org</a></p>
<p>Ou adressez-vous à la <b>police</b>. Europol indique, pays par pays, comment signaler une infraction commise sur
internet : <a href="https://www.europol.europa.eu/report-a-crime/report-cybercrime-online">comment signaler, par
pays</a></p>

<h2>Que signaler, et comment</h2>
<ul>
<li>Notez l’adresse de la page, le nom de l’application ou celui de l’utilisateur, et le moment où vous l’avez vu.</li>
<li>N’enregistrez, ne photographiez et ne transférez pas les images : dans la plupart des pays, c’est une infraction, même
avec de bonnes intentions.</li>
<li>N’essayez pas d’entrer en contact avec la personne qui se trouve derrière, ni de la mettre à l’épreuve.</li>
</ul>

<h2>Quelqu’un exige d’un enfant de l’argent ou des images</h2>
<p>Ne payez pas, conservez les messages et les données de paiement, et allez à la police : un compte ou un portefeuille
est souvent le plus court chemin vers l’auteur. L’enfant n’a rien fait de mal et peut recevoir de l’aide ; le
<b>116 111</b> est la ligne d’assistance aux enfants et aux jeunes dans de nombreux pays européens.</p>

<h2>Vous travaillez pour une banque, une société de paiement ou une plateforme</h2>
<p>Vos obligations légales passent d’abord : la déclaration à votre cellule de renseignement financier ou à l’autorité de
votre pays. Ce que vous pouvez partager au-delà est la raison d’être de la coalition :
<a href="/fr/join/">comment nous rejoindre</a></p>
"""

CONTACT = """
<h2>Secrétariat</h2>
{address}
<p><a href="mailto:{facts.email}">{facts.email}</a></p>

<h2>Avant de nous écrire</h2>
<ul>
<li>Pour signaler quelque chose que vous avez vu sur internet : <a href="/fr/where-to-report/">où signaler</a>.</li>
<li>Pour devenir partenaire : <a href="/fr/join/">comment nous rejoindre</a>.</li>
<li>Pour nous informer d’une faille de ce site : <a href="/security/">sécurité (en anglais)</a>.</li>
<li>Pour savoir ce que nous détenons à votre sujet, ou le faire rectifier :
<a href="/privacy/">vie privée (en anglais)</a>.</li>
</ul>
<p>N’envoyez pas par courriel de détails sur des affaires ou des personnes, et jamais d’images. Les partenaires et les
services utilisent le portail.</p>
"""
