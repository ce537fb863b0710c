"""Monero addresses: published ones, and the rules of their form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.standards import monero
from efc_portal.core.standards.errors import InvalidValue
from tests.indicators.data import rows

PUBLISHED = [row["address"] for row in rows("ofac-wallets.csv") if row["asset"] == "XMR"]


@pytest.mark.parametrize("address", PUBLISHED)
def test_published_addresses(address: str) -> None:
    found = monero.decode(address)
    assert found.network == "monero"
    assert found.form == (monero.STANDARD if address[0] == "4" else monero.SUBADDRESS)


@given(st.sampled_from(sorted(monero.NETWORKS)), st.binary(min_size=72, max_size=72))
def test_round_trip(version: int, rest: bytes) -> None:
    network, form = monero.NETWORKS[version]
    payload = bytes([version]) + rest[: 64 + (8 if form == monero.INTEGRATED else 0)]
    found = monero.decode(monero.encode(payload))
    assert (found.network, found.form) == (network, form)
    assert bytes([version]) + found.keys + found.payment_id == payload


@pytest.mark.parametrize("place", range(0, 95, 3))
def test_one_wrong_character_is_always_noticed(place: int) -> None:
    good = PUBLISHED[0]
    with pytest.raises(InvalidValue):
        monero.decode(good[:place] + ("2" if good[place] != "2" else "3") + good[place + 1 :])


def test_says_which_character_and_where() -> None:
    good = PUBLISHED[0]
    for text, sentence in {
        good[:20] + "0" + good[21:]: "Position 21: 0 is not a base58 character",
        good[:-1]: "Wrong length: a Monero address has 95 characters",
        "zzzzzzzzzzz" + good[11:]: "The characters 1 to 11 stand for no bytes",
    }.items():
        with pytest.raises(InvalidValue) as error:
            monero.decode(text)
        assert error.value.message.startswith(sentence)


@given(st.text("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0OIl ", max_size=110))
def test_any_text_is_an_address_or_a_sentence(text: str) -> None:
    try:
        monero.decode(text)
    except InvalidValue as error:
        assert error.message
