"""What the demo's invented organisations say about themselves in the public directory."""

from __future__ import annotations

from efc_portal.partners.listing.services import listing_change
from efc_portal.partners.models import Listing

# by organisation: website, English, French; those without stand there with their names alone
TEXTS: dict[str, tuple[str, str, str]] = {
    "Northbank": (
        "https://northbank.example/",
        "An invented retail bank. Its financial crime team looks for repeated small transfers across borders and for "
        "merchants that are not what they say.\n\nNorthbank gives two analysts’ days a month to the working group on "
        " payment descriptions.",
        "Une banque de détail inventée. Son équipe de lutte contre la criminalité financière recherche les petits "
        "virements répétés à l’étranger et les commerçants qui ne sont pas ce qu’ils disent.\n\nNorthbank consacre "
        "deux jours d’analyste par mois au groupe de travail sur les libellés de paiement.",
    ),
    "Banque du Littoral": (
        "https://littoral.example/",
        "An invented regional bank on the coast. It reports what its branches and its card business see, and trains "
        "front-line staff of other members.",
        "Une banque régionale inventée, sur le littoral. Elle signale ce que voient ses agences et son activité de "
        "cartes, et forme le personnel de guichet d’autres membres.",
    ),
    "Payrail": (
        "https://payrail.example/",
        "An invented payment institution that acquires merchants in eleven countries. Its contribution is knowledge of "
        "how shops are opened, hidden and moved.",
        "Un établissement de paiement inventé, acquéreur de commerçants dans onze pays. Il apporte sa connaissance de "
        "la façon dont les boutiques s’ouvrent, se cachent et se déplacent.",
    ),
    "Kestrel Exchange": (
        "https://kestrel.example/",
        "An invented exchange for virtual currencies. It helps members read the public ledgers and lends its tracing "
        "tools to joint exercises.",
        "Une plateforme d’échange de monnaies virtuelles, inventée. Elle aide les membres à lire les registres publics "
        "et prête ses outils de traçage aux exercices communs.",
    ),
    "Lumen Hosting": (
        "https://lumen.example/",
        "An invented hosting provider. It looks at how storage and servers are paid for, and closes accounts with the "
        "authorities’ knowledge.",
        "Un hébergeur inventé. Il observe comment le stockage et les serveurs sont payés, et ferme des comptes au su "
        "des autorités.",
    ),
    "Haven Alliance": (
        "https://haven.example/",
        "An invented alliance of child protection organisations. It speaks for those whom the coalition is for, and "
        "reads its guidance with their eyes.",
        "Une alliance inventée d’organisations de protection de l’enfance. Elle parle pour ceux à qui la coalition est "
        "destinée, et relit ses recommandations avec leurs yeux.",
    ),
    "European Agency for Joint Action": (
        "",
        "An invented agency that brings national units together. It asked to be named in the directory; other agencies "
        "of the coalition are not.",
        "Une agence inventée qui réunit les unités nationales. Elle a demandé à figurer dans le répertoire ; d’autres "
        "services de la coalition n’y figurent pas.",
    ),
}


def load() -> None:
    """Write the texts once: an organisation that has any keeps them."""
    for listing in Listing.objects.filter(organisation__name__in=TEXTS, descriptions={}).select_related("organisation"):
        website, english, french = TEXTS[listing.organisation.name]
        listing_change(
            actor=None,
            listing=listing,
            name=listing.name,
            website=website,
            descriptions={"en": english, "fr": french},
            is_shown=True,
        )
