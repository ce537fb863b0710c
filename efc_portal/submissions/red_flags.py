"""The coalition's list of red flags, versioned, each with where it comes from.

No single flag suffices (AUSTRAC's own rule), so nothing in the portal is scored from one tick. A number keeps its
meaning for ever: a changed flag gets a new number, and a submission keeps the version it was made with.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION = "2026.1"


@dataclass(frozen=True)
class RedFlag:
    number: int
    label: str | Promise
    source: str


RED_FLAGS = (
    RedFlag(1, _("Low-value, repeated cross-border transfers to higher-risk jurisdictions"), "FATF 2025; AUSTRAC 2022"),
    RedFlag(2, _("Round amounts at odd hours"), "FATF 2025"),
    RedFlag(3, _("Innocuous or misleading payment descriptions"), "FATF 2025; AUSTRAC 2022"),
    RedFlag(4, _("A social-media handle in a payment reference"), "FATF 2025"),
    RedFlag(
        5,
        _("A money-transfer business or peer-to-peer app as the rail"),
        "FATF 2025; FINTRAC 2025; FinCEN FIN-2021-NTC3",
    ),
    RedFlag(6, _("Virtual currency, including anonymity-enhanced"), "FinCEN FIN-2021-NTC3; FINTRAC 2025; EFC 2015"),
    RedFlag(7, _("A mixer or anonymising service"), "FinCEN FIN-2021-NTC3"),
    RedFlag(8, _("Gift card, prepaid or anonymous card"), "FATF 2025; FinCEN FIN-2025-NTC2; EFC 2015"),
    RedFlag(9, _("A third-party processor that hides the merchant"), "FinCEN FIN-2021-NTC3; EFC 2013"),
    RedFlag(10, _("Purchases of VPN, spyware or video-capture tools"), "FINTRAC 2020; AUSTRAC 2022"),
    RedFlag(11, _("Travel spending or cash withdrawals in a high-risk location"), "AUSTRAC 2022; FINTRAC 2025"),
    RedFlag(12, _("Rapid payments by a victim that stop abruptly"), "FATF 2025; FinCEN FIN-2025-NTC2"),
    RedFlag(13, _("An account used as a money mule"), "FinCEN FIN-2025-NTC2"),
    RedFlag(14, _("A mismatch at merchant onboarding or monitoring"), "EFC 2013"),
    RedFlag(15, _("Many unrelated senders to one recipient"), "Egmont 2020"),
    RedFlag(16, _("Payments to file-hosting, streaming or gaming platforms"), "FINTRAC 2020; EFC 2015"),
)
BY_NUMBER = {flag.number: flag for flag in RED_FLAGS}
