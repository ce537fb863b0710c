"""An agency's key: accepted as people paste it, or refused with what to do."""

from __future__ import annotations

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.partners.recipients import InvalidRecipient, recipient_validate

KEY = "age137upqv53ksqeh9kvg4w78waekxmmp3vlsk7tjd7d9v2va6u5vexs4xtumz"


@pytest.mark.parametrize("text", [KEY, f"  {KEY}\n", KEY.upper()])
def test_a_public_key_is_taken_with_blanks_or_in_capitals(text: str) -> None:
    recipient = recipient_validate(text)
    assert recipient.text == KEY
    assert recipient.ending == "tumz"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "begins with “age1”"),
        pytest.param(str(pyrage.x25519.Identity.generate()), "secret key", id="secret"),
        pytest.param(f"# public key: {KEY}\n{pyrage.x25519.Identity.generate()}", "secret key", id="both"),
        (f"# public key: {KEY}", "alone"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN", "SSH key"),
        ("-----BEGIN PGP PUBLIC KEY BLOCK-----", "not an age key"),
        (KEY[:-3], "this one has 59"),
        (KEY[:-1] + "q", "checksum"),
        (KEY[:10] + "b" + KEY[11:], "without 1, b, i and o"),
        ("age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t", "plugin"),
    ],
)
def test_a_wrong_key_is_refused_with_what_to_do(text: str, told: str) -> None:
    with pytest.raises(InvalidRecipient) as refused:
        recipient_validate(text)
    assert told in str(refused.value)


def test_a_secret_key_is_not_repeated() -> None:
    secret = str(pyrage.x25519.Identity.generate())
    with pytest.raises(InvalidRecipient) as refused:
        recipient_validate(secret)
    assert secret[20:] not in str(refused.value)
    assert secret[20:].lower() not in repr(refused.value).lower()


@given(st.text() | st.text(st.sampled_from("age1qpzry9x8gf2tvdw0s3jn54khce6mua7l "), max_size=80))
def test_any_text_is_refused_or_a_key_that_age_takes(text: str) -> None:
    try:
        recipient = recipient_validate(text)
    except InvalidRecipient:
        return
    pyrage.x25519.Recipient.from_str(recipient.text)
