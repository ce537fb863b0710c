"""Bitcoin addresses: base58check (P2PKH, P2SH), native segregated witness (bech32), taproot (bech32m).

Addresses of the test networks are valid and said to be such; private and extended keys are refused.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.indicators.coins import KEY_HASH, SCRIPT_HASH, TEST_WORDS, Coin, Form
from efc_portal.indicators.declaration import Shape


class BitcoinWallet(Coin):
    code = "wallet_btc"
    label = _("Bitcoin wallet")
    help = _("A Bitcoin address: it begins with 1, 3, bc1q or bc1p.")
    example = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    order = 20
    lifetime_days = 5 * 365
    name = "Bitcoin"
    scheme = "bitcoin"
    forms = {
        b"\x00": Form("bitcoin", KEY_HASH),
        b"\x05": Form("bitcoin", SCRIPT_HASH),
        b"\x6f": Form("bitcoin-testnet", TEST_WORDS),
        b"\xc4": Form("bitcoin-testnet", TEST_WORDS),
    }
    prefixes = {"bc": "bitcoin", "tb": "bitcoin-testnet", "bcrt": "bitcoin-regtest"}
    shape = re.compile(
        r"(?i:bitcoin:)?(?:[13][a-zA-Z0-9]{24,36}|[mnMN2][a-zA-Z0-9]{32,36}|[5kKlL9cC][a-zA-Z0-9]{50,51}"
        r"|(?i:[xyztuv]pub)[a-zA-Z0-9]{100,112}|(?i:bc|tb|bcrt)1[a-zA-Z0-9]{6,87})(?:\?.*)?"
    )
    shapes = (
        Shape("13", 25, 37, ""),
        Shape("mnMN2", 33, 37, ""),
        Shape("bBtT", 9, 92, ""),
        Shape("5kKlL9cC", 51, 52, ""),
        Shape("xyztuvXYZTUV", 104, 116, ""),
        Shape("123459bBcCkKlLmMnNtTuUvVxXyYzZ", 9, marks=":?"),
    )
    pattern = re.compile(
        r"(?<![A-Za-z0-9])(?:[123mn][1-9A-HJ-NP-Za-km-z]{25,34}|(?:bc|tb|bcrt)1[02-9ac-hj-np-z]{11,71}"
        r"|(?:BC|TB|BCRT)1[02-9AC-HJ-NP-Z]{11,71})(?![A-Za-z0-9])"
    )


DECLARATION = BitcoinWallet()
