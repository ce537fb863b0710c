"""Zcash addresses: transparent (t1, t3), Sapling (zs1), unified (u1), and TEX (tex1)."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import base58, zcash
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.coins import KEY_HASH, SCRIPT_HASH, TEST_WORDS, Coin, Form
from efc_portal.indicators.declaration import Shape

_WORDS = {
    zcash.SAPLING: _("Shielded address"),
    zcash.UNIFIED: _("Unified address"),
    zcash.TEX: _("Takes payments from transparent addresses alone"),
}
_SPROUT = b"\x16\x9a"  # before 64 bytes


class ZcashWallet(Coin):
    code = "wallet_zec"
    label = _("Zcash wallet")
    help = _("A Zcash address: it begins with t1, t3, zs1, u1 or tex1.")
    example = "t1WSKwCDL1QYRRUrCCknEs5tDLhtGVYu9KM"
    order = 27
    lifetime_days = 5 * 365
    method = "anonymity_enhanced"
    name = "Zcash"
    scheme = "zcash"
    lengths = (35, 35)
    forms = {
        b"\x1c\xb8": Form("zcash", KEY_HASH),
        b"\x1c\xbd": Form("zcash", SCRIPT_HASH),
        b"\x1d\x25": Form("zcash-testnet", TEST_WORDS),
        b"\x1c\xba": Form("zcash-testnet", TEST_WORDS),
    }
    shape = re.compile(
        r"(?i:zcash:)?(?:[tT][13mM2][a-zA-Z0-9]{31,35}|[zZ][cC][a-zA-Z0-9]{93}"
        r"|(?i:zs|ztestsapling|u|utest|tex|textest)1[a-zA-Z0-9]{20,1000})(?:\?.*)?"
    )
    shapes = (Shape("tTuUzZ", 22, 1013, ""), Shape("tTuUzZ", 22, marks=":?"))
    pattern = re.compile(
        r"(?<![A-Za-z0-9])(?:t[13][1-9A-HJ-NP-Za-km-z]{33}|(?:zs|u|tex)1[02-9ac-hj-np-z]{30,500})(?![A-Za-z0-9])"
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = self.bare(text)
        if _prefix(address):
            zcash.decode(address)
            return address.lower()
        if address[:2] == "zc" and base58.decode_check(address)[:2] == _SPROUT:
            raise InvalidValue(
                _("This is an address of Zcash’s first shielded pool, which was closed to new money in 2020"),
                rule="kind",
            )
        return super().canonicalise(address)

    def form(self, canonical: str) -> Form:
        if not _prefix(canonical):
            return super().form(canonical)
        kind, network = zcash.PREFIXES[_prefix(canonical)]
        return Form(network, _WORDS[kind] if network == "zcash" else TEST_WORDS)


def _prefix(address: str) -> str:
    """What a shielded, unified or TEX address begins with, or ""."""
    prefix = address.partition("1")[0].lower()
    return prefix if prefix in zcash.PREFIXES else ""


DECLARATION = ZcashWallet()
