"""Comment rejoindre la coalition."""

from __future__ import annotations

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, JoinPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "join",
            HomePage,
            JoinPage(
                title="Nous rejoindre",
                slug="join",
                show_in_menus=True,
                search_description="Qui peut rejoindre la Coalition financière européenne, ce qui est attendu, et comment.",
                introduction=(
                    "La participation est volontaire et gratuite. Les partenaires contribuent en nature : du temps, des "
                    "connaissances, des outils et les données qu’ils peuvent légalement partager."
                ),
                body=[
                    ("text", html(JOIN)),
                    ("call_out", {"heading": "Aucune pièce de dossier avec une candidature", "text": html(NO_MAIL)}),
                ],
                steps_heading="Le parcours",
                steps=[("step", {"title": t, "duration": d, "text": x}) for t, d, x in STEPS],
                questions=[("question", {"question": q, "answer": html(a)}) for q, a in QUESTIONS],
            ),
        ),
    ]


JOIN = """
<h2>Qui peut participer</h2>
<ul>
<li><b>Services financiers :</b> banques, sociétés de paiement et de cartes, transfert de fonds, portefeuilles
électroniques, prestataires de services sur crypto-actifs.</li>
<li><b>Technologie :</b> hébergement, plateformes, places de marché, registres, sécurité et analyse.</li>
<li><b>Société civile :</b> organisations qui protègent les enfants ou soutiennent les victimes.</li>
<li><b>Services répressifs et autorités publiques :</b> police, parquet, cellules de renseignement financier.</li>
<li><b>Recherche :</b> universités et instituts de recherche.</li>
</ul>

<h2>Ce qui est attendu</h2>
<p>Il n’y a pas de cotisation, et aucun partenaire n’est rémunéré. La contribution est en nature, et chacun choisit celle
qui lui convient :</p>
<ul>
<li>des signalements par le portail, dans la mesure où votre droit le permet ;</li>
<li>du temps d’analyste pour un travail commun sur les schémas et les typologies ;</li>
<li>des formations, des outils, des environnements de test ou des salles de réunion ;</li>
<li>une écoute attentive des avis de la coalition lorsque vous concevez des produits.</li>
</ul>
<p>En retour, les partenaires apprennent ce que leurs signalements sont devenus, pour autant que cela puisse être dit,
reçoivent les évaluations et les recommandations de la coalition, et trouvent des collègues qui se posent les mêmes
questions.</p>
"""

STEPS = (
    (
        "Vous nous écrivez",
        "Une demi-heure",
        "Dites qui vous êtes, dans quel pays vous êtes établis, qui vous supervise le cas échéant, ce que vous pourriez "
        "apporter, et qui nous pouvons appeler.",
    ),
    (
        "Nous en parlons",
        "Sous deux semaines",
        "Le secrétariat répond à vos questions, écoute ce que vous pouvez apporter et vérifie que l’organisation est bien "
        "ce qu’elle dit être.",
    ),
    (
        "Nous nous accordons par écrit",
        "Quatre à huit semaines",
        "Sur la base juridique du partage, les marquages de traitement et la confidentialité. L’essentiel de ce temps est "
        "celui de votre propre service juridique.",
    ),
    (
        "Vos collaborateurs reçoivent un accès",
        "Deux jours",
        "Chacun a son propre compte avec un second facteur, et voit ce que son rôle et la place de votre organisation "
        "permettent.",
    ),
    (
        "Vous participez",
        "Dès lors",
        "Vous décidez de ce que vous signalez et si le répertoire public vous nomme. Vous pouvez partir à tout moment.",
    ),
)

QUESTIONS = (
    (
        "Avons-nous le droit de partager des données ?",
        "<p>Cela dépend de votre droit et de votre rôle ; l’accord dit sur quelle base. Nul n’est tenu de partager plus que "
        "la loi ne le permet. Une information issue d’une déclaration de soupçon exige l’accord de votre cellule de "
        "renseignement financier.</p>",
    ),
    (
        "Un signalement à la coalition remplace-t-il la déclaration à notre autorité ?",
        "<p>Non. La déclaration à votre cellule de renseignement financier, et le devoir d’une plateforme de prévenir les "
        "autorités d’une menace pour la vie, passent d’abord et demeurent.</p>",
    ),
    (
        "Saura-t-on que nous participons ?",
        "<p>Vous en décidez. Votre organisation peut figurer dans le répertoire public des partenaires ou n’y pas figurer, "
        "et changer d’avis à tout moment.</p>",
    ),
    (
        "Combien cela coûte-t-il ?",
        "<p>Rien n’est payé, ni dans un sens ni dans l’autre. Il y faut le temps des personnes que vous envoyez.</p>",
    ),
    (
        "De quels moyens techniques avons-nous besoin ?",
        "<p>D’un navigateur à jour. Chacun se connecte avec un second facteur : une application d’authentification ou une "
        "clé de sécurité.</p>",
    ),
    (
        "Pouvons-nous partir ?",
        "<p>Oui, à tout moment. Les comptes prennent fin aussitôt ; ce que vous avez envoyé reste soumis aux marquages que "
        "vous lui avez donnés, jusqu’à la fin de la durée prévue pour ce type de données.</p>",
    ),
)

NO_MAIL = """
<p>Une candidature n’a besoin d’aucun détail sur des clients, des dossiers ou des soupçons. Une fois que vous êtes
partenaire, le portail est le lieu pour cela. Des images ou vidéos d’abus ne doivent jamais être envoyées à la coalition,
par aucune voie.</p>
"""
