"""Chain and token are kept apart from an address: they are said beside it and tell no two equal addresses apart."""

from __future__ import annotations

import pytest

from efc_portal.core.standards import base58
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.chains import BY_NAME, CHAINS, CONTRACTS
from efc_portal.indicators.identify import identify
from efc_portal.indicators.known_defaults import DEFAULTS
from efc_portal.indicators.types.wallet_eth import checksummed
from tests.indicators.data import rows

ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
TETHER = "0xdAC17F958D2ee523a2206206994597C13D831ec7"
TRON = "TFdTr9C3BqQrzKBXqSxJfAZFTh8UwBAfSg"


@pytest.mark.parametrize(
    ("written", "chain", "token"),
    [
        (ADDRESS, "ethereum", ""),
        (f"USDT on Ethereum: {ADDRESS}", "ethereum", "USDT"),
        (f"USDC (Polygon) {ADDRESS}", "polygon", "USDC"),
        (f"{ADDRESS} (USDT, BEP-20)", "bsc", "USDT"),
        (f"USDT-ERC20: {ADDRESS}", "ethereum", "USDT"),
        (f"USDT ERC-20 on Arbitrum One {ADDRESS}", "arbitrum", "USDT"),  # a standard says no chain where one is named
        (f"ETH on Base: {ADDRESS}", "base", ""),
        (f"Tether: {ADDRESS}", "ethereum", "USDT"),
        (f"matic:{ADDRESS}", "polygon", ""),  # EIP-3770
        (f"arb1:{ADDRESS}", "arbitrum", ""),
        (f"ethereum:{ADDRESS}", "ethereum", ""),  # EIP-681
        (f"ethereum:pay-{ADDRESS}@137?value=2.014e18", "polygon", ""),
        (f"ethereum:{TETHER}@1/transfer?address={ADDRESS}&uint256=1e6", "ethereum", "USDT"),
        (f"ethereum:{TETHER}@56/transfer?address={ADDRESS}", "bsc", TETHER.lower()),  # not Tether's there
        (f"eip155:1:{ADDRESS}", "ethereum", ""),  # CAIP-10
        (f"eip155:8453:{ADDRESS}", "base", ""),
        (f"eip155:31337:{ADDRESS}", "eip155-31337", ""),
    ],
)
def test_chain_and_token_are_said_beside_the_address(written: str, chain: str, token: str) -> None:
    found = identify(written)
    assert (found.type, found.canonical) == ("wallet_eth", ADDRESS.lower())
    assert (found.chain, found.token) == (chain, token)
    assert found == identify(ADDRESS), "the same key holds the address on every chain, so they match"
    assert hash(found) == hash(identify(ADDRESS))


def test_the_detail_says_what_was_said() -> None:
    same = "the address is the same on every chain of its kind"
    assert identify(f"USDT on Polygon: {ADDRESS}").detail == f"USDT on Polygon; {same}"
    assert identify(f"bnb:{ADDRESS}").detail == f"On BNB Smart Chain; {same}"
    assert identify(f"USDC {ADDRESS}").detail == "Token USDC"
    assert identify(ADDRESS).detail == "Ethereum, its tokens, and chains of its kind"


@pytest.mark.parametrize(
    ("written", "token"),
    [
        (TRON, ""),
        (f"tron:{TRON}", ""),
        (f"tron:{TRON}?amount=5", ""),
        (f"tron:0x2b6653dc:{TRON}", ""),
        (f"USDT (TRC-20): {TRON}", "USDT"),
        (f"USDC on Tron {TRON}", "USDC"),
    ],
)
def test_tokens_on_tron(written: str, token: str) -> None:
    found = identify(written)
    assert (found.type, found.canonical, found.chain, found.token) == ("wallet_tron", TRON, "tron", token)


@pytest.mark.parametrize(
    ("value", "kind", "rule"),
    [
        (f"Bitcoin: {ADDRESS}", "wallet_eth", "chain"),
        (f"USDT TRC-20 {ADDRESS}", "wallet_eth", "chain"),
        (f"Polygon on Base {ADDRESS}", "wallet_eth", "chain"),
        (f"eip155:1:{ADDRESS} on Base", "wallet_eth", "chain"),
        (f"shop {ADDRESS}", "wallet_eth", "structure"),
        (f"ethereum:{TETHER}@1/approve?address={ADDRESS}", "wallet_eth", "kind"),
        (f"USDT on Polygon: {TRON}", "wallet_tron", "chain"),
        (f"shop {TRON}", "wallet_tron", "structure"),
    ],
)
def test_refusals(value: str, kind: str, rule: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(value, type=kind)
    assert error.value.rule == rule
    assert ADDRESS not in error.value.message


OF_ASSET = {"ETH": "ethereum", "ETC": "ethereum-classic", "ARB": "arbitrum", "BSC": "bsc"}


@pytest.mark.parametrize(
    "row",
    [
        row
        for row in rows("ofac-wallets.csv")
        if row["asset"] in (*OF_ASSET, "USDT", "USDC") and row["address"][0] in "0T"
    ],
    ids=lambda row: f"{row['asset']} {row['address'][:8]}",
)
def test_published_addresses_with_their_asset(row: dict[str, str]) -> None:
    """The asset named before the address is its chain, or a token on the chain that the address shows."""
    found = identify(f"{row['asset']}: {row['address']}")
    on_tron = row["address"].startswith("T")
    assert found.type == ("wallet_tron" if on_tron else "wallet_eth")
    assert found.chain == OF_ASSET.get(row["asset"], "tron" if on_tron else "ethereum")
    assert found.token == ("" if row["asset"] in OF_ASSET else row["asset"])
    assert found == identify(row["address"])


def test_a_token_on_the_chain_of_another_kind_is_refused_with_the_reason() -> None:
    """Tether's first tokens were on Bitcoin (Omni): such an address is a Bitcoin wallet, and is taken as one."""
    others = [
        row for row in rows("ofac-wallets.csv") if row["asset"] in ("USDT", "USDC") and row["address"][0] not in "0T"
    ]
    assert {identify(row["address"]).type for row in others} <= {"wallet_btc"}


def test_the_tables_hold_together() -> None:
    assert sum(len({chain.code, chain.name.lower(), *chain.others}) for chain in CHAINS.values()) == len(BY_NAME)
    for _symbol, chain, contract in CONTRACTS:
        if chain == "tron":
            base58.decode_check(contract)
        else:
            assert checksummed(contract.lower()) == contract, "mistyped: EIP-55 says so"
        assert identify(contract).canonical in {default.canonical for default in DEFAULTS}
