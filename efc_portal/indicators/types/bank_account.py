"""Bank accounts in the form of their own country, where there is no IBAN: bank code and account number.

One text holds it all: `US 021000021 / 123456789`, `GB 20-00-00 55779911`, `BSB 062-000 Acc 12345678`. Countries
without a format of their own here take a bank code (or BIC) and an account number: `VN 970436 / 0011001234567`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.accounts import is_written_as_account, parsed, read
from efc_portal.core.standards.bic import is_bic
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, Span, StixHint, Words
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.plain import Plain

# Those with a checksum of their own, and pairs of which each part says what it is.
_CHECKED = re.compile(
    r"(?<![\w-])(?:CLABE[ :.#]{1,3}[0-9](?:[ -]?[0-9]){17}|C[BV]U[ :.#]{1,3}[0-9](?:[ -]?[0-9]){21})(?!-?\w)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?<![\w-])(?:sort ?code|BSB|ABA|RTN|routing(?: number| no)?|IFSC(?: code)?)[ :.#]{1,3}"
    r"[0-9A-Z]{2,11}(?:[ -][0-9]{2,3}){0,2}[ ,;/]{1,3}(?:and )?(?:account|acct?|a/c)(?: number| no)?[ :.#]{1,3}"
    r"[0-9]{5,18}(?!-?\w)",
    re.IGNORECASE,
)
_FURTHEST = 60  # characters before the number
_ENDS = frozenset(" :.#")  # what those words end with


class BankAccount(IndicatorType):
    code = "bank_account"
    label = _("Bank account without IBAN")
    help = _(
        "The country’s two letters, the bank’s code in that country or its BIC, and the account, "
        "as in GB 20-00-00 / 55779911."
    )
    example = "US 021000021 / 123456789"
    order = 12
    lifetime_days = 5 * 365
    method = "bank_transfer"
    stix = StixHint("bank-account", "account_number", "extension-definition--f19f3291-6a84-5674-b311-d75a925d5bd9")
    misp = MispHint("bank-account", "account")
    goaml = "t_account/account"
    shapes = (Shape(ascii_letters, 5, marks=" :/.-#;,"), Shape(ascii_letters, 11, 11, ""))
    words = (
        "clabe", "cbu", "cvu", "sort code", "sortcode", "bsb", "aba", "rtn", "routing", "routing number", "routing no",
        "ifsc", "ifsc code",
    )  # fmt: skip
    pattern = _PAIR

    def canonicalise(self, text: str, region: str | None = None) -> str:
        return read(text, region).canonical

    def looks_like(self, text: str) -> bool:
        return is_written_as_account(text)

    def display(self, canonical: str) -> str:
        return parsed(canonical).shown

    def masked(self, canonical: str) -> str:
        return f"{canonical[:2]} … {parsed(canonical).number[-4:]}"

    def country(self, canonical: str) -> str:
        return canonical[:2]

    def detail(self, canonical: str) -> Words:
        return gettext("Bank code %(bank)s") % {"bank": parsed(canonical).bank}

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        """The bank, where its BIC stands for its code."""
        account = parsed(canonical)
        if is_bic(account.parts[0], account.country):
            yield "bic", account.parts[0]

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """Only those that say what they are; a number alone could be anything."""
        if match := _CHECKED.match(plain.code, start):
            return Span(start, match.end(), match[0], Confidence.CERTAIN)
        return super().at(plain, start, end, region)


DECLARATION = BankAccount()
