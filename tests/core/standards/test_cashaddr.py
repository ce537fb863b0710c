"""CashAddr, by the vectors of the Bitcoin Cash specification."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.standards import base58, cashaddr
from efc_portal.core.standards.errors import InvalidValue

# "Examples of Address Translation"
TRANSLATED = {
    "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu": "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
    "1KXrWXciRDZUpQwQmuM1DbwsKDLYAYsVLR": "bitcoincash:qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy",
    "16w1D5WRVKJuZUsSRzdLp9w3YGcgoxDXb": "bitcoincash:qqq3728yw0y47sqn6l2na30mcw6zm78dzqre909m2r",
    "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC": "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq",
    "3LDsS579y7sruadqu11beEJoTjdFiFCdX4": "bitcoincash:pr95sy3j9xwd2ap32xkykttr4cvcu7as4yc93ky28e",
    "31nwvkZwyPdgzjBJZXfDmSWsC4ZLKpYyUw": "bitcoincash:pqq3728yw0y47sqn6l2na30mcw6zm78dzq5ucqzc37",
}
KEY = bytes.fromhex("F5BF48B397DAE70BE82B3CCA4793F8EB2B6CDAC9")


@pytest.mark.parametrize(("old", "new"), TRANSLATED.items())
def test_official_translations(old: str, new: str) -> None:
    payload = base58.decode_check(old)
    address = cashaddr.CashAddress(cashaddr.MAIN, int(payload[0] == 5), payload[1:])
    assert cashaddr.encode(address) == new
    for written in (new, new.upper(), new.partition(":")[2]):
        assert cashaddr.decode(written) == address


def test_official_larger_vectors() -> None:
    assert cashaddr.decode("bitcoincash:qr6m7j9njldwwzlg9v7v53unlr4jkmx6eylep8ekg2") == ("bitcoincash", 0, KEY)
    assert cashaddr.decode("bchtest:pr6m7j9njldwwzlg9v7v53unlr4jkmx6eyvwc0uz5t") == ("bchtest", 1, KEY)
    assert cashaddr.decode("pref:pr6m7j9njldwwzlg9v7v53unlr4jkmx6ey65nvtks5") == ("pref", 1, KEY)


@given(
    st.sampled_from(cashaddr.SIZES).flatmap(lambda size: st.binary(min_size=size, max_size=size)), st.integers(0, 15)
)
def test_round_trip(digest: bytes, kind: int) -> None:
    address = cashaddr.CashAddress("bitcoincash", kind, digest)
    assert cashaddr.decode(cashaddr.encode(address)) == address


@given(st.text(cashaddr.CHARSET, min_size=1, max_size=60) | st.text(max_size=60))
def test_any_text_is_an_address_or_a_sentence(text: str) -> None:
    try:
        found = cashaddr.decode(text)
    except InvalidValue as error:
        assert error.message
    else:
        assert len(found.hash) in cashaddr.SIZES


@pytest.mark.parametrize("place", range(42))
def test_one_wrong_character_is_always_noticed(place: int) -> None:
    good = next(iter(TRANSLATED.values())).partition(":")[2]
    wrong = "q" if good[place] != "q" else "p"
    with pytest.raises(InvalidValue):
        cashaddr.decode(good[:place] + wrong + good[place + 1 :])


def test_says_which_character_and_where() -> None:
    for text, sentence in {
        "bitcoincash:qpm2qsznhks23z7629bms6s4cwef74vcwvy22gdx6a": "Position 31: b cannot stand in",
        "bpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a": "Position 1: b cannot stand in a Bitcoin Cash address",
        "qpM2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a": "Position 3: upper and lower case are mixed",
        "qpm2qsz": "Too short: characters are missing at the end",
    }.items():
        with pytest.raises(InvalidValue) as error:
            cashaddr.decode(text)
        assert error.value.message.startswith(sentence)
