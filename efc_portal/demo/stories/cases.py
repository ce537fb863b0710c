"""Stories that stand as cases, with a referral on its way or without."""

from __future__ import annotations

from efc_portal.demo.stories.shape import CLAIRE, HUGO, JOINT, JONAS, LOWLANDS, MARTEN, PETRA, SOFIE, Report, Story
from efc_portal.submissions.enums import Method as M

CASES = (
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
                ("ethereum1", "url", "page"),
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
)
