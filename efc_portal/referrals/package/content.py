"""What goes into a package, as plain frozen data.

The caller fills these from its models, with every label already in the language of the package. Nothing here is
sealed, escaped, truncated or defanged: each output does that for its own form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from efc_portal.indicators.declaration import StixHint


@dataclass(frozen=True, slots=True)
class Term:
    """A code of one of the portal's lists with its label: `Term("H1", "H1: not in judicial proceedings …")`."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Country:
    """ISO 3166-1 alpha-2 (or XK) with the country's name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Agency:
    """The law enforcement agency that the package is for."""

    name: str
    country: Country | None  # None for an agency of several countries


@dataclass(frozen=True, slots=True)
class Handling:
    """How a submission may be used, in its provider's own marks.

    `str_agreement` is the reference of the FIU's agreement where the submission holds information from a suspicious
    transaction report, else empty.
    """

    tlp: str  # TLP 2.0: "TLP:AMBER"
    source_grade: Term  # A, B, C or X
    information_grade: Term  # 1 to 4
    codes: tuple[Term, ...] = ()  # H0 to H3
    note: str = ""
    str_agreement: str = ""

    @property
    def grade(self) -> str:
        return f"{self.source_grade.code}{self.information_grade.code}"


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission of the referral. `organisation` is empty where the source must not be named."""

    reference: str
    organisation: str
    country: Country | None  # the provider's
    handling: Handling
    period_from: date | None = None
    period_to: date | None = None
    red_flags: tuple[Term, ...] = ()  # code: the number in the list
    methods: tuple[Term, ...] = ()
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """One value, once, however many submissions it stands in."""

    type: Term  # the portal's type code: "iban"
    value: str  # canonical; a payment card is truncated
    stix: StixHint  # where it goes in STIX 2.1
    # What the STIX object says of it, where that is not the canonical value under `stix.property` alone.
    observed: Mapping[str, str] = field(default_factory=dict, compare=False)
    display: str = ""  # how people read it; empty: as `value`
    country: str = ""  # ISO 3166-1 alpha-2
    roles: tuple[Term, ...] = ()
    submissions: tuple[str, ...] = ()  # references
    first_seen: date | None = None
    last_seen: date | None = None
    chains: tuple[str, ...] = ()  # of a wallet: the chains and tokens that were named with it, as codes
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that moved. A side is one of the content's identifiers, or None where it is not known."""

    submission: str  # reference
    sender: Identifier | None
    recipient: Identifier | None
    method: Term
    amount: Decimal
    currency: str  # ISO 4217, or a virtual currency's ticker
    paid_on: date | None = None
    transaction: str = ""  # the hash in the virtual currency's ledger, where known


@dataclass(frozen=True, slots=True)
class Attachment:
    """A screened file of a submission. `parts` gives its bytes in order, in pieces; it is called once a build."""

    submission: str  # reference
    name: str
    kind: str  # csv, xlsx, pdf, txt, json, xml
    size: int  # bytes
    sha256: str  # of the bytes, hex
    parts: Callable[[], Iterable[bytes]] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file that came with a submission: an identifier, and what the row says beside it."""

    type: Term
    value: str  # canonical; a payment card is truncated
    country: str = ""  # ISO 3166-1 alpha-2
    role: str = ""  # a role's code
    amount: Decimal | None = None
    currency: str = ""
    seen_on: date | None = None
    method: str = ""  # a method's code


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a submission's files. `rows` gives them in order, as they are written; it is called once a build."""

    submission: str  # reference
    count: int
    rows: Callable[[], Iterable[Row]] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Content:
    """A whole referral. The same content gives the same files, byte for byte; `approved_at` is their one moment."""

    reference: str
    case_reference: str
    title: str
    summary: str
    routing_reason: str
    requested_action: str
    agency: Agency
    approved_by: str  # a role, or a name where it may be given: "a manager of the secretariat"
    approved_at: datetime  # aware
    tlp: str
    submissions: tuple[Submission, ...]
    identifiers: tuple[Identifier, ...] = ()
    payments: tuple[Payment, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    rows: tuple[Rows, ...] = ()
    rows_apart: bool = False  # they are so many that their identifiers are not among `identifiers`
    language: str = "en"  # of the report and the README: en or fr
    coalition: str = "European Financial Coalition"
    tool_version: str = ""
