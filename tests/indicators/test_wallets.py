from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import wallets
from efc_portal.core.standards import base58
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.keccak import keccak_256
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


# What each asset of the published list is: type and chain. Chains of Ethereum's kind share their addresses.
PUBLISHED = {
    "XBT": ("wallet_btc", "bitcoin"),
    "LTC": ("wallet_ltc", "litecoin"),
    "BCH": ("wallet_bch", "bitcoin-cash"),
    "TRX": ("wallet_tron", "tron"),
    "XMR": ("wallet_xmr", "monero"),
    "DASH": ("wallet_dash", "dash"),
    "ZEC": ("wallet_zec", "zcash"),
    **dict.fromkeys(("ETH", "ETC", "ARB", "BSC"), ("wallet_eth", "ethereum")),
}
TOKENS = {"0": ("wallet_eth", "ethereum"), "T": ("wallet_tron", "tron")}  # USDT and USDC sit on several chains
NOT_TAKEN = {"BTG": "Bitcoin Gold", "XVG": "Dogecoin or Verge"}


@pytest.mark.parametrize("row", rows("ofac-wallets.csv"), ids=lambda row: f"{row['asset']} {row['address'][:8]}")
def test_published_addresses(row: dict[str, str]) -> None:
    """Each is accepted on its chain, or refused with a reason that holds up."""
    asset, address = row["asset"], row["address"]
    if asset in NOT_TAKEN:
        assert NOT_TAKEN[asset] in refusal(address).message
        return
    wanted = PUBLISHED.get(asset) or TOKENS.get(address[0]) or ("wallet_btc", "bitcoin")
    found = identify(address)
    assert (found.type, found.chain) == wanted
    assert identify(address, type=found.type) == identify(found.canonical) == found


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


@pytest.mark.parametrize(
    ("value", "wallet", "canonical", "detail"),
    [
        ("litecoin:LNwgtMxcKUQ51dw7bQL1yPQjBVZh6QEqsd?amount=1", "wallet_ltc", None, "Pay to public key hash"),
        ("ltc1qg42tkwuuxefutzxezdkdel39gfstuap288mfea", "wallet_ltc", None, "Segregated witness address"),
        ("qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "wallet_bch",
         "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "Pay to public key hash"),
        ("r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59?dt=14", "wallet_xrp",
         "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59?dt=14", "Destination tag 14"),
        ("X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ", "wallet_xrp", "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59", ""),
        ("X7AcgcsBL6XDcUb289X4mJ8djcdyKaGo2K5VpXpmCqbV2gS", "wallet_xrp",
         "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59?dt=14", "Destination tag 14"),
        ("tex10wur2u9clts5dcpu2vc6qg93uzyj7cca2xm732", "wallet_zec", None,
         "Takes payments from transparent addresses alone"),
    ],
)  # fmt: skip
def test_other_coins(value: str, wallet: str, canonical: str | None, detail: str | None) -> None:
    found = identify(value)
    assert found.type == wallet
    assert canonical is None or found.canonical == canonical
    assert detail is None or found.detail == detail


def test_one_wallet_however_it_is_written() -> None:
    """What is only one place on a chain has one canonical form."""
    pairs = {
        ("3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC", "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq"): "wallet_bch",
        ("1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"): "wallet_bch",
        ("41a614f803b6fd780986a42c78ec9c7f77e6ded13c", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"): "wallet_tron",
    }
    for (one, other), wallet in pairs.items():
        assert identify(one, type=wallet) == identify(other, type=wallet)
    script = base58.encode_check(b"\x05" + bytes(20))
    assert identify(script).type == "wallet_btc", "whoever means Litecoin says so"
    assert identify(script, type="wallet_ltc").canonical == base58.encode_check(b"\x32" + bytes(20))


def test_sentences_of_other_coins() -> None:
    for value, wallet, sentence in (
        (GENESIS, "wallet_ltc", "This is a valid address, but of Bitcoin, not of Litecoin"),
        (
            "LNwgtMxcKUQ51dw7bQL1yPQjBVZh6QEqsd",
            "wallet_btc",
            "This is a valid address, but of Litecoin, not of Bitcoin",
        ),
        ("snoPBrXtMeMyMHUVTgbuqAfg1SUTb", "wallet_xrp", "This is a private key: whoever holds it holds the money."),
        ("T719a5UwUCnEs54UsxG9CJYYDhwmFCqkr7wxCcNcfZ6p5GZ", "wallet_xrp", "Test network"),
        ("r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59?dt=4294967296", "wallet_xrp", "A destination tag is a number up to"),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T", "wallet_tron", "Wrong checksum"),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj", "wallet_tron", "Wrong length: an address of TRON has 34 characters"),
    ):
        assert refusal(value, type=wallet).message.startswith(sentence)


@pytest.mark.parametrize("code", wallets.FORMS)
def test_every_form_made_of_random_bytes_is_recognised(code: str) -> None:
    for value in wallets.of(code, 2, 30):
        found = identify(value)
        assert (found.type, identify(found.canonical)) == (code, found)


@given(st.binary(min_size=20, max_size=20), st.integers(2, 41))
def test_mixed_case_is_that_of_eip_55(data: bytes, place: int) -> None:
    """As the standard writes it, digit by digit; and one letter in the other case is noticed."""
    lower = f"0x{data.hex()}"
    digest = keccak_256(data.hex().encode()).hex()
    written = "0x" + "".join(
        char.upper() if int(mark, 16) >= 8 else char for char, mark in zip(data.hex(), digest[:40], strict=True)
    )
    assert checksummed(lower) == written
    other = written[:place] + written[place].swapcase() + written[place + 1 :]
    if other != written and other[2:] not in (other[2:].lower(), other[2:].upper()):
        assert refusal(other, type="wallet_eth").rule == "checksum"
