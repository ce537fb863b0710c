"""Stories before a case: declined, asked, waiting, not yet sent."""

from __future__ import annotations

from efc_portal.demo.stories.shape import CLAIRE, ELIN, HUGO, JONAS, MARTEN, PETRA, SOFIE, Report, Story
from efc_portal.submissions.enums import Method as M
from efc_portal.submissions.enums import Tlp

WAITING = (
    Story(
        11,
        "declined",
        reports=(
            Report(
                JONAS,
                "Late salary payments",
                "A customer complains of late salary payments by an employer.",
                ("iban",),
                M.BANK_TRANSFER,
                ("1800.00",),
                grade="B3",
            ),
        ),
    ),
    Story(
        10,
        "declined",
        reports=(
            Report(
                ELIN,
                "Advertisement for quick loans",
                "A caller asks whether an advertisement for quick loans is serious.",
                ("url",),
                M.OTHER,
                (),
                grade="C4",
            ),
        ),
    ),
    Story(
        3.2,
        "asked",
        reports=(
            Report(
                MARTEN,
                "Wallet with a note that names a country",
                "Depositors name a country in the note. More than that we do not see yet.",
                ("bitcoin",),
                M.VIRTUAL_CURRENCY,
                ("0.0040",),
                currency="BTC",
                flags=(6,),
                country="LT",
            ),
        ),
    ),
    Story(
        2.6,
        "asked",
        reports=(
            Report(
                CLAIRE,
                "Retraits d’espèces en voyage",
                "Un client retire des espèces chaque soir dans une même région, sans autre dépense de voyage.",
                ("card",),
                M.CASH,
                ("200.00", "200.00", "200.00"),
                flags=(11,),
                country="KH",
            ),
        ),
    ),
    Story(
        0.02,
        "triage",
        reports=(
            Report(
                JONAS,
                "Victim pays under pressure since this morning",
                "A young customer’s account pays one recipient in growing amounts since this morning. The branch has spoken with her; she says that she is being pressed. We have called the police.",
                ("iban1", "phone1"),
                M.E_WALLET,
                ("20.00", "50.00", "120.00", "300.00"),
                flags=(12,),
                country="CI",
                tlp=Tlp.RED,
                danger=True,
            ),
        ),
    ),
    Story(
        0.9,
        "triage",
        reports=(
            Report(
                SOFIE,
                "New descriptors of a known merchant",
                "A merchant that was closed in spring is back under two new descriptors; the acquirer is the same.",
                ("merchant1", "merchant", "iban1"),
                M.PAYMENT_CARD,
                ("48.90", "48.90", "18.90"),
                flags=(9, 14),
                country="CY",
                attachment=True,
            ),
            Report(
                PETRA,
                "Payments to the same new descriptor",
                "Seven customers paid the new descriptor within two days.",
                ("merchant1", "card"),
                M.PAYMENT_CARD,
                ("48.90", "48.90"),
                flags=(9,),
                country="CY",
            ),
        ),
    ),
    Story(
        1.2,
        "triage",
        reports=(
            Report(
                MARTEN,
                "Wallet emptied through a mixer",
                "Forty deposits of equal value, emptied once a day through a mixing service.",
                ("bitcoin1",),
                M.VIRTUAL_CURRENCY,
                ("0.0210", "0.0210"),
                currency="BTC",
                flags=(6, 7),
                country="EE",
            ),
            Report(
                HUGO,
                "Portefeuille affiché après résiliation",
                "Le même portefeuille réapparaît sur un autre domaine, deux jours après la résiliation.",
                ("bitcoin1", "page"),
                M.VIRTUAL_CURRENCY,
                (),
                flags=(6, 16),
                country="FR",
                tlp=Tlp.GREEN,
            ),
        ),
    ),
    Story(
        1.6,
        "triage",
        reports=(
            Report(
                CLAIRE,
                "Cartes prépayées achetées en série",
                "Un client achète des cartes prépayées en série, toujours pour cinquante euros, et les transmet par messagerie.",
                ("card", "card", "email", "provider"),
                M.PREPAID_CARD,
                ("50.00", "50.00", "50.00"),
                flags=(8,),
                country="FR",
            ),
            Report(
                ELIN,
                "Helpline: paid by gift card, then threatened",
                "A caller paid by gift card and was asked for more. She gives the address that wrote to her.",
                ("desk", "phone"),
                M.GIFT_CARD,
                ("25.00", "50.00"),
                flags=(8, 12),
                grade="B3",
                country="BE",
            ),
            Report(
                JONAS,
                "Round amounts to a recipient abroad",
                "Four even amounts on four nights to a recipient whose name changes.",
                ("iban", "phone"),
                M.MONEY_TRANSFER,
                ("100.00", "100.00", "100.00", "100.00"),
                flags=(1, 2),
                country="PH",
            ),
        ),
    ),
    Story(
        0.3,
        "draft",
        reports=(
            Report(
                JONAS,
                "Customers of one gaming platform",
                "Several customers top up the same gaming platform at night.",
                ("merchant",),
                M.E_WALLET,
                ("15.00",),
                flags=(16,),
            ),
            Report(
                CLAIRE,
                "À compléter : virements vers un nouveau compte",
                "Premiers éléments, à compléter avec le service conformité.",
                ("iban",),
                M.BANK_TRANSFER,
                (),
            ),
            Report(
                SOFIE,
                "Purchases of video-capture tools",
                "Purchases of several video-capture subscriptions by one card.",
                ("card",),
                M.PAYMENT_CARD,
                ("39.00",),
                flags=(10,),
            ),
        ),
    ),
)
