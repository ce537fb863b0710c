"""Chains and tokens, kept apart from addresses.

One key holds the same address on every chain of Ethereum's kind, and on each of them any token: so what tells two
wallets apart is the address alone, and the chain and token that somebody names are said beside it (`Said`). They may
stand before or behind the address, in words (`USDT on Polygon: 0x…`) or as EIP-681, EIP-3770 or CAIP-10 write them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue


class Chain(NamedTuple):
    """A chain: our code, its name, its coin's symbol, its number (EIP-155; 0 for other kinds), and other names."""

    code: str
    name: str
    symbol: str
    number: int = 0
    others: tuple[str, ...] = ()  # lower case; the short names of EIP-3770 are among them

    @property
    def is_evm(self) -> bool:
        return self.number > 0


CHAINS: dict[str, Chain] = {
    chain.code: chain
    for chain in (
        Chain("ethereum", "Ethereum", "ETH", 1, ("eth", "mainnet", "erc20", "erc-20")),
        Chain("bsc", "BNB Smart Chain", "BNB", 56, ("bnb", "binance", "bep20", "bep-20")),
        Chain("polygon", "Polygon", "POL", 137, ("matic", "pol")),
        Chain("arbitrum", "Arbitrum One", "ETH", 42161, ("arb1", "arb")),
        Chain("base", "Base", "ETH", 8453),
        Chain("optimism", "OP Mainnet", "ETH", 10, ("oeth", "op")),
        Chain("avalanche", "Avalanche C-Chain", "AVAX", 43114, ("avax", "avaxc", "c-chain")),
        Chain("ethereum-classic", "Ethereum Classic", "ETC", 61, ("etc",)),
        Chain("gnosis", "Gnosis", "XDAI", 100, ("gno", "xdai")),
        Chain("fantom", "Fantom", "FTM", 250, ("ftm",)),
        Chain("celo", "Celo", "CELO", 42220),
        Chain("linea", "Linea", "ETH", 59144),
        Chain("scroll", "Scroll", "ETH", 534352, ("scr",)),
        Chain("zksync", "ZKsync Era", "ETH", 324),
        Chain("cronos", "Cronos", "CRO", 25, ("cro",)),
        Chain("sepolia", "Sepolia", "ETH", 11155111, ("sep",)),
        Chain("tron", "TRON", "TRX", 0, ("trx", "trc20", "trc-20")),
        Chain("bitcoin", "Bitcoin", "BTC", 0, ("btc", "xbt")),
        Chain("bitcoin-cash", "Bitcoin Cash", "BCH", 0, ("bch", "bitcoincash")),
        Chain("litecoin", "Litecoin", "LTC", 0, ("ltc",)),
        Chain("dogecoin", "Dogecoin", "DOGE", 0, ("doge",)),
        Chain("dash", "Dash", "DASH"),
        Chain("zcash", "Zcash", "ZEC", 0, ("zec",)),
        Chain("monero", "Monero", "XMR", 0, ("xmr",)),
        Chain("xrp-ledger", "XRP Ledger", "XRP", 0, ("xrp", "xrpl", "ripple")),
    )
}
BY_NAME: dict[str, Chain] = {
    name: chain for chain in CHAINS.values() for name in (chain.code, chain.name.lower(), *chain.others)
}
_BY_NUMBER = {chain.number: chain for chain in CHAINS.values() if chain.is_evm}

# The contracts of the tokens that are paid with most, by symbol and chain, as their issuers publish them.
CONTRACTS: tuple[tuple[str, str, str], ...] = (
    ("USDT", "ethereum", "0xdAC17F958D2ee523a2206206994597C13D831ec7"),
    ("USDT", "bsc", "0x55d398326f99059fF775485246999027B3197955"),
    ("USDT", "polygon", "0xc2132D05D31c914a87C6611C10748AEb04B58e8F"),
    ("USDT", "arbitrum", "0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9"),
    ("USDT", "optimism", "0x94b008aA00579c1307B0EF2c499aD98a8ce58e58"),
    ("USDT", "avalanche", "0x9702230A8Ea53601f5cD2dc00fDBc13d4dF4A8c7"),
    ("USDT", "tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
    ("USDC", "ethereum", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"),
    ("USDC", "bsc", "0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d"),
    ("USDC", "polygon", "0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359"),
    ("USDC", "polygon", "0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174"),
    ("USDC", "arbitrum", "0xaf88d065e77c8cC2239327C5EDb3A432268e5831"),
    ("USDC", "arbitrum", "0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8"),
    ("USDC", "base", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"),
    ("USDC", "optimism", "0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85"),
    ("USDC", "avalanche", "0xB97EF9Ef8734C71904D8002F8b6Bc66Dd9c48a6E"),
    ("USDC", "tron", "TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8"),
    ("DAI", "ethereum", "0x6B175474E89094C44Da98b954EedeAC495271d0F"),
)
_SYMBOL_OF = {(chain, contract.lower()): symbol for symbol, chain, contract in CONTRACTS}
TOKENS = {symbol: symbol for symbol, _chain, _contract in CONTRACTS} | {
    "TETHER": "USDT", "USD₮": "USDT", "USDT0": "USDT", "USDC.E": "USDC", "BUSD": "BUSD", "TUSD": "TUSD",
    "PYUSD": "PYUSD", "EURC": "EURC", "USDE": "USDE", "FDUSD": "FDUSD", "WETH": "WETH", "WBTC": "WBTC",
}  # fmt: skip
# Words around an address that say nothing by themselves.
_FILLERS = frozenset(
    "on in the via network chain token tokens coin wallet address tx txid txhash hash transaction".split()
)
# Standards of tokens and symbols of coins: they say a chain only where none is named (`ETH on Base`).
_WEAK = {"erc20", "erc-20", "bep20", "bep-20", "trc20", "trc-20"} | {one.symbol.lower() for one in CHAINS.values()}
_PIECES = re.compile(r"[\s:,;()\[\]/=#]+")
BESIDE = " :,;()[]/=#-@?"  # one of these stands between an address or number and what is said beside it
_NUMBERED = re.compile(r"eip155-([0-9]{1,15})")
_CAIP = re.compile(r"eip155:([0-9]{1,15}):", re.IGNORECASE)
_PAYMENT = re.compile(
    r"ethereum:(?:pay-)?(?P<target>0x[0-9a-z]*)(?:@(?P<number>[0-9]{1,15}))?(?:/(?P<function>\w+))?(?:\?(?P<query>.*))?",
    re.IGNORECASE,
)
_RECIPIENT = re.compile(r"(?:^|&)address=(0x[0-9a-zA-Z]+)")
NO_CHAIN = _(
    "Beside the number or address stands something that is neither a chain nor a token known here. Leave it out"
)


class Parted(NamedTuple):
    """An address as it was pasted, and the codes of the chain and token that were named with it, or ""."""

    address: str
    chain: str = ""
    token: str = ""


def chain_numbered(number: int) -> str:
    """The code of a chain of Ethereum's kind: ours, or `eip155-31337` for one that the table does not have."""
    return _BY_NUMBER[number].code if number in _BY_NUMBER else f"eip155-{number}"


def chain_name(code: str) -> str:
    return CHAINS[code].name if code in CHAINS else code


def parted(text: str, shape: re.Pattern[str]) -> Parted:
    """An address of this shape out of a folded text, with what is said beside it. Raises `InvalidValue`.

    Without anything of the shape in it, the text itself is the address, and the caller says what is wrong with it.
    """
    if any(mark in text for mark in "@?") and (found := _PAYMENT.fullmatch(text)):
        return _payment(found)
    if shape.fullmatch(text):
        return Parted(text)
    number = ""
    if found := _CAIP.match(text):
        number, text = found[1], text[found.end() :]
    found = shape.search(text)
    if found is None:
        return Parted(text.replace(" ", ""), chain_numbered(int(number)) if number else "")
    chain, token = _named(f"{text[: found.start()]} {text[found.end() :]}")
    if number and chain not in ("", chain_numbered(int(number))):
        raise InvalidValue(_("Two different chains are named. Name the one that was used"), rule="chain")
    return Parted(found[0], chain_numbered(int(number)) if number else chain, token)


def _payment(found: re.Match[str]) -> Parted:
    """A payment link of EIP-681. In a transfer the token's contract is what is called, and the wallet a parameter."""
    chain = chain_numbered(int(found["number"])) if found["number"] else ""
    if not found["function"]:
        return Parted(found["target"], chain)
    recipient = _RECIPIENT.search(found["query"] or "")
    if found["function"] != "transfer" or recipient is None:
        raise InvalidValue(
            _("This link calls a contract and pays nobody. Give the addresses that paid or were paid"), rule="kind"
        )
    contract = found["target"].lower()
    return Parted(recipient[1], chain, _SYMBOL_OF.get((chain or "ethereum", contract), contract))


def _named(words: str) -> tuple[str, str]:
    """The chain and the token that some words name; raises `InvalidValue` for any other word."""
    pieces = [bare for piece in _PIECES.split(words) for bare in _undashed(piece)]
    chains: set[str] = set()
    weak: set[str] = set()
    tokens: set[str] = set()
    place = 0
    while place < len(pieces):
        for size in (3, 2, 1):
            word = " ".join(pieces[place : place + size]).lower()
            if word in BY_NAME:
                (weak if word in _WEAK else chains).add(BY_NAME[word].code)
            elif found := _NUMBERED.fullmatch(word):
                chains.add(chain_numbered(int(found[1])))
            elif word.upper() in TOKENS:
                tokens.add(TOKENS[word.upper()])
            elif word not in _FILLERS:
                continue
            place += size
            break
        else:
            raise InvalidValue(NO_CHAIN, rule="structure")
    named = chains or weak
    if len(named) > 1 or len(tokens) > 1:
        raise InvalidValue(_("Two different chains or tokens are named. Name the one that was used"), rule="chain")
    return next(iter(named), ""), next(iter(tokens), "")


def _undashed(piece: str) -> list[str]:
    """A piece of the words around an address, parted at its dashes unless its name has them: `USDT-ERC20`."""
    bare = piece.strip("-–—")
    if not bare or bare.lower() in BY_NAME or _NUMBERED.fullmatch(bare.lower()) or bare.lower() == "c-chain":
        return [bare] if bare else []
    return [part for part in bare.split("-") if part]


def beside(chain: str, token: str) -> str:
    """A chain and a token in words, either of them or both; "" for neither."""
    shown = {"chain": chain_name(chain), "token": token}
    if chain and token:
        return gettext("%(token)s on %(chain)s; the address is the same on every chain of its kind") % shown
    if chain:
        return gettext("On %(chain)s; the address is the same on every chain of its kind") % shown
    return gettext("Token %(token)s") % shown if token else ""
