"""What a story of the demo is told with."""

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
    withdrawn, delivered, acknowledged, accepted, refused, concluded. `takes_back` is a type of identifier that the
    first reporter takes back after the referral was delivered.
    """

    days: float
    ends: str
    reports: tuple[Report, ...]
    case: str = ""
    agency: str = ""
    outcomes: dict[str, int] = field(default_factory=dict)
    takes_back: str = ""


JONAS, PETRA, CLAIRE = "jonas@northbank.example", "petra@northbank.example", "claire@littoral.example"
SOFIE, MARTEN, HUGO = "sofie@payrail.example", "marten@kestrel.example", "hugo@lumen.example"
ELIN = "elin@haven.example"
LOWLANDS, UNITE, JOINT = (
    "National Cyber Unit of the Lowlands",
    "Unité nationale cyber",
    "European Agency for Joint Action",
)
