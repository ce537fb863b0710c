"""Check digits of national account numbers, each by the rule its authority publishes.

A check takes the compact parts of one account and raises `InvalidValue` where they do not fit together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import cycle

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue

# New Zealand (Inland Revenue, account number validation for certificate filing): the algorithm of each bank, and of
# each algorithm its weights over the 16 digits and two moduli, for each product and for their sum.
_NZ_BANKS = {"08": "D", "09": "E", "25": "F", "33": "F", "26": "G", "28": "G", "29": "G"}
_NZ_USUAL = frozenset("01 02 03 04 06 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 27 30 35 38".split())
_NZ_RULES = {
    "A": ((0, 0, 6, 3, 7, 9, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0), 11, 11),
    "B": ((0, 0, 0, 0, 0, 0, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0), 11, 11),
    "D": ((0, 0, 0, 0, 0, 0, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0), 11, 11),
    "E": ((0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 4, 3, 2, 0, 0, 1), 9, 11),
    "F": ((0, 0, 0, 0, 0, 0, 1, 7, 3, 1, 7, 3, 1, 0, 0, 0), 10, 10),
    "G": ((0, 0, 0, 0, 0, 0, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1), 9, 10),
}
_NZ_OTHER_ACCOUNTS = "0990000"  # from here on, algorithm B instead of A
# The first two digits of routing numbers (American Bankers Association, key to routing numbers): the government, the
# twelve Federal Reserve districts, thrift institutions, electronic payments, traveller's cheques.
_ABA_STARTS = frozenset(f"{number:02d}" for number in (*range(13), *range(21, 33), *range(61, 73), 80))


def _weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _wrong(part: object) -> InvalidValue:
    return InvalidValue(
        _("%(part)s: wrong checksum. A digit was probably mistyped, or two were swapped"), rule="checksum", part=part
    )


def united_states(parts: Sequence[str]) -> None:
    """ABA routing number (American Bankers Association): weights 3, 7, 1, sum divisible by ten."""
    routing = parts[0]
    if routing[:2] not in _ABA_STARTS:
        raise InvalidValue(
            _("Routing number: no such number begins with %(start)s"), rule="range", position=1, start=routing[:2]
        )
    if _weighted(routing, cycle((3, 7, 1))) % 10:
        raise _wrong(_("Routing number"))


def philippines(parts: Sequence[str]) -> None:
    """BRSTN: made after the ABA routing number, with its check."""
    if _weighted(parts[0], cycle((3, 7, 1))) % 10:
        raise _wrong("BRSTN")


def mexico(parts: Sequence[str]) -> None:
    """CLABE (Asociación de Bancos de México): weights 3, 7, 1, and the complement of the sum as last digit."""
    clabe = parts[0]
    if (_weighted(clabe[:-1], cycle((3, 7, 1))) + int(clabe[-1])) % 10:
        raise _wrong("CLABE")


def argentina(parts: Sequence[str]) -> None:
    """CBU (Banco Central de la República Argentina): two blocks, weights 3, 1, 7, 9 from the right of each."""
    cbu = parts[0]
    for block in (cbu[:8], cbu[8:]):
        if (_weighted(block[-2::-1], cycle((3, 1, 7, 9))) + int(block[-1])) % 10:
            raise _wrong("CBU")


def new_zealand(parts: Sequence[str]) -> None:
    """By bank; numbers of banks that the published table does not name have no check."""
    digits = "".join(parts)
    bank, base = parts[0], parts[2]
    rule = _NZ_BANKS.get(bank) or ("A" if bank in _NZ_USUAL else "")
    if not rule:
        return
    if rule == "A" and base >= _NZ_OTHER_ACCOUNTS:
        rule = "B"
    weights, modulus, total_modulus = _NZ_RULES[rule]
    products = (int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    if sum(one % modulus if one > modulus else one for one in products) % total_modulus:
        raise _wrong(_("Account number"))


def nigeria(parts: Sequence[str]) -> None:
    """NUBAN (Central Bank of Nigeria): weights 3, 7, 3 over bank code and serial number, the complement at the end."""
    bank, account = parts
    if (_weighted(bank + account[:-1], cycle((3, 7, 3))) + int(account[-1])) % 10:
        raise _wrong(_("Account number"))


def russia(parts: Sequence[str]) -> None:
    """Bank of Russia: the last three digits of the BIK and the account, weights 7, 1, 3, divisible by ten.

    Accounts at the central bank itself (BIK ending in 000 to 002) are keyed with a 0 and the BIK's fifth and sixth.
    """
    bik, account = parts
    key = f"0{bik[4:6]}" if bik[6:] in ("000", "001", "002") else bik[6:]
    if _weighted(key + account, cycle((7, 1, 3))) % 10:
        raise _wrong(_("Account number"))
