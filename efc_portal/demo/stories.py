"""What the demo's partners report: invented, sober, financial. Each story ends at another stage of the main job."""

from __future__ import annotations

from dataclasses import dataclass, field

from efc_portal.submissions.enums import Method as M
from efc_portal.submissions.enums import Tlp


@dataclass(frozen=True)
class Report:
    """One submission: who sends it, its words, what it names and pays. `shared` names values of the whole story."""

    reporter: str
    title: str
    narrative: str
    names: tuple[str, ...]  # kinds of identifier; with a trailing digit they are the story's shared ones
    method: M
    amounts: tuple[str, ...]
    currency: str = "EUR"
    flags: tuple[int, ...] = ()
    country: str = ""
    tlp: Tlp = Tlp.AMBER
    grade: str = "A2"
    codes: tuple[str, ...] = ()
    danger: bool = False
    attachment: bool = False


@dataclass(frozen=True)
class Story:
    """Reports that belong together, how long ago they came, and where they stand now.

    `ends` is one of: draft, triage, asked, declined, case, closed, and for referrals: drafted, review, returned,
    withdrawn, delivered, acknowledged, accepted, refused, concluded.
    """

    days: float
    ends: str
    reports: tuple[Report, ...]
    case: str = ""
    agency: str = ""
    outcomes: dict[str, int] = field(default_factory=dict)


JONAS, PETRA, CLAIRE = "jonas@northbank.example", "petra@northbank.example", "claire@littoral.example"
SOFIE, MARTEN, HUGO = "sofie@payrail.example", "marten@kestrel.example", "hugo@lumen.example"
ELIN = "elin@haven.example"
LOWLANDS, UNITE, JOINT = (
    "National Cyber Unit of the Lowlands",
    "Unité nationale cyber",
    "European Agency for Joint Action",
)

STORIES = (
    Story(
        58,
        "concluded",
        case="Merchant network behind three card descriptors",
        agency=LOWLANDS,
        outcomes={"merchant_closed": 3, "investigation_opened": 1},
        reports=(
            Report(
                SOFIE,
                "Merchant descriptor changes weekly",
                "Three merchants under one owner change their descriptor every week and refund nothing. All settle to the same account. The category code says digital goods; the shop shows none.",
                ("merchant1", "iban1", "url1"),
                M.PAYMENT_CARD,
                ("49.90", "49.90", "29.90", "49.90"),
                flags=(9, 14),
                country="NL",
                attachment=True,
            ),
            Report(
                JONAS,
                "Customers pay a merchant without goods",
                "Eleven customers paid the same merchant at night, always even amounts, and disputed none of the payments.",
                ("merchant1", "card", "card"),
                M.PAYMENT_CARD,
                ("50.00", "50.00", "30.00"),
                flags=(2, 9),
                country="NL",
            ),
            Report(
                ELIN,
                "Payment page named by two helpline callers",
                "Two callers named the same payment page. We pass on its address and the contact it shows, nothing else.",
                ("url1", "email1"),
                M.PAYMENT_CARD,
                (),
                flags=(14,),
                grade="B3",
                country="NL",
            ),
        ),
    ),
    Story(
        49,
        "concluded",
        case="Transfers to one recipient by money transfer",
        agency=JOINT,
        outcomes={"account_identified": 2, "child_safeguarded": 1, "person_arrested": 1},
        reports=(
            Report(
                JONAS,
                "Repeated low-value transfers to one recipient",
                "A customer sent small amounts to one recipient on most Fridays, at late hours, with the description “gift”. The recipient receives from others as well.",
                ("iban", "phone1"),
                M.MONEY_TRANSFER,
                ("35.00", "35.00", "50.00", "35.00", "50.00"),
                flags=(1, 2, 3),
                country="PH",
            ),
            Report(
                CLAIRE,
                "Virements répétés vers un même bénéficiaire",
                "Une cliente signale des virements répétés de son compte, de faible montant, vers un bénéficiaire joignable au même numéro. Le libellé est toujours anodin.",
                ("iban", "phone1"),
                M.MONEY_TRANSFER,
                ("40.00", "40.00", "40.00"),
                flags=(1, 3),
                country="PH",
            ),
            Report(
                SOFIE,
                "Sender known for the same corridor",
                "The sender was already limited by us for the same corridor. He opened a second profile with another e-mail address.",
                ("phone1", "email"),
                M.MONEY_TRANSFER,
                ("90.00", "25.00"),
                flags=(1, 5),
                country="RO",
            ),
        ),
    ),
    Story(
        41,
        "accepted",
        case="Wallet that collects equal amounts",
        agency=JOINT,
        reports=(
            Report(
                MARTEN,
                "Wallet receives many equal amounts",
                "A deposit address receives the same amount from many unrelated wallets and is emptied within the hour through a mixing service.",
                ("bitcoin1", "bitcoin"),
                M.VIRTUAL_CURRENCY,
                ("0.00120000", "0.00120000", "0.00120000"),
                currency="BTC",
                flags=(6, 7, 15),
                country="EE",
            ),
            Report(
                HUGO,
                "Adresse de paiement affichée sur un site hébergé",
                "Le site résilié affichait une adresse de paiement en monnaie virtuelle et une adresse de contact. Le compte client est clos; nous transmettons les coordonnées de facturation.",
                ("bitcoin1", "url", "email"),
                M.VIRTUAL_CURRENCY,
                (),
                flags=(6, 16),
                country="FR",
            ),
            Report(
                SOFIE,
                "Card purchases of virtual currency sent on at once",
                "Cards bought virtual currency in small amounts; each purchase went to the same address within minutes.",
                ("bitcoin1", "card"),
                M.PREPAID_CARD,
                ("20.00", "20.00", "20.00"),
                flags=(6, 8),
                country="CY",
            ),
        ),
    ),
    Story(
        33,
        "refused",
        case="Accounts behind a subscription page",
        agency=UNITE,
        reports=(
            Report(
                HUGO,
                "Page d’abonnement sans prestation",
                "La page propose un abonnement sans décrire de prestation. Les paiements passent par un intermédiaire qui masque le commerçant.",
                ("url1", "merchant1"),
                M.PAYMENT_CARD,
                ("9.99", "9.99"),
                flags=(9, 16),
                country="FR",
            ),
            Report(
                CLAIRE,
                "Abonnements contestés par trois clients",
                "Trois clients contestent le même abonnement. Le commerçant a changé de nom deux fois en un mois.",
                ("merchant1", "card"),
                M.PAYMENT_CARD,
                ("9.99", "9.99", "9.99"),
                flags=(14,),
                country="FR",
            ),
        ),
    ),
    Story(
        24,
        "acknowledged",
        case="Account used as a mule",
        agency=LOWLANDS,
        reports=(
            Report(
                PETRA,
                "Account receives from strangers and forwards at once",
                "A new account received from fourteen strangers in three days and forwarded each amount within the hour to two wallets.",
                ("iban1", "ethereum1", "phone"),
                M.BANK_TRANSFER,
                ("120.00", "80.00", "150.00", "95.00"),
                flags=(13, 15),
                country="NL",
            ),
            Report(
                MARTEN,
                "Wallet fed from one bank account",
                "Deposits to this wallet come from one bank account and leave through an exchange outside the Union.",
                ("ethereum1", "iban1"),
                M.VIRTUAL_CURRENCY,
                ("0.045", "0.051"),
                currency="ETH",
                flags=(6, 13),
                country="NL",
            ),
        ),
    ),
    Story(
        15,
        "delivered",
        case="Gift-card codes collected by chat",
        agency=LOWLANDS,
        reports=(
            Report(
                ELIN,
                "Gift-card codes asked for in chat",
                "A caller was pressed to buy gift cards and read out the codes. She names the account that asked and the address it gave as proof of payment.",
                ("email1", "url"),
                M.GIFT_CARD,
                ("100.00", "100.00"),
                flags=(8, 12),
                grade="B3",
                country="BE",
                codes=("H1",),
            ),
            Report(
                SOFIE,
                "Codes redeemed within a minute",
                "The codes were redeemed by one profile within a minute of purchase, forty times in a week.",
                ("email1", "phone"),
                M.GIFT_CARD,
                ("100.00", "50.00", "50.00", "100.00"),
                flags=(8,),
                country="NL",
            ),
        ),
    ),
    Story(
        9,
        "delivered",
        case="Processor that hides its merchants",
        agency=UNITE,
        reports=(
            Report(
                CLAIRE,
                "Un prestataire masque le commerçant",
                "Un prestataire de paiement encaisse pour un commerçant qui n’apparaît ni sur le relevé ni au registre. Les fonds repartent vers un compte à l’étranger.",
                ("merchant1", "iban1"),
                M.PAYMENT_CARD,
                ("65.00", "65.00", "45.00"),
                flags=(9,),
                country="FR",
                attachment=True,
            ),
            Report(
                SOFIE,
                "Third-party processor hides the merchant",
                "Settlement instructions changed twice; the new account belongs to neither the processor nor the merchant.",
                ("merchant1", "iban1"),
                M.PAYMENT_CARD,
                ("1230.00", "980.00"),
                flags=(9, 14),
                country="CY",
            ),
        ),
    ),
    Story(
        6,
        "review",
        case="Prepaid cards loaded in cash",
        agency=LOWLANDS,
        reports=(
            Report(
                JONAS,
                "Prepaid cards loaded in cash and spent abroad",
                "Six prepaid cards were loaded in cash on one morning and spent on the same platform abroad within the day.",
                ("card", "card", "merchant1"),
                M.PREPAID_CARD,
                ("150.00", "150.00", "150.00"),
                flags=(8, 11),
                country="NL",
            ),
            Report(
                PETRA,
                "Same platform, other cards",
                "Two further cards of the same series paid the same platform.",
                ("card", "merchant1"),
                M.PREPAID_CARD,
                ("150.00",),
                flags=(8,),
                country="NL",
            ),
        ),
    ),
    Story(
        5,
        "drafted",
        case="Wallet named on two sites",
        agency=JOINT,
        reports=(
            Report(
                HUGO,
                "Même portefeuille sur deux sites",
                "Deux sites résiliés affichaient le même portefeuille et le même formulaire de contact.",
                ("ethereum1", "url", "url"),
                M.VIRTUAL_CURRENCY,
                (),
                flags=(6, 16),
                country="FR",
            ),
            Report(
                MARTEN,
                "Deposits with a site’s name in the note",
                "Depositors write the same site’s name into the note. Amounts are even.",
                ("ethereum1",),
                M.VIRTUAL_CURRENCY,
                ("0.10", "0.10", "0.20"),
                currency="ETH",
                flags=(2, 6),
                country="DE",
            ),
        ),
    ),
    Story(
        5.5,
        "returned",
        case="Night transfers through an app",
        agency=LOWLANDS,
        reports=(
            Report(
                SOFIE,
                "Night transfers through a peer-to-peer app",
                "Between two and four at night a profile receives even amounts from many senders, and pays one account.",
                ("phone1", "iban"),
                M.E_WALLET,
                ("20.00", "20.00", "40.00", "20.00"),
                flags=(2, 5, 15),
                country="BE",
            ),
        ),
    ),
    Story(
        27,
        "closed",
        case="Shop with a mistaken category",
        reports=(
            Report(
                JONAS,
                "Category code does not fit the shop",
                "The merchant’s category did not fit what it sells; onboarding has since corrected it and found nothing else.",
                ("merchant", "url"),
                M.PAYMENT_CARD,
                ("19.00",),
                flags=(14,),
                country="DE",
                grade="A1",
            ),
        ),
    ),
    Story(
        19,
        "withdrawn",
        case="Subscription fraud without a link to children",
        agency=LOWLANDS,
        reports=(
            Report(
                SOFIE,
                "Chargebacks on a streaming page",
                "Many chargebacks on one streaming page. Later checks point to ordinary subscription fraud.",
                ("merchant", "url"),
                M.PAYMENT_CARD,
                ("14.90", "14.90"),
                flags=(16,),
                country="NL",
                grade="B3",
            ),
        ),
    ),
    Story(
        4,
        "case",
        case="Two senders, one handle",
        reports=(
            Report(
                JONAS,
                "A handle in the payment reference",
                "Two senders put the same handle into the payment reference; the recipient’s profile carries it as well.",
                ("iban1", "email"),
                M.BANK_TRANSFER,
                ("60.00", "60.00"),
                flags=(4,),
                country="AT",
            ),
            Report(
                CLAIRE,
                "Même pseudonyme dans le libellé",
                "Le même pseudonyme figure dans le libellé de quatre virements vers ce compte.",
                ("iban1",),
                M.BANK_TRANSFER,
                ("45.00", "45.00"),
                flags=(4, 15),
                country="AT",
            ),
        ),
    ),
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
                ("bitcoin1", "url"),
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
                ("card", "card", "email"),
                M.PREPAID_CARD,
                ("50.00", "50.00", "50.00"),
                flags=(8,),
                country="FR",
            ),
            Report(
                ELIN,
                "Helpline: paid by gift card, then threatened",
                "A caller paid by gift card and was asked for more. She gives the address that wrote to her.",
                ("email", "phone"),
                M.GIFT_CARD,
                ("25.00", "50.00"),
                flags=(8, 12),
                grade="B3",
                country="BE",
            ),
            Report(
                JONAS,
                "Even amounts to a recipient abroad",
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
                "À compléter: virements vers un nouveau compte",
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
