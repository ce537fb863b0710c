"""Dash addresses: base58check with the versions of Dash Core's chain parameters."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.indicators.coins import KEY_HASH, SCRIPT_HASH, TEST_WORDS, Coin, Form
from efc_portal.indicators.declaration import Shape


class DashWallet(Coin):
    code = "wallet_dash"
    label = _("Dash wallet")
    help = _("A Dash address: it begins with X, or with 7.")
    example = "Xs3vzQmNvAxRa3Xo8XzQqUb3BMgb9EogF4"
    order = 26
    lifetime_days = 5 * 365
    name = "Dash"
    scheme = "dash"
    lengths = (34, 34)
    forms = {
        b"\x4c": Form("dash", KEY_HASH),
        b"\x10": Form("dash", SCRIPT_HASH),
        b"\x8c": Form("dash-testnet", TEST_WORDS),
        b"\x13": Form("dash-testnet", TEST_WORDS),
    }
    shape = re.compile(r"(?:dash:)?[X7y8][a-zA-Z0-9]{32,34}(?:\?.*)?")
    shapes = (Shape("X7y8", 33, 35, ""), Shape("dX7y8", 33, marks=":?"))
    pattern = re.compile(r"(?<![A-Za-z0-9])[X7y8][1-9A-HJ-NP-Za-km-z]{33}(?![A-Za-z0-9])")


DECLARATION = DashWallet()
