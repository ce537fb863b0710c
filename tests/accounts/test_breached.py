"""Breached passwords: the list that comes with the portal, the one that an operator loads, and where they are asked."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from efc_portal.accounts.breached.checks import breached_passwords
from efc_portal.accounts.breached.digests import DigestFile, digest_of, digests_of_passwords, digests_write
from efc_portal.accounts.breached.validators import BreachedPasswordValidator, is_breached
from efc_portal.core.errors import ApplicationError
from tests.cast import Cast
from tests.factories.partners import PASSWORD

STOLEN = "unicorn-parade-of-tuesday"


@pytest.fixture
def loaded(tmp_path: Path, settings: object) -> Path:
    settings.BREACHED_PASSWORDS_FILE = tmp_path / "breached.bin"  # type: ignore[attr-defined]
    return tmp_path / "breached.bin"


def hashes(*passwords: str, often: int = 3) -> str:
    found = sorted(hashlib.sha1(one.encode(), usedforsecurity=False).hexdigest().upper() for one in passwords)
    return "".join(f"{one}:{often}\r\n" for one in found)


@pytest.mark.parametrize("password", ["passwordpassword", "PasswordPassword", "123456789012", "qwertyuiop123"])
def test_the_most_used_ones_are_known_without_loading_anything(password: str) -> None:
    with pytest.raises(ValidationError, match="list of stolen passwords"):
        BreachedPasswordValidator().validate(password)


def test_others_are_taken() -> None:
    BreachedPasswordValidator().validate(PASSWORD)


def test_an_operators_list_is_used_from_the_moment_it_is_loaded(loaded: Path, tmp_path: Path) -> None:
    assert not is_breached(STOLEN)
    listed = tmp_path / "list.txt"
    listed.write_text(hashes(STOLEN, "another one of them"))
    call_command("breached_passwords_load", str(listed))
    assert is_breached(STOLEN)
    assert is_breached(STOLEN.upper())
    assert not is_breached(STOLEN + "1")
    listed.write_text(hashes("only this one now"))
    call_command("breached_passwords_load", str(listed))
    assert not is_breached(STOLEN)


def test_rarely_seen_ones_can_be_left_out(loaded: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("".join(sorted((hashes("seen rarely by now", often=1) + hashes(STOLEN)).splitlines(True))))
    call_command("breached_passwords_load", str(listed), at_least=2)
    assert DigestFile(loaded).count == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not a hash\n", "Line 1 is not the SHA-1"),
        (hashes("one of two")[:20], "Line 1 is not the SHA-1"),
        ("F" * 40 + ":1\n" + "0" * 40 + ":1\n", "not sorted by hash"),
        ("", "holds no passwords"),
    ],
)
def test_a_list_that_is_none_changes_nothing(loaded: Path, tmp_path: Path, text: str, words: str) -> None:
    digests_write(loaded, [digest_of(STOLEN)])
    (tmp_path / "list.txt").write_text(text)
    with pytest.raises(CommandError, match=words):
        call_command("breached_passwords_load", str(tmp_path / "list.txt"))
    assert is_breached(STOLEN)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["breached.bin", "list.txt"]


def test_a_list_that_is_not_there_is_told(loaded: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("breached_passwords_load", "/nowhere/list.txt")


def test_a_file_cut_short_is_not_believed(loaded: Path) -> None:
    digests_write(loaded, [digest_of(STOLEN)])
    loaded.write_bytes(loaded.read_bytes()[:-1])
    with pytest.raises(ApplicationError, match="not whole"):
        DigestFile(loaded)
    assert [found.id for found in breached_passwords()] == ["efc.W010"]
    assert not is_breached(STOLEN)  # and the list that comes with the portal still works
    assert is_breached("passwordpassword")


@given(some.sets(some.text(min_size=1, max_size=20).filter(lambda text: text.strip("\r\n ") == text), max_size=60))
def test_every_password_that_was_loaded_is_found(tmp_path_factory: pytest.TempPathFactory, words: set[str]) -> None:
    encodable = {word for word in words if word.isprintable()} | {STOLEN}
    path = tmp_path_factory.mktemp("digests") / "some.bin"
    digests_write(path, digests_of_passwords(f"{word}\n".encode() for word in encodable))
    found = DigestFile(path)
    assert all(digest_of(word) in found for word in encodable)
    assert digest_of("never loaded at all") not in found


def test_whoever_changes_a_password_reads_what_is_wrong_and_what_to_do(cast: Cast) -> None:
    client: Client = cast.client("reporter", fresh=True)
    page = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "passwordpassword", "password2": "passwordpassword"},
    )
    assert "stands on a list of stolen passwords" in page.content.decode()
    assert "Choose another one" in page.content.decode()
