"""The chair's welcome letter."""

from __future__ import annotations

from datetime import date

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import ChairLetterPage, HomePage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "letter",
            HomePage,
            ChairLetterPage(
                title="Lettre de la présidence",
                slug="chairs-letter",
                search_description=(
                    "La présidence de la coalition explique pourquoi il faut suivre l’argent, et pourquoi cette "
                    "poursuite ne s’arrête jamais."
                ),
                date=date(2026, 11, 2),
                opening=(
                    "Derrière chaque paiement destiné à l’exploitation sexuelle d’un enfant, il y a un enfant. "
                    "C’est là que commence cette coalition, et c’est pourquoi nous suivons l’argent."
                ),
                body=html(BODY),
                signed_by=facts.chair,
                signed_as="Présidence de la Coalition financière européenne",
            ),
        )
    ]


BODY = """
<p>Chère lectrice, cher lecteur,</p>

<p>Derrière chaque paiement destiné à l’exploitation sexuelle d’un enfant, il y a un enfant. C’est là que commence cette
coalition, et c’est pourquoi nous suivons l’argent. Qui vend des abus veut être payé, et chaque paiement laisse une trace
chez quelqu’un : une banque voit un compte, une société de paiement un commerçant, une plateforme un utilisateur, un
enquêteur un nom. Aucun d’eux, seul, n’en voit assez.</p>

<p>La coalition les réunit autour d’une même table. Services financiers, entreprises technologiques, société civile et
services répressifs y rapprochent ce que chacun a le droit de partager, jusqu’à ce que les pièces montrent quelque chose
sur quoi un service peut agir. Ce qu’il en advient est rapporté à ceux qui ont apporté la première pièce.</p>

<p>Beaucoup de choses ont changé depuis les débuts. Lorsque la coalition fut lancée, en 2009, on payait les abus comme
on payait le reste, par virement et par carte de crédit. Commerçant après commerçant, compte après compte, les
partenaires ont fermé ces voies, et l’argent a presque entièrement quitté les circuits réglementés. Il ne s’est pas
arrêté. Il s’est déplacé vers les monnaies virtuelles, vers les cartes prépayées et anonymes, vers tout ce qui pose le
moins de questions. Je n’y vois ni une défaite ni une victoire. Un moyen de paiement plus lent et plus risqué pèse sur
ceux qui font du mal aux enfants. Mais la poursuite ne s’arrête jamais, parce que l’argent ne s’arrête pas non plus, et
chaque voie qui se ferme nous dit où chercher la suivante.</p>

<p>La participation est volontaire, et elle est une contribution en nature. Personne ne paie de cotisation et personne
n’est payé. Les partenaires apportent ce qui vaut davantage : l’après-midi d’un analyste, une régularité que quelqu’un a
remarquée, un outil, une journée de formation, la disposition à décrocher le téléphone. Ils reçoivent en retour des
connaissances : quels schémas se répètent, quels produits sont détournés, et comment concevoir le suivant pour qu’il
soit plus difficile d’en abuser.</p>

<p>Si votre établissement n’est pas encore des nôtres, regardez ce que vos systèmes savent déjà, puis écrivez au
secrétariat. Et si vous êtes ici à cause de quelque chose que vous avez vu sur internet, adressez-vous dès aujourd’hui
au service de signalement de votre pays ou à la police. Ils peuvent aider sans attendre, et vous pouvez rester
anonyme.</p>

<p>À toutes celles et à tous ceux qui donnent de leur temps à ce travail, le plus souvent sans qu’on le voie :
merci.</p>
"""
