"""Transactions of virtual currencies, by their chain and their number (a hash of 32 bytes in hexadecimal).

The number alone does not say where to look it up, so that the chain belongs to the value: `bitcoin:4a5e…`. It may be
given in words, or as the address of a page of a block explorer. The canonical form is lower case; on chains of
Ethereum's kind the number begins with 0x.
"""

from __future__ import annotations

import re
from dataclasses import replace
from string import hexdigits
from urllib.parse import urlsplit

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold, refang
from efc_portal.indicators.chains import BESIDE, BY_NAME, CHAINS, chain_name, parted
from efc_portal.indicators.clues import runs
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, Span, StixHint, Words
from efc_portal.indicators.plain import Plain

_DIGITS = 64
_HASH = re.compile(r"(?<![0-9a-zA-Z])(?:0[xX])?[0-9a-zA-Z]{60,68}(?![0-9a-zA-Z])")
_BARE = re.compile(r"(?:0x)?[0-9a-f]{60,68}", re.IGNORECASE)
_LOOK_BACK = 60
_CHAIN_BEFORE = re.compile(
    rf"(?<![\w/.-])(?:{'|'.join(sorted(map(re.escape, BY_NAME), key=len, reverse=True))})"
    r"(?: (?:tx|txid|transaction|hash)){0,2} ?:? ?\Z",
    re.IGNORECASE,
)
_NOT_HEX = re.compile(r"[^0-9a-fA-F]")
_EXPLORERS = {
    "mempool.space": "bitcoin", "blockstream.info": "bitcoin", "blockchain.info": "bitcoin", "btcscan.org": "bitcoin",
    "etherscan.io": "ethereum", "bscscan.com": "bsc", "polygonscan.com": "polygon", "arbiscan.io": "arbitrum",
    "basescan.org": "base", "optimistic.etherscan.io": "optimism", "snowtrace.io": "avalanche",
    "snowscan.xyz": "avalanche",
    "ftmscan.com": "fantom", "celoscan.io": "celo", "lineascan.build": "linea", "scrollscan.com": "scroll",
    "gnosisscan.io": "gnosis", "cronoscan.com": "cronos", "era.zksync.network": "zksync",
    "sepolia.etherscan.io": "sepolia", "tronscan.org": "tron", "tronscan.io": "tron", "xrpscan.com": "xrp-ledger",
    "livenet.xrpl.org": "xrp-ledger", "bithomp.com": "xrp-ledger", "xmrchain.net": "monero",
    "dogechain.info": "dogecoin", "litecoinspace.org": "litecoin", "insight.dash.org": "dash",
}  # fmt: skip
_BY_PATH = {"blockchair.com", "live.blockcypher.com", "blockchain.com", "oklink.com"}  # the chain is in the path
_ASK = _("Say on which chain it is, as in bitcoin: or ethereum: before the number; the number alone does not tell")


class Transaction(IndicatorType):
    code = "transaction"
    label = _("Virtual-currency transaction")
    help = _(
        "The chain and the transaction’s number (its hash), as in bitcoin:4a5e…; or the address of its page at a block "
        "explorer."
    )
    example = "bitcoin:4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
    accepts = (
        "4A5E1E4BAAB89F3A32518A88C31BC87F618F76673E2CC77AB2127B7AFDEDA33B (BTC)",
        "Ethereum: 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060",
        "hxxps://etherscan[.]io/tx/0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060",
    )
    refuses = (
        "0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060",
        "bitcoin:4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33",
        "bitcoin:4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33g",
        "bitcoin:0x4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
    )
    order = 32
    lifetime_days = 10 * 365
    method = "virtual_currency"
    stix = StixHint("cryptocurrency-transaction", "value", "extension-definition--151d042d-4dcf-5e44-843f-1024440318e5")
    misp = MispHint("transaction", "transaction-number")
    goaml = "transaction/transactionnumber"
    shapes = (Shape(hexdigits, _DIGITS - 4, _DIGITS + 6, ""), Shape("", _DIGITS - 3, marks=BESIDE))
    clues = (runs,)
    starts = hexdigits
    pattern = re.compile(r"(?:0[xX])?[0-9a-fA-F]{64}")

    def canonicalise(self, text: str, region: str | None = None) -> str:
        chain, number = _parted(text)
        digits = number[2:] if number[:2] in ("0x", "0X") else number
        if wrong := _NOT_HEX.search(digits):
            raise InvalidValue(
                _("Position %(position)s: %(character)s is not a hexadecimal digit"),
                rule="alphabet",
                position=wrong.start() + 1 + len(number) - len(digits),
                character=wrong[0],
            )
        if len(digits) != _DIGITS:
            raise InvalidValue(
                _("Wrong length: a transaction’s number has %(wanted)s hexadecimal digits, this one has %(length)s"),
                rule="length",
                wanted=_DIGITS,
                length=len(digits),
            )
        if not chain:
            raise InvalidValue(_ASK, rule="chain")
        is_evm = chain not in CHAINS or CHAINS[chain].is_evm
        if not is_evm and len(digits) != len(number):
            raise InvalidValue(
                _("On %(chain)s the number has no 0x before it: it is another chain’s, or 0x was added by mistake"),
                rule="chain",
                chain=chain_name(chain),
            )
        if not digits.strip("0"):
            raise InvalidValue(_("This is zeros alone, and no transaction’s number"), rule="dummy")
        return f"{chain}:{'0x' if is_evm else ''}{digits.lower()}"

    def looks_like(self, text: str) -> bool:
        """Numbers, with or without a chain. Pages of explorers are URLs, unless somebody says otherwise."""
        if len(text) < _DIGITS - 4:
            return False
        folded = fold(text)
        if _BARE.fullmatch(folded):
            return True
        if "://" in folded or (found := _HASH.search(folded)) is None or not _BARE.fullmatch(found[0]):
            return False
        try:
            parted(folded, _HASH)
        except InvalidValue as error:
            return error.rule != "structure"
        return True

    def display(self, canonical: str) -> str:
        chain, _mark, number = canonical.partition(":")
        return f"{chain_name(chain)}: {number}"

    def masked(self, canonical: str) -> str:
        chain, _mark, number = canonical.partition(":")
        return f"{chain_name(chain)}: {number[:6]}…{number[-4:]}"

    def detail(self, canonical: str) -> Words:
        return gettext("Transaction on %(chain)s") % {"chain": chain_name(self.chain(canonical))}

    def chain(self, canonical: str) -> str:
        return canonical.partition(":")[0]

    def observable(self, canonical: str) -> tuple[StixHint, dict[str, str]]:
        """Its number; and its coin's symbol, where that says the chain."""
        chain, _mark, number = canonical.partition(":")
        symbol = CHAINS[chain].symbol if chain in CHAINS else ""
        says = symbol and BY_NAME.get(symbol.lower()) == CHAINS[chain]
        return replace(self.stix, also=(("symbol", symbol),) if says else ()), {self.stix.property: number}

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """A number with the name of its chain before it: a bare one could be any hash."""
        text = plain.code
        if end - start not in (_DIGITS, _DIGITS + 2) or not self.pattern.fullmatch(text, start, end):
            return None
        chain = _CHAIN_BEFORE.search(text, max(start - _LOOK_BACK, 0), start)
        return Span(chain.start(), end, text[chain.start() : end], self.found_as) if chain else None


def _parted(text: str) -> tuple[str, str]:
    """The chain's code, or "", and the number, out of what was pasted."""
    folded = refang(fold(text))
    if "://" in folded:
        return _explored(folded)
    found = parted(folded, _HASH)
    return found.chain, found.address


def _explored(address: str) -> tuple[str, str]:
    """Chain and number of the page of a block explorer."""
    try:
        parts = urlsplit(address)
        name = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        name = ""
    steps = [step for step in re.split(r"[/?#=&]", f"{parts.path}#{parts.fragment}") if step] if name else []
    number = next((step for step in steps if _HASH.fullmatch(step)), "")
    chain = _EXPLORERS.get(name, "")
    if name in _BY_PATH:
        chain = next((BY_NAME[step.lower()].code for step in steps if step.lower() in BY_NAME), "")
    if not chain or not number:
        raise InvalidValue(
            _("This page is at no block explorer known here. Give the chain and the transaction’s number"),
            rule="structure",
        )
    return chain, number


DECLARATION = Transaction()
