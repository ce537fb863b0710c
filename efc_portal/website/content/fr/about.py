"""Who the coalition is."""

from __future__ import annotations

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, StandardPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "about",
            HomePage,
            StandardPage(
                title="La coalition",
                slug="about",
                show_in_menus=True,
                search_description=(
                    "Objectifs, méthode de travail, gouvernance et histoire de la Coalition financière européenne."
                ),
                introduction=(
                    "Une alliance volontaire de ceux qui peuvent voir l’argent et de ceux qui peuvent agir, contre "
                    "l’exploitation sexuelle commerciale des enfants en ligne."
                ),
                body=[
                    ("text", html(AIMS)),
                    ("text", html(WORK)),
                    ("call_out", {"heading": "Ce que la coalition n’est pas", "text": html(NOT)}),
                    ("text", html(GOVERNANCE)),
                    ("text", "<h2>Histoire</h2>"),
                    ("timeline", {"moments": [{"when": w, "title": t, "text": x} for w, t, x in HISTORY]}),
                    ("text", html(SISTERS)),
                ],
            ),
        ),
    ]


AIMS = """
<h2>Objectifs</h2>
<p>Quiconque tire profit de l’exploitation sexuelle d’enfants a besoin d’un moyen d’être payé. La coalition existe pour
qu’il en reste le moins possible.</p>
<ul>
<li><b>Rendre l’abus difficile.</b> Les partenaires examinent les produits financiers et techniques avec une seule
question : comment pourraient-ils servir à payer l’exploitation d’un enfant, et comment l’empêcher sans nuire à ceux qui
les utilisent honnêtement ?</li>
<li><b>Agir ensemble.</b> Services financiers, entreprises technologiques et services répressifs suivent le même argent
de trois côtés, chacun dans le cadre de son droit.</li>
<li><b>Parler une seule langue.</b> Ce que les partenaires signalent suit un modèle unique de collecte de données, afin
que des pièces venues de mains différentes s’assemblent.</li>
<li><b>Savoir ce qui change.</b> La coalition évalue l’évolution des paiements et publie ce qu’elle apprend.</li>
</ul>
"""

WORK = """
<h2>Méthode de travail</h2>
<p>Un partenaire qui rencontre un paiement, un commerçant, un portefeuille ou un compte suspect transmet par ce portail
ce qu’il a le droit de partager. Le secrétariat vérifie ces éléments, les rapproche de ce que d’autres ont envoyé et
décide, sous le regard de deux personnes, s’ils sont adressés au service répressif compétent. Celui-ci répond, et sa
réponse revient aux partenaires dans toute la mesure permise.</p>
<p>Chaque élément porte des mentions de diffusion qui disent qui peut le voir et ce qu’il est permis d’en faire. Elles
l’accompagnent d’un bout à l’autre.</p>
"""

NOT = """
<p>Elle n’est pas un service de signalement : <a href="/fr/where-to-report/">le public s’adresse ailleurs</a>. Elle ne
remplace ni la déclaration d’une banque à sa cellule de renseignement financier, ni l’obligation d’une plateforme
d’avertir sans délai les autorités lorsqu’une vie est menacée. Et elle ne détient ni images ni vidéos : le portail ne
reçoit que des données financières et techniques, et refuse tout le reste.</p>
"""

GOVERNANCE = """
<h2>Gouvernance</h2>
<p>Un <b>comité de pilotage</b>, où siègent des représentants des services répressifs, de la société civile, des
services de paiement et des entreprises technologiques, fixe les priorités. La <b>présidence</b> représente la
coalition. Le <b>secrétariat</b> assure le travail quotidien : il reçoit les signalements, prépare les transmissions,
accompagne les membres et tient ce site.</p>
<p>Au sein de la coalition, personne n’approuve une transmission qu’il a lui-même rédigée, et toute consultation de
données confidentielles est consignée.</p>
"""

HISTORY = (
    (
        "2006",
        "Une première coalition aux États-Unis",
        "Des entreprises financières et technologiques s’unissent à des organisations de protection de l’enfance ; "
        "l’idée traverse l’océan.",
    ),
    (
        "Mars 2009",
        "Lancement de la Coalition financière européenne",
        "Banques, sociétés de paiement, services répressifs et société civile conviennent de suivre ensemble les "
        "paiements.",
    ),
    (
        "Novembre 2012",
        "Un nouveau départ, sous la forme d’un projet européen",
        "Trente-six mois financés par l’Union européenne, sous la présidence du Centre européen de lutte contre la "
        "cybercriminalité d’Europol, avec un secrétariat hébergé par Missing Children Europe.",
    ),
    (
        "Octobre 2013",
        "Première évaluation stratégique",
        "Comment des enfants sont exploités en ligne à des fins lucratives, et par quels moyens de paiement.",
    ),
    (
        "2015",
        "L’évaluation est mise à jour",
        "Les paiements ont commencé à quitter les circuits traditionnels ; la diffusion en direct et les monnaies "
        "virtuelles prennent de l’importance.",
    ),
    (
        "Depuis lors",
        "Une plateforme volontaire",
        "Les membres font vivre la coalition par leurs contributions en nature.",
    ),
)

SISTERS = """
<h2>Coalitions sœurs</h2>
<p>L’argent franchit les frontières sans effort. La coalition reste donc proche de ses sœurs : la Financial Coalition
Against Child Sexual Exploitation (FCACSE) aux États-Unis, à l’œuvre depuis 2006, et la coalition d’Asie-Pacifique
(APAC), fondée en 2009.</p>
"""
