from __future__ import annotations

import pytest

from efc_portal.core.pan import truncate_pans
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.chains import CHAINS
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import TYPES

GENESIS = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"  # of Bitcoin's first block
FIRST = "0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060"  # Ethereum's first, in block 46,147


def refusal(value: str, **options: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        identify(value, **options)
    return error.value


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (f"bitcoin:{GENESIS}", f"bitcoin:{GENESIS}"),
        (f"BTC {GENESIS.upper()}", f"bitcoin:{GENESIS}"),
        (f"{GENESIS} (Bitcoin)", f"bitcoin:{GENESIS}"),
        (f"txid on Bitcoin Cash: {GENESIS}", f"bitcoin-cash:{GENESIS}"),
        (f"XMR: {GENESIS}", f"monero:{GENESIS}"),
        (f"USDT on Tron {GENESIS}", f"tron:{GENESIS}"),
        (f"xrpl {GENESIS.upper()}", f"xrp-ledger:{GENESIS}"),
        (f"Ethereum: {FIRST}", f"ethereum:{FIRST}"),
        (f"ethereum:{FIRST[2:].upper()}", f"ethereum:{FIRST}"),
        (f"{FIRST} on BNB Smart Chain", f"bsc:{FIRST}"),
        (f"eip155:137:{FIRST}", f"polygon:{FIRST}"),
        (f"eip155:31337:{FIRST}", f"eip155-31337:{FIRST}"),
    ],
)
def test_a_chain_and_a_number(written: str, canonical: str) -> None:
    found = identify(written)
    assert (found.type, found.canonical, found.chain) == ("transaction", canonical, canonical.partition(":")[0])
    assert identify(found.display) == identify(found.canonical) == found


@pytest.mark.parametrize("code", CHAINS)
def test_every_chain_reads_its_own(code: str) -> None:
    canonical = f"{code}:{FIRST if CHAINS[code].is_evm else GENESIS}"
    found = identify(canonical)
    assert (found.canonical, found.chain, identify(found.display)) == (canonical, code, found)
    assert truncate_pans(canonical) == (canonical, 0)


@pytest.mark.parametrize("number", [GENESIS, FIRST, GENESIS.upper()])
def test_a_number_alone_could_be_on_any_chain(number: str) -> None:
    for options in ({}, {"type": "transaction"}):
        error = refusal(number, **options)
        assert (error.rule, error.types) == ("chain", ("transaction",))
        assert "Say on which chain it is" in error.message


@pytest.mark.parametrize(
    ("page", "canonical"),
    [
        (f"https://mempool.space/tx/{GENESIS}", f"bitcoin:{GENESIS}"),
        (f"hxxps://etherscan[.]io/tx/{FIRST}#eventlog", f"ethereum:{FIRST}"),
        (f"https://www.bscscan.com/tx/{FIRST}", f"bsc:{FIRST}"),
        (f"https://tronscan.org/#/transaction/{GENESIS}", f"tron:{GENESIS}"),
        (f"https://blockchair.com/litecoin/transaction/{GENESIS}", f"litecoin:{GENESIS}"),
        (f"https://www.blockchain.com/explorer/transactions/btc/{GENESIS}", f"bitcoin:{GENESIS}"),
    ],
)
def test_a_page_of_an_explorer_is_a_url_unless_a_transaction_is_asked_for(page: str, canonical: str) -> None:
    assert identify(page).type == "url"
    assert identify(page, type="transaction").canonical == canonical


@pytest.mark.parametrize(
    ("value", "rule", "sentence"),
    [
        (
            f"bitcoin:{GENESIS[:-1]}",
            "length",
            "Wrong length: a transaction’s number has 64 hexadecimal digits, this one",
        ),
        (f"bitcoin:{GENESIS[:-1]}g", "alphabet", "Position 64: g is not a hexadecimal digit"),
        (f"bitcoin:0x{GENESIS}", "chain", "On Bitcoin the number has no 0x before it"),
        (f"bitcoin on tron: {GENESIS}", "chain", "Two different chains or tokens are named"),
        (f"shop: {GENESIS}", "structure", "Beside the number or address stands something"),
        (f"bitcoin:{'0' * 64}", "dummy", "This is zeros alone"),
        (f"https://shop.example.com/tx/{GENESIS}", "structure", "This page is at no block explorer known here"),
    ],
)
def test_refusals(value: str, rule: str, sentence: str) -> None:
    error = refusal(value, type="transaction")
    assert (error.rule, error.message[: len(sentence)]) == (rule, sentence)
    assert GENESIS not in error.message


def test_found_in_text_with_its_chain_alone() -> None:
    text = f"Paid by Bitcoin tx {GENESIS}; checksum of the file {GENESIS}, then on Polygon: {FIRST}."
    assert [find.canonical for find in extract(text) if find.type == "transaction"] == [
        f"bitcoin:{GENESIS}",
        f"polygon:{FIRST}",
    ]


def test_stix_takes_the_number_alone() -> None:
    stix, observed = TYPES["transaction"].observable(f"bitcoin:{GENESIS}")
    assert (stix.type, observed) == ("cryptocurrency-transaction", {"value": GENESIS})
