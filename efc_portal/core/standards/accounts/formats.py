"""The forms of account numbers that countries publish: their parts, how many characters each has, how they are shown.

Only what an authority or scheme states is a rule here; where banks differ among themselves, the form is wide. The
United Kingdom's modulus check is left out: its table has a thousand rows and changes several times a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.accounts import checks

Words = str | Promise
DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an account: its name, the lengths it may have, and how it is filled up, written and shown."""

    name: Words
    lengths: tuple[int, ...]
    form: re.Pattern[str] = DIGITS
    fill: int = 0  # shorter ones are filled up with zeros from the left to this length
    groups: tuple[int, ...] = ()  # how it is shown, with dashes between
    settle: Callable[[str], str] | None = None  # to the one spelling, where there are several
    show: Callable[[str], str] | None = None  # where groups do not say it

    def shown(self, compact: str) -> str:
        if self.show:
            return self.show(compact)
        pieces, place = [], 0
        for size in self.groups:
            pieces.append(compact[place : place + size])
            place += size
        return "-".join([*pieces, compact[place:]] if compact[place:] else pieces)


@dataclass(frozen=True, slots=True)
class Format:
    """A country's format. `bank` says which slice of which part is the bank's code."""

    parts: tuple[Part, ...]
    check: Callable[[Sequence[str]], None] | None = None
    bank: tuple[int, slice] = (0, slice(None))
    joint: str = " / "  # between the parts, when shown
    rewrite: Callable[[str], str] | None = None  # of the text, before it is taken apart


def _span(least: int, most: int) -> tuple[int, ...]:
    return tuple(range(least, most + 1))


def _account(least: int, most: int, fill: int = 0) -> Part:
    return Part(_("Account number"), _span(least, most), fill=fill)


def _canadian(text: str) -> str:
    """`00011-001 …` as on cheques, or institution first, as the nine digits of electronic payments: `000100011`."""
    text = re.sub(r"^([0-9]{5})[ /-]*([0-9]{3})(?![0-9])", r"0\2\1/", text)
    return re.sub(r"^([0-9]{3})[ /-]+([0-9]{5})(?![0-9])", r"0\1\2/", text)


def _as_on_cheques(code: str) -> str:
    return f"{code[4:]}-{code[1:4]}"


def _nigerian(code: str) -> str:
    """Three digits of a bank, or six of another institution, whose five have a 9 before them (revision of 2020)."""
    return f"9{code}" if len(code) == 5 else code.removeprefix("000") if len(code) == 6 else code


def _brazilian_branch(code: str) -> str:
    """Four digits; the check digit that may follow tells nothing more."""
    return code[:4] if len(code) == 5 else code.rjust(4, "0")


_ACCOUNT_BR = Part(_("Account number"), _span(2, 14), re.compile(r"[0-9]+[0-9XP]"))

FORMATS: dict[str, Format] = {
    # Central Bank of Argentina: CBU, and CVU of payment services
    "AR": Format((Part("CBU", (22,), groups=(8, 14)),), checks.argentina, bank=(0, slice(3))),
    # Australian Payments Network, BECS procedures: BSB; accounts are up to nine digits, ten at some
    "AU": Format((Part("BSB", (6,), groups=(3, 3)), _account(4, 10))),
    # Febraban: bank (COMPE, or ISPB of the central bank), branch and account, each with a digit the bank makes up
    "BR": Format(
        (
            Part(_("Bank code"), (3, 8)),
            Part(_("Branch code"), _span(1, 5), settle=_brazilian_branch),
            _ACCOUNT_BR,
        )
    ),
    # Payments Canada, standard 005: a zero, institution, transit
    "CA": Format(
        (Part(_("Transit and institution number"), (9,), re.compile("0[0-9]+"), show=_as_on_cheques), _account(5, 12)),
        bank=(0, slice(1, 4)),
        rewrite=_canadian,
    ),
    # People's Bank of China: CNAPS code. Accounts of individuals are mostly card numbers, which are refused as such
    "CN": Format((Part("CNAPS", (12,)), _account(8, 32))),
    # Pay.UK: six and seven digits are filled up to eight
    "GB": Format((Part(_("Sort code"), (6,), groups=(2, 2, 2)), _account(6, 8, fill=8))),
    # Hong Kong Interbank Clearing: bank code; the account begins with its branch
    "HK": Format((Part(_("Bank code"), (3,)), _account(6, 12))),
    # Reserve Bank of India: IFSC
    "IN": Format(
        (Part("IFSC", (11,), re.compile("[A-Z]{4}0[A-Z0-9]{6}")), _account(9, 18)),
        bank=(0, slice(4)),
    ),
    # Japanese Banks' Payment Clearing Network (Zengin): bank and branch
    "JP": Format((Part(_("Bank and branch code"), (7,), groups=(4, 3)), _account(4, 7, fill=7)), bank=(0, slice(4))),
    # Korea Financial Telecommunications and Clearings Institute
    "KR": Format((Part(_("Bank code"), (3,)), _account(10, 16))),
    # Asociación de Bancos de México: CLABE
    "MX": Format((Part("CLABE", (18,), groups=(3, 3, 11, 1)),), checks.mexico, bank=(0, slice(3))),
    # Central Bank of Nigeria: NUBAN
    "NG": Format((Part(_("Bank code"), (3, 5, 6), settle=_nigerian), Part("NUBAN", (10,))), checks.nigeria),
    # Payments NZ: bank, branch, account, suffix
    "NZ": Format(
        (
            Part(_("Bank"), (1, 2), fill=2),
            Part(_("Branch"), _span(1, 4), fill=4),
            _account(1, 7, fill=7),
            Part(_("Suffix"), _span(1, 3), fill=3),
        ),
        checks.new_zealand,
        joint="-",
    ),
    # Bangko Sentral ng Pilipinas: BRSTN
    "PH": Format((Part("BRSTN", (9,)), _account(8, 16)), checks.philippines),
    # Bank of Russia: BIK, and accounts with a key
    "RU": Format((Part("BIK", (9,)), Part(_("Account number"), (20,))), checks.russia),
    # Bank of Thailand: bank code of the clearing house
    "TH": Format((Part(_("Bank code"), (3,)), _account(10, 15))),
    # National Bank of Ukraine: MFO and account, before IBANs came in 2019
    "UA": Format((Part("MFO", (6,)), _account(5, 14))),
    # American Bankers Association, and Nacha for the account's length
    "US": Format((Part(_("Routing number"), (9,)), _account(4, 17)), checks.united_states),
    # Payments Association of South Africa: branch code, or the bank's universal one
    "ZA": Format((Part(_("Branch code"), (6,)), _account(7, 13))),
}
