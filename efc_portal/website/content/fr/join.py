"""How to join the coalition."""

from __future__ import annotations

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, StandardPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "join",
            HomePage,
            StandardPage(
                title="Nous rejoindre",
                slug="join",
                show_in_menus=True,
                search_description=(
                    "Qui peut rejoindre la Coalition financière européenne, ce qui est attendu et comment se porter "
                    "candidat."
                ),
                introduction=(
                    "La participation est volontaire et gratuite. Les partenaires contribuent en nature : du temps, "
                    "des connaissances, des outils et les données qu’ils ont le droit de partager."
                ),
                body=[
                    ("text", html(JOIN.format(email=facts.email))),
                    ("call_out", {"heading": "N’envoyez aucun élément d’affaire par courriel", "text": html(NO_MAIL)}),
                ],
            ),
        ),
    ]


JOIN = """
<h2>Qui peut nous rejoindre</h2>
<ul>
<li>banques, sociétés de paiement et de cartes, services de transfert de fonds, portefeuilles électroniques et
prestataires de services sur actifs virtuels ;</li>
<li>entreprises technologiques : hébergement, plateformes, places de marché, registres, sécurité et analyse ;</li>
<li>organisations de la société civile qui protègent les enfants ou soutiennent les survivants ;</li>
<li>services répressifs, cellules de renseignement financier et autres autorités publiques ;</li>
<li>universités et instituts de recherche.</li>
</ul>

<h2>Ce qui est attendu</h2>
<p>Il n’y a pas de cotisation, et aucun partenaire n’est payé. La contribution est en nature, et chacun choisit celle qui
lui convient :</p>
<ul>
<li>des signalements par le portail, dans la mesure où votre droit le permet ;</li>
<li>du temps d’analyste pour un travail commun sur les schémas et les typologies ;</li>
<li>des formations, des outils, des environnements d’essai ou des salles de réunion ;</li>
<li>une oreille attentive aux conseils de la coalition lorsque vous concevez des produits.</li>
</ul>
<p>En retour, les partenaires apprennent ce que sont devenus leurs signalements, reçoivent les évaluations et les
orientations de la coalition, et rencontrent des collègues aux prises avec les mêmes questions.</p>

<h2>Comment se porter candidat</h2>
<ol>
<li><b>Écrivez au secrétariat</b> à <a href="mailto:{email}">{email}</a>. Dites qui vous êtes, dans quel pays vous êtes
établi, qui vous supervise le cas échéant, ce que vous pourriez apporter, et qui nous pouvons appeler.</li>
<li><b>Nous en parlons.</b> Le secrétariat répond à vos questions et vérifie que l’organisation est bien ce qu’elle dit
être.</li>
<li><b>Nous nous accordons par écrit</b> sur la base juridique du partage, sur les mentions de diffusion et sur la
confidentialité.</li>
<li><b>Vos collaborateurs reçoivent leur accès.</b> Chacun a son propre compte, avec un second facteur, et voit ce que
permettent son rôle et la place de votre organisation.</li>
</ol>
"""

NO_MAIL = """
<p>Une candidature n’a besoin d’aucun détail sur des clients, des affaires ou des soupçons. Une fois que vous êtes
partenaire, le portail est l’endroit prévu pour cela. Les images et vidéos d’abus ne doivent jamais être envoyées à la
coalition, par quelque voie que ce soit.</p>
"""
