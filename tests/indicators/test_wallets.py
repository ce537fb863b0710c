from __future__ import annotations

import pytest

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types.wallet_eth import checksummed
from tests.core.standards.test_bech32 import VALID_SEGWIT
from tests.indicators.data import lines, rows

GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
# EIP-55, test cases.
EIP_55 = [
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
]
CHAINS = {"main": "bitcoin", "testnet4": "bitcoin-testnet", "signet": "bitcoin-testnet", "regtest": "bitcoin-regtest"}


def refusal(value: str, **options: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        identify(value, **options)
    return error.value


@pytest.mark.parametrize("row", rows("ofac-wallets.csv"), ids=lambda row: f"{row['asset']} {row['address'][:8]}")
def test_published_addresses(row: dict[str, str]) -> None:
    """Bitcoin and Ethereum addresses are accepted on their chain; no other chain's address is taken for Bitcoin's."""
    asset, address = row["asset"], row["address"]
    if asset == "XBT":
        found = identify(address)
        assert (found.type, found.chain) == ("wallet_btc", "bitcoin")
        assert found == identify(address, type="wallet_btc")
    elif address.startswith("0x"):
        found = identify(address)
        assert (found.type, found.canonical, found.chain) == ("wallet_eth", address.lower(), "ethereum")
    elif asset in ("BTG", "BCH", "DASH", "TRX", "XMR", "XVG", "ZEC"):
        assert refusal(address, type="wallet_btc").rule in ("chain", "structure", "length", "checksum", "alphabet")


@pytest.mark.parametrize("row", rows("bitcoin-addresses.csv"), ids=lambda row: row["text"][:12])
def test_bitcoin_core_vectors(row: dict[str, str]) -> None:
    if row["private"] == "yes":
        assert refusal(row["text"], type="wallet_btc").rule == "secret"
        assert refusal(row["text"]).rule == "secret"
        return
    found = identify(row["text"])
    assert found.type == "wallet_btc"
    if row["text"][0] in "bt":
        assert found.chain == CHAINS[row["chain"]]
        assert identify(row["text"].upper()) == found
    else:
        assert (found.chain == "bitcoin") == (row["chain"] == "main")


@pytest.mark.parametrize("text", lines("bitcoin-invalid.txt"))
def test_bitcoin_core_invalid_vectors(text: str) -> None:
    assert refusal(text, type="wallet_btc").message


@pytest.mark.parametrize("address", VALID_SEGWIT)
def test_bip_vectors(address: str) -> None:
    found = identify(address)
    assert (found.type, found.canonical) == ("wallet_btc", address.lower())


def test_bitcoin_forms() -> None:
    for address, detail in {
        GENESIS: "Pay to public key hash",
        "3P14159f73E4gFr7JterCCQh9QjiTjiZrG": "Pay to script hash",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4": "Segregated witness address",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0": "Taproot address",
        "tb1qcrh3yqn4nlleplcez2yndq2ry8h9ncg3qh7n54": "Test network: its coins are worth nothing",
    }.items():
        assert identify(address).detail == detail
    assert identify(f"bitcoin:{GENESIS}?amount=0.5&label=x").canonical == GENESIS


def test_bitcoin_sentences() -> None:
    for value, sentence in {
        "1A1zP10P5QGefi2DMPTfTL5SLmv7DivfNa": "Position 7: 0 is not a base58 character",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb": "Wrong checksum: a character was probably mistyped, left out or doubled",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5": "Wrong checksum: the last characters were probably mistyped",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t": "Wrong length: beginning with bc1q it has 42 / 62 characters",
        "GPwg61XoHqQPNmAucFACuQ5H9sGCDv9TpS": "This is a valid address, but of Bitcoin Gold, not of Bitcoin",
    }.items():
        assert refusal(value, type="wallet_btc").message.startswith(sentence)


@pytest.mark.parametrize("address", EIP_55)
def test_eip_55_vectors(address: str) -> None:
    assert checksummed(address.lower()) == address
    for written in (address, address.lower(), "0x" + address[2:].upper(), "0X" + address[2:]):
        assert identify(written).canonical == address.lower()


def test_ethereum_case_is_a_checksum() -> None:
    good = EIP_55[4]
    for place, char in enumerate(good):
        if char.isalpha() and place > 1:
            assert refusal(good[:place] + char.swapcase() + good[place + 1 :]).rule == "checksum"


def test_ethereum_sentences() -> None:
    for value, sentence in {
        EIP_55[0][:-1] + "g": "Position 42: g is not a hexadecimal digit",
        EIP_55[0][:-1]: "Wrong length: an Ethereum address has 40 characters after 0x, this one has 39",
        "0x" + "ab" * 32: "This has the form of a transaction’s number",
    }.items():
        assert refusal(value, type="wallet_eth").message.startswith(sentence)
    assert identify(EIP_55[0][2:], type="wallet_eth").canonical == EIP_55[0].lower()
    assert refusal(EIP_55[0][2:]).rule == "unrecognised"  # forty bare digits might be any hash
