"""Mailboxes and addresses of pages that are written plainly: what is said of them without a parser is what it says."""

from __future__ import annotations

import email_validator
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import url

MAILBOX = "abcXYZ019._%+-'!#$&*/=?^`{|}~\" (),:;<>[]\\é"
PAGE = "abcXY09._~!$&'()*+,;=:@/?#%[]- "


def library_says(local: str) -> str | None:
    try:
        found = email_validator.validate_email(f"{local}@example.com", check_deliverability=False, strict=True)
    except email_validator.EmailNotValidError:
        return None
    return found.local_part.lower()


@given(st.text(MAILBOX, min_size=1, max_size=12) | st.text("ab.", min_size=60, max_size=70))
def test_mailboxes_are_those_of_the_library(local: str) -> None:
    try:
        found = identify(f"{local}@example.com", type="email").canonical
    except InvalidValue:
        assert library_says(local) is None or any(char in local for char in "@<>[]() \"'“")
        return
    if not any(char in local for char in "[](){}<> \"':"):
        assert found == f"{library_says(local)}@example.com"


@pytest.mark.parametrize(("length", "is_taken"), [(64, True), (65, False)])  # RFC 5321, 4.5.3.1.1
def test_the_longest_mailbox(length: int, is_taken: bool) -> None:
    address = f"{'a' * length}@example.com"
    if is_taken:
        assert identify(address).canonical == address
    else:
        with pytest.raises(InvalidValue):
            identify(address)


@given(st.sampled_from(["shop.example.com", "EXAMPLE.com", "10.0.0.1", "a_b.example"]), st.text(PAGE, max_size=14))
def test_pages_are_those_of_the_parser(host: str, rest: str) -> None:
    address = f"https://{host}/{rest}".rstrip()
    plain = url._CANONICAL.fullmatch(address)
    if plain is not None:
        assert identify(address, type="url").canonical == url._normalised(address)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://shop.example.com", "https://shop.example.com/"),
        ("https://shop.example.com/a.b/c?d=e.f#g", "https://shop.example.com/a.b/c?d=e.f#g"),
        ("https://shop.example.com/a/../b", "https://shop.example.com/b"),
        ("https://shop.example.com/a/.b", "https://shop.example.com/a/.b"),
        ("https://shop.example.com/?", "https://shop.example.com/"),
        ("https://shop.example.com//a", "https://shop.example.com//a"),
        ("https://shop.example.com/a_(b)", "https://shop.example.com/a_(b)"),
        ("https://shop.example.com/(:)", "https://shop.example.com/:"),
        ("HTTPS://shop.example.com/((:))#x", "https://shop.example.com/:#x"),
        ("https://shop.example.com/(%2E)a", "https://shop.example.com/.a"),
        ("hxxps://shop[.]example(.)com/a?b", "https://shop.example.com/a?b"),
    ],
)
def test_pages_keep_what_decides(address: str, canonical: str) -> None:
    assert identify(address).canonical == canonical
