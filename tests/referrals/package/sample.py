"""An invented, sober referral that every test of the package starts from."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from efc_portal.indicators.declaration import StixHint
from efc_portal.referrals.package.content import (
    Agency,
    Attachment,
    Content,
    Country,
    Handling,
    Identifier,
    Payment,
    Submission,
    Term,
)

SWEDEN, POLAND, IRELAND = Country("SE", "Sweden"), Country("PL", "Poland"), Country("IE", "Ireland")
A, B = Term("A", "A: no doubt of authenticity, trustworthiness and competence"), Term("B", "B: mostly reliable")
ONE, TWO = (
    Term("1", "1: accuracy not in doubt"),
    Term("2", "2: known personally to the source, not to the official passing it on"),
)
H1 = Term("H1", "H1: not in judicial proceedings without the provider’s permission")
H3 = Term("H3", "H3: other restrictions, described below")
TRANSFER, CARD = Term("bank_transfer", "Bank transfer"), Term("payment_card", "Payment card")
VIRTUAL = Term("virtual_currency", "Virtual currency")
SENDER, RECIPIENT = Term("sender", "Sender of money"), Term("recipient", "Recipient of money")
MERCHANT, CONTACT = Term("merchant", "Merchant or platform"), Term("contact", "Contact or account name")
S1, S2, S3 = "S-2026-000118", "S-2026-000121", "S-2026-000126"
LEDGER = b"date,amount,currency\r\n2026-03-04,250.00,EUR\r\n"

IBAN = Identifier(
    type=Term("iban", "IBAN"),
    value="PL61109010140000071219812874",
    stix=StixHint("bank-account", "iban"),
    display="PL61 1090 1014 0000 0712 1981 2874",
    country="PL",
    roles=(RECIPIENT,),
    submissions=(S1, S2),
    first_seen=date(2026, 3, 4),
    last_seen=date(2026, 10, 12),
)
PAYER = Identifier(
    type=Term("iban", "IBAN"),
    value="SE4550000000058398257466",
    stix=StixHint("bank-account", "iban"),
    display="SE45 5000 0000 0583 9825 7466",
    country="SE",
    roles=(SENDER,),
    submissions=(S1,),
    first_seen=date(2026, 3, 4),
    last_seen=date(2026, 8, 19),
)
WALLET = Identifier(
    type=Term("wallet_btc", "Bitcoin wallet"),
    value="bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    stix=StixHint("cryptocurrency-wallet", "value"),
    roles=(RECIPIENT,),
    submissions=(S2, S3),
    first_seen=date(2026, 6, 2),
    last_seen=date(2026, 10, 9),
)
TRUNCATED_CARD = Identifier(
    type=Term("payment_card", "Payment card (first six, last four)"),
    value="411111******1111",
    stix=StixHint("payment-card", "value"),
    roles=(SENDER,),
    submissions=(S2,),
    first_seen=date(2026, 6, 2),
    last_seen=date(2026, 6, 2),
)
EMAIL = Identifier(
    type=Term("email", "E-mail address"),
    value="billing@northgate-media.example",
    stix=StixHint("email-addr", "value"),
    roles=(CONTACT,),
    submissions=(S2,),
)
DOMAIN = Identifier(
    type=Term("domain", "Domain"),
    value="northgate-media.example",
    stix=StixHint("domain-name", "value"),
    roles=(MERCHANT,),
    submissions=(S1, S2, S3),
    first_seen=date(2026, 3, 4),
    last_seen=date(2026, 10, 12),
)
URL = Identifier(
    type=Term("url", "Web address"),
    value="https://pay.northgate-media.example/checkout?plan=3",
    stix=StixHint("url", "value"),
    roles=(MERCHANT,),
    submissions=(S3,),
)
PHONE = Identifier(
    type=Term("phone", "Phone number"),
    value="+48221234567",
    stix=StixHint("phone-number", "value"),
    observed={"value": "48221234567"},
    display="+48 22 123 45 67",
    country="PL",
    roles=(CONTACT,),
    submissions=(S2,),
)
SHOP = Identifier(
    type=Term("merchant", "Merchant"),
    value="NORTHGATE MEDIA SP Z O O",
    stix=StixHint("identity", "name"),
    country="PL",
    roles=(MERCHANT,),
    submissions=(S1, S2),
)

_FLAGS = {
    1: "Low-value, repeated cross-border transfers to higher-risk jurisdictions",
    3: "Innocuous or misleading payment descriptions",
    6: "Virtual currency, including anonymity-enhanced",
    9: "Third-party processor hiding the merchant",
    14: "Mismatch at merchant onboarding or monitoring",
    15: "Many unrelated senders to one recipient",
}


def _flags(*numbers: int) -> tuple[Term, ...]:
    return tuple(Term(str(number), _FLAGS[number]) for number in numbers)


SUBMISSIONS = (
    Submission(
        reference=S1,
        organisation="Nordhav Bank",
        country=SWEDEN,
        handling=Handling("TLP:AMBER", A, ONE, (H1,)),
        period_from=date(2026, 3, 4),
        period_to=date(2026, 8, 19),
        red_flags=_flags(1, 3, 15),
        methods=(TRANSFER,),
        narrative=(
            "Between March and August 2026, eleven customers who do not know each other sent small, even amounts to "
            "one account in Poland. None had sent money there before. The references read “design work” or “photos”, "
            "and four name the same site, https://pay.northgate-media.example/checkout.\n\n"
            "When we asked, two customers said they had been told to describe the payment that way. Transfers stop in "
            "the week after the account’s holder was changed.\n\n"
            "We have kept the relationship open so as not to warn anyone."
        ),
    ),
    Submission(
        reference=S2,
        organisation="Clearwell Payments",
        country=IRELAND,
        handling=Handling("TLP:AMBER", B, TWO, (H1, H3), note="Name us to the prosecutor only after asking us."),
        period_from=date(2026, 6, 2),
        period_to=date(2026, 10, 12),
        red_flags=_flags(9, 14),
        methods=(CARD, TRANSFER, VIRTUAL),
        narrative=(
            "The merchant was onboarded as a print shop. Its descriptors changed three times in four months while the "
            "settlement account stayed the same. Contact: billing@northgate-media.example, +48 22 123 45 67.\n\n"
            "After we closed card acceptance on 30 June, its pages offered a Bitcoin address instead."
        ),
    ),
    Submission(
        reference=S3,
        organisation="",
        country=None,
        handling=Handling("TLP:AMBER", B, ONE, (), str_agreement="FIU-SE 2026/4471"),
        period_from=date(2026, 7, 1),
        period_to=date(2026, 10, 9),
        red_flags=_flags(6),
        methods=(VIRTUAL,),
        narrative="The address received 41 deposits from our customers. Most were bought minutes before with cards.",
    ),
)


def payments(count: int = 48) -> tuple[Payment, ...]:
    """A made-up series: bank transfers in spring, cards in June, Bitcoin from July."""
    made: list[Payment] = []
    for n in range(count):
        day = date(2026, 3, 4) + timedelta(days=(n * 222) // max(count - 1, 1))
        if day < date(2026, 6, 2):
            made.append(Payment(S1, PAYER, IBAN, TRANSFER, Decimal(150 + 25 * (n % 5)), "EUR", day))
        elif day < date(2026, 7, 1):
            made.append(Payment(S2, TRUNCATED_CARD, SHOP, CARD, Decimal("49.90"), "EUR", day))
        elif n % 3:
            made.append(Payment(S1, None, IBAN, TRANSFER, Decimal(100 + 50 * (n % 4)), "EUR", day))
        else:
            made.append(Payment(S3, None, WALLET, VIRTUAL, Decimal("0.00420000") + n * Decimal("0.0001"), "BTC", day))
    return tuple(made)


def attachment(name: str = "ledger.csv", body: bytes = LEDGER, submission: str = S1) -> Attachment:
    return Attachment(
        submission=submission,
        name=name,
        kind=name.rpartition(".")[2],
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        parts=lambda: iter([body]),
    )


CONTENT = Content(
    reference="R-2026-000017",
    case_reference="C-2026-000045",
    title="Merchant network behind three card descriptors",
    summary=(
        "A company registered in Poland as a print shop takes payments for access to pages on one domain. Three "
        "partners in three countries saw its payers independently: small, even amounts from people who do not know "
        "each other, with descriptions they were told to use.\n\n"
        "When one payment firm closed card acceptance in June 2026, the same pages offered a Bitcoin address. The "
        "settlement account and the contact details did not change."
    ),
    routing_reason=(
        "The settlement account and the company are in Poland, and 71 % of the payments by value settle there. No "
        "other agency of the coalition works on the same identifiers."
    ),
    requested_action=(
        "Please identify who controls the settlement account and the domain, and tell us whether you open an "
        "investigation. If the account is already known to you, say so: we can then ask the partners to keep it open."
    ),
    agency=Agency("National Cybercrime Unit", POLAND),
    approved_by="a manager of the secretariat",
    approved_at=datetime(2026, 11, 23, 9, 12, tzinfo=UTC),
    tlp="TLP:AMBER",
    submissions=SUBMISSIONS,
    identifiers=(IBAN, PAYER, WALLET, TRUNCATED_CARD, EMAIL, DOMAIN, URL, PHONE, SHOP),
    payments=payments(),
    attachments=(attachment(), attachment("screening notes.txt", b"Checked twice.\n", S2)),
    tool_version="1.0",
)


def content(**changes: Any) -> Content:
    return replace(CONTENT, **changes)
