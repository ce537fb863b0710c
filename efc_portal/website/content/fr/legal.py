"""Mentions. Textes de départ, à vérifier par le secrétariat et ses juristes avant l’ouverture du site."""

from __future__ import annotations

from efc_portal.website.content.en.contact import address
from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, StandardPage


def pieces(facts: Facts) -> list[Piece]:
    notices = (
        (
            "privacy",
            "Confidentialité",
            "Ce que ce site sait de vous, pourquoi, et ce que vous pouvez demander.",
            PRIVACY,
        ),
        (
            "accessibility",
            "Déclaration d’accessibilité",
            "Ce site est pour tous. Ce que nous faisons pour cela, ce qui ne fonctionne pas encore, et comment nous le dire.",
            ACCESSIBILITY,
        ),
        (
            "terms",
            "Conditions d’utilisation",
            "À quelles conditions vous pouvez utiliser ce site et ce qui y est publié.",
            TERMS,
        ),
        ("imprint", "Mentions légales", "Qui publie ce site, et qui répond de ce qui s’y trouve.", IMPRINT),
        (
            "security",
            "Sécurité",
            "Vous avez trouvé une faille de ce portail. Merci : voici comment nous le dire, et ce que nous promettons.",
            SECURITY,
        ),
    )
    return [
        Piece(
            slug,
            HomePage,
            StandardPage(
                title=title,
                slug=slug,
                introduction=introduction,
                show_in_footer=True,
                show_date=True,
                body=[("text", html(text.format(facts=facts, address=address(facts))))],
            ),
        )
        for slug, title, introduction, text in notices
    ]


PRIVACY = """
<h2>Qui est responsable</h2>
{address}
<p>Questions et demandes sur vos données : <a href="/fr/contact/?topic=data_protection">écrivez-nous</a>, ou
<a href="mailto:{facts.email}">{facts.email}</a></p>

<h2>Quand vous lisez ce site</h2>
<p>Les pages publiques ne déposent aucun cookie, sauf si vous choisissez une langue à la connexion, ne chargent rien de
tiers et ne suivent personne. Il n’y a donc pas de bandeau à fermer. Le nombre de téléchargements d’un rapport peut être
compté : un nombre par fichier, sans rien sur la personne. Le serveur a besoin de votre adresse réseau pour vous répondre ;
il peut garder un relevé technique des demandes (adresse, heure, page) pour détecter et retracer des attaques. C’est notre
intérêt légitime (article 6, paragraphe 1, point f), du règlement général sur la protection des données). La durée de
conservation dépend de l’exploitant du serveur ; nous vous l’indiquons sur demande.</p>

<h2>Quand vous nous écrivez</h2>
<p>Le formulaire de contact demande votre nom, votre adresse électronique et votre message. Nous les utilisons pour vous
répondre, et pour rien d’autre ; c’est notre intérêt légitime et le vôtre (article 6, paragraphe 1, point f)). Ils sont
conservés chiffrés, sous une clé propre à chaque message. Les officiers et responsables du secrétariat les lisent, et
chaque lecture est consignée. Après douze mois, ou plus tôt si vous le demandez, la clé est détruite, et avec elle ce que
vous avez écrit ; la référence, le sujet et les dates restent. Les numéros de carte de paiement sont tronqués avant tout
enregistrement.</p>
<p>Pour empêcher des machines de submerger le formulaire, le portail retient pendant une heure combien de messages sont
venus d’une adresse réseau. Il garde une forme brouillée de l’adresse, dont on ne peut la déduire, et rien d’autre.</p>
<p>Le courrier envoyé sans le formulaire est conservé aussi longtemps que l’affaire l’exige.</p>

<h2>Quand votre organisation est nommée</h2>
<p>Le répertoire des partenaires nomme des organisations, pas des personnes. Chaque organisation décide si elle y figure et
ce qui y est dit d’elle.</p>

<h2>Quand vous vous connectez</h2>
<p>Les personnes des organisations partenaires, des services répressifs et du secrétariat ont un compte. Nous détenons leur
nom, leur adresse électronique, leur organisation, leurs rôles, leur langue, leurs seconds facteurs, et le moment et
l’appareil de leurs connexions. Deux cookies sont strictement nécessaires : l’un porte la session, l’autre protège les
formulaires ; un troisième retient la langue choisie. Ce que chacun fait de données confidentielles est consigné, parce que
la loi le demande et parce que ceux que ces données concernent le méritent.</p>

<h2>Ce que les partenaires transmettent</h2>
<p>Les transmissions peuvent contenir des données sur des personnes soupçonnées, sur des victimes et sur des personnes qui
n’y sont pour rien. Elles sont partagées sur la base juridique que chaque partenaire a acceptée par écrit, vues par ceux qui
ont besoin de les connaître, envoyées à la seule autorité compétente, conservées chiffrées, et effacées à la fin de la durée
prévue. Les données destinées aux services répressifs relèvent des lois nationales qui transposent la directive
(UE) 2016/680.</p>

<h2>Vos droits</h2>
<p>Vous pouvez demander quelles données nous détenons sur vous, les faire corriger ou effacer, en limiter l’usage ou vous y
opposer, et saisir l’autorité de protection des données de votre pays. Lorsqu’une réponse mettrait en danger une enquête ou
une autre personne, la loi nous permet de la restreindre ; vous pouvez alors demander à l’autorité de vérifier pour
vous.</p>
"""

ACCESSIBILITY = """
<h2>Ce que nous visons</h2>
<p>Le portail vise la conformité aux règles pour l’accessibilité des contenus web (WCAG) 2.2, niveau AA, et à la norme
européenne EN 301 549. Chaque page fonctionne au clavier seul, sans JavaScript, à 320 pixels de large et avec un texte deux
fois plus grand, en mode clair, sombre et à fort contraste. Les graphiques sont accompagnés du tableau de leurs chiffres.
Les rapports que produit la coalition sont des PDF balisés.</p>

<h2>Comment nous l’avons vérifié</h2>
<p>Chaque type de page est testé automatiquement avec axe-core dans Chromium à 320, 768 et 1280 pixels de large, en clair et
en sombre, à chaque modification du logiciel, de même que le texte deux fois plus grand et l’usage sans JavaScript. Les
tests automatiques ne trouvent qu’une partie des obstacles. Un audit indépendant, et des essais avec des personnes qui
utilisent des technologies d’assistance, n’ont pas encore eu lieu.</p>

<h2>Ce qui ne fonctionne pas encore</h2>
<ul>
<li>Les documents écrits par d’autres, que nous publions avec leur accord, peuvent ne pas être balisés.</li>
<li>Les noms des points de signalement et des lignes d’écoute sont dans la langue de leur pays, comme les pages auxquelles
ils mènent.</li>
<li>Toutes les pages n’existent pas dans toutes les langues.</li>
</ul>

<h2>Dites-le-nous</h2>
<p>Vous avez rencontré un obstacle, ou avez besoin d’un document sous une autre forme ?
<a href="/fr/contact/?topic=accessibility">Écrivez-nous</a>, ou à <a href="mailto:{facts.email}">{facts.email}</a>, en
indiquant la page et ce qui n’a pas fonctionné. Nous répondons sous dix jours ouvrables. Si la réponse ne vous aide pas,
l’organisme chargé de l’accessibilité dans votre pays le peut.</p>
"""

TERMS = """
<h2>Utiliser ce qui est publié ici</h2>
<p>Vous pouvez citer, copier et partager les textes, chiffres et rapports de la coalition, sans les modifier et avec leur
source, sauf mention contraire d’un document. Ce que des partenaires ou des auteurs ont apporté sous leur nom leur
appartient.</p>

<h2>Ce que cela vaut</h2>
<p>Les rapports et recommandations sont écrits avec soin et décrivent ce que l’on savait à leur date. Ce ne sont pas des
conseils juridiques, et ils ne remplacent pas les obligations que la loi impose à votre établissement.</p>

<h2>Liens</h2>
<p>Nous choisissons avec soin les liens vers d’autres sites, mais ne répondons pas de ce qui s’y trouve.</p>

<h2>L’espace de travail</h2>
<p>La connexion est réservée aux personnes auxquelles le secrétariat ou leur organisation a donné un compte. Les comptes
sont personnels. Ce qui est vu dans l’espace de travail sert au but pour lequel il a été partagé, dans le respect de ses
marquages.</p>
"""

IMPRINT = """
<h2>Éditeur</h2>
{address}
<p><a href="mailto:{facts.email}">{facts.email}</a></p>

<h2>Responsable du contenu</h2>
<p>Le secrétariat de la Coalition financière européenne. Ce que le répertoire dit d’un partenaire, le partenaire l’a
écrit.</p>

<h2>Une erreur</h2>
<p>Si quelque chose est faux sur ce site, <a href="/fr/contact/?topic=correction">dites-le-nous</a>. Nous le corrigeons, et
le disons là où cela compte.</p>

<h2>De quoi le site est fait</h2>
<p>Le logiciel est fait pour la coalition et repose sur des logiciels libres, dont les licences l’accompagnent. Les
caractères sont Source Serif 4 et Source Sans 3, sous Open Font License.</p>
"""

SECURITY = """
<h2>Comment signaler une faille</h2>
<p>Écrivez à <a href="mailto:{facts.security_email}">{facts.security_email}</a>. Décrivez ce que vous avez trouvé, où, et
comment nous pouvons le constater nous-mêmes. L’anglais est préférable ; toute langue de l’Union européenne convient.
L’adresse, et sa durée de validité, figurent aussi dans <a href="/.well-known/security.txt">security.txt</a>. N’utilisez pas
le formulaire de contact pour cela.</p>

<h2>Ce que cela couvre</h2>
<p>Ce portail : le site public, l’espace de travail et ses interfaces. Ne sont pas couverts les sites vers lesquels il
renvoie, les serveurs de courrier et réseaux de l’exploitant, ni les constats sans dommage possible, comme un en-tête absent
d’une page publique.</p>

<h2>Ce que nous promettons</h2>
<ul>
<li>Nous confirmons la réception de votre signalement sous trois jours ouvrables et disons ce que nous en pensons sous
dix.</li>
<li>Nous vous disons quand c’est réparé, et vous nommons si vous le souhaitez.</li>
<li>Nous n’engageons aucune poursuite contre quiconque respecte cette page.</li>
</ul>
<p>Les signalements ne sont pas rémunérés : la coalition vit de contributions en nature.</p>

<h2>Ce que nous demandons</h2>
<ul>
<li>Arrêtez-vous dès que vous voyez des données de personnes ou de dossiers. Ne les copiez pas, et prévenez-nous
aussitôt.</li>
<li>Ne ralentissez pas le portail, ne trompez ni n’importunez personne, et n’entrez pas dans des bâtiments.</li>
<li>Laissez-nous quatre-vingt-dix jours pour réparer avant de publier, ou convenez avec nous d’une autre date.</li>
</ul>
"""
