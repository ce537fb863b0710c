from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.standards import base58
from efc_portal.core.standards.errors import InvalidValue
from tests.indicators.data import rows

# Bitcoin Core, src/test/data/base58_encode_decode.json
VECTORS = [
    ("", ""),
    ("61", "2g"),
    ("626262", "a3gV"),
    ("636363", "aPEr"),
    ("73696d706c792061206c6f6e6720737472696e67", "2cFupjhnEsSn59qHXstmK2ffpLv2"),
    ("00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"),
    ("516b6fcd0f", "ABnLTmg"),
    ("bf4f89001e670274dd", "3SEo3LWLoPntC"),
    ("572e4794", "3EFU7m"),
    ("ecac89cad93923c02321", "EJDM8drfXA6uyA"),
    ("10c8511e", "Rt5zm"),
    ("00000000000000000000", "1111111111"),
    ("00" * 39 + "01", "1" * 39 + "2"),
    (
        "000111d38e5fc9071ffcd20b4a763cc9ae4f252bb4e48fd66a835e252ada93ff480d6dd43dc62a641155a5",
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    ),
    ("271F359E", "zzzzy"),
    ("271F359F", "zzzzz"),
    ("271F35A0", "211111"),
    ("271F35A1", "211112"),
]


@pytest.mark.parametrize(("data", "text"), VECTORS)
def test_official_vectors(data: str, text: str) -> None:
    assert base58.encode(bytes.fromhex(data)) == text
    assert base58.decode(text) == bytes.fromhex(data)


def test_core_addresses_and_keys_pass_the_checksum() -> None:
    for row in rows("bitcoin-addresses.csv"):
        if "1" in row["text"][:5] and row["text"][:2] in ("bc", "tb"):
            continue
        payload = base58.decode_check(row["text"])
        if row["private"] == "yes":
            assert payload[1:33].hex() == row["hex"]
        else:
            assert payload[1:].hex() in row["hex"]


@given(st.binary(max_size=80))
def test_round_trip(data: bytes) -> None:
    assert base58.decode(base58.encode(data)) == data
    assert base58.decode_check(base58.encode_check(data)) == data


@given(st.binary(min_size=21, max_size=21), st.data())
def test_one_wrong_character_is_always_noticed(data: bytes, draw: st.DataObject) -> None:
    text = base58.encode_check(data)
    place = draw.draw(st.integers(0, len(text) - 1))
    other = draw.draw(st.sampled_from(base58.ALPHABET).filter(lambda char: char != text[place]))
    with pytest.raises(InvalidValue) as error:
        base58.decode_check(text[:place] + other + text[place + 1 :])
    assert error.value.rule == "checksum"


def test_says_which_character_and_where() -> None:
    with pytest.raises(InvalidValue, match=r"^Position 7: 0 is not a base58 character$") as error:
        base58.decode("1A1zP10P5Q")
    assert (error.value.rule, error.value.position) == ("alphabet", 7)


@pytest.mark.parametrize("alphabet", [base58.ALPHABET, base58.RIPPLE])
@given(data=st.data())
def test_reading_all_digits_at_once_is_reading_them_one_by_one(alphabet: str, data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet, max_size=40) | st.text(alphabet, min_size=200, max_size=300))
    number = 0
    for char in text:
        number = number * 58 + alphabet.index(char)
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    assert base58.decode(text, alphabet) == bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    assert base58.encode(base58.decode(text, alphabet), alphabet) == text
