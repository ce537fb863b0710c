"""The package as an agency gets it: one encrypted file that opens with public tools and proves itself."""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.partners.recipients import InvalidRecipient
from efc_portal.referrals.package.build import PackageFailed, PackageResult, package_build
from efc_portal.referrals.package.content import Attachment, Content
from efc_portal.referrals.package.names import attachment_paths
from tests.referrals.package import sample

MEGABYTE = 1024 * 1024
IDENTITY = pyrage.x25519.Identity.generate()
KEY = str(IDENTITY.to_public())


def built(content: Content = sample.CONTENT) -> tuple[PackageResult, bytes]:
    out = io.BytesIO()
    return package_build(content, recipient=KEY, out=out), out.getvalue()


def opened(encrypted: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(pyrage.decrypt(encrypted, [IDENTITY])))


def test_it_holds_every_file_with_its_digest() -> None:
    result, encrypted = built()
    archive = opened(encrypted)
    assert [f"R-2026-000017/{one.path}" for one in result.files] == archive.namelist()
    assert archive.namelist() == [
        "R-2026-000017/README.txt",
        "R-2026-000017/report.pdf",
        "R-2026-000017/bundle.stix.json",
        "R-2026-000017/identifiers.csv",
        "R-2026-000017/payments.csv",
        "R-2026-000017/attachments/S-2026-000118/ledger.csv",
        "R-2026-000017/attachments/S-2026-000121/screening_notes.txt",
        "R-2026-000017/manifest.json",
        "R-2026-000017/SHA256SUMS",
    ]
    for one in result.files:
        body = archive.read(f"R-2026-000017/{one.path}")
        assert (len(body), hashlib.sha256(body).hexdigest()) == (one.size, one.sha256)


def test_the_result_speaks_of_the_encrypted_file() -> None:
    result, encrypted = built()
    assert result.size == len(encrypted)
    assert result.sha256 == hashlib.sha256(encrypted).hexdigest()
    assert result.manifest_sha256 == hashlib.sha256(result.manifest).hexdigest()
    assert result.recipient_ending == KEY[-4:]
    assert opened(encrypted).read("R-2026-000017/manifest.json") == result.manifest


def test_the_manifest_is_canonical_and_says_what_it_is() -> None:
    result, _ = built()
    values = json.loads(result.manifest)
    assert json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == result.manifest
    assert values["reference"] == "R-2026-000017"
    assert values["tlp"] == "TLP:AMBER"
    assert values["created"] == "2026-11-23T09:12:00.000Z"


def test_the_same_content_gives_the_same_archive_in_another_cipher() -> None:
    first, one = built()
    second, other = built(sample.content())
    assert first.manifest == second.manifest
    assert one != other
    assert pyrage.decrypt(one, [IDENTITY]) == pyrage.decrypt(other, [IDENTITY])


def test_the_file_is_age_and_says_nothing_in_the_clear() -> None:
    _, encrypted = built()
    assert encrypted.startswith(b"age-encryption.org/v1\n-> X25519 ")
    for word in (b"R-2026-000017", b"Nordhav", b"PL6110901014", b"PK\x03\x04", b"%PDF"):
        assert word not in encrypted


def test_another_key_does_not_open_it() -> None:
    _, encrypted = built()
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(encrypted, [pyrage.x25519.Identity.generate()])


def test_the_readme_tells_how_to_open_and_check_it_in_both_languages() -> None:
    for language, told in (("en", "To open the package"), ("fr", "Pour ouvrir l’envoi")):
        readme = opened(built(sample.content(language=language))[1]).read("R-2026-000017/README.txt").decode()
        assert told in readme
        assert "age -d -i key.txt R-2026-000017.zip.age > R-2026-000017.zip" in readme
        assert "sha256sum -c SHA256SUMS" in readme
        assert max(len(line) for line in readme.splitlines() if not line.startswith(" ")) <= 78


@pytest.mark.skipif(
    not (shutil.which("age") and shutil.which("sha256sum")),
    reason="needs the programs age and sha256sum: apt-get install age coreutils",
)
def test_the_readmes_commands_work(tmp_path: Path) -> None:
    _, encrypted = built(sample.content(attachments=(sample.attachment("Übersicht – März.csv"),)))
    (tmp_path / "key.txt").write_text(f"{IDENTITY}\n")
    (tmp_path / "p.zip.age").write_bytes(encrypted)
    with (tmp_path / "p.zip").open("wb") as out:
        subprocess.run(["age", "-d", "-i", "key.txt", "p.zip.age"], cwd=tmp_path, check=True, stdout=out)
    zipfile.ZipFile(tmp_path / "p.zip").extractall(tmp_path)
    folder = tmp_path / "R-2026-000017"
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, check=True, capture_output=True, text=True)
    assert checked.stdout.count(": OK") == 7


def _bytes(megabytes: int, seed: int = 1) -> Iterator[bytes]:
    source = random.Random(seed)
    for _ in range(megabytes):
        yield source.randbytes(MEGABYTE)


def test_attachments_stream_through_without_being_gathered() -> None:
    digest = hashlib.sha256()
    for part in _bytes(24):
        digest.update(part)
    out = io.BytesIO()
    lag = []

    def parts() -> Iterator[bytes]:
        for number, part in enumerate(_bytes(24)):
            lag.append(number * MEGABYTE - out.tell())
            yield part

    large = Attachment(sample.S1, "large.csv", "csv", 24 * MEGABYTE, digest.hexdigest(), parts)
    package_build(sample.content(attachments=(large,)), recipient=KEY, out=out)
    assert len(lag) == 24
    assert max(lag) < MEGABYTE


@pytest.mark.parametrize(
    "changed",
    [{"sha256": "0" * 64}, {"size": 1}, {"parts": lambda: iter([b"other bytes"])}],
    ids=["hash", "size", "bytes"],
)
def test_an_attachment_that_is_not_the_screened_one_stops_it(changed: dict[str, object]) -> None:
    attachment = replace(sample.attachment(), **changed)  # type: ignore[arg-type]
    with pytest.raises(PackageFailed, match="S-2026-000118"):
        built(sample.content(attachments=(attachment,)))


def test_what_reading_an_attachment_raises_comes_through() -> None:
    class Altered(Exception):
        pass

    def parts() -> Iterator[bytes]:
        yield b"some"
        raise Altered

    with pytest.raises(Altered):
        built(sample.content(attachments=(replace(sample.attachment(), parts=parts),)))


@pytest.mark.parametrize("room", [0, 10, 200, 70_000])
def test_a_full_disk_is_never_taken_for_success(room: int) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            if self.tell() + len(bytes(data)) > room:  # type: ignore[call-overload]
                raise OSError(28, "No space left on device")
            return super().write(data)  # type: ignore[arg-type]

    with pytest.raises(OSError, match="No space left"):
        package_build(sample.CONTENT, recipient=KEY, out=Full())


def test_the_last_bytes_lost_are_never_taken_for_success() -> None:
    whole, _ = built()  # its size varies by some hundred bytes: age adds a random line to its header

    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            if self.tell() + len(bytes(data)) > whole.size - 5_000:  # type: ignore[call-overload]
                raise OSError(28, "No space left on device")
            return super().write(data)  # type: ignore[arg-type]

    with pytest.raises(OSError, match="No space left"):
        package_build(sample.CONTENT, recipient=KEY, out=Full())


def test_a_stream_that_takes_few_bytes_at_a_time_gets_them_all() -> None:
    class Slow(io.BytesIO):
        def write(self, data: object) -> int:
            return super().write(bytes(data)[:1000])  # type: ignore[call-overload]

    out = Slow()
    result = package_build(sample.CONTENT, recipient=KEY, out=out)
    assert result.size == len(out.getvalue())
    assert opened(out.getvalue()).testzip() is None


def test_a_whole_card_number_never_leaves() -> None:
    whole = replace(sample.TRUNCATED_CARD, value="4242 4242 4242 4242")
    with pytest.raises(PackageFailed, match="not truncated"):
        built(sample.content(identifiers=(whole,)))


def test_a_wrong_key_is_refused_before_anything_is_written() -> None:
    out = io.BytesIO()
    with pytest.raises(InvalidRecipient):
        package_build(sample.CONTENT, recipient="age1nonsense", out=out)
    assert out.getvalue() == b""


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("ledger.csv", "ledger.csv"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\Users\\x\\a.csv", "C_Users_x_a.csv"),
        ("a\u202evsc.exe", "avsc.exe"),
        ("line\nbreak.txt", "linebreak.txt"),
        ("con.csv", "_con.csv"),
        ("...", "_"),
        ("", "_"),
        ("Übersicht.pdf", "Übersicht.pdf"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_names_are_safe_on_every_desktop(name: str, path: str) -> None:
    assert attachment_paths([sample.attachment(name)]) == [f"attachments/{sample.S1}/{path}"]


def test_no_two_files_have_one_name() -> None:
    same = [sample.attachment(name) for name in ("a.csv", "A.csv", "a.csv", "a", "a")]
    assert [path.rpartition("/")[2] for path in attachment_paths(same)] == ["a.csv", "A-2.csv", "a-3.csv", "a", "a-2"]


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_names_are_distinct_and_stay_in_their_folder(names: list[str]) -> None:
    paths = attachment_paths([sample.attachment(name) for name in names])
    assert len({path.casefold() for path in paths}) == len(names)
    for path in paths:
        assert path.count("/") == 2
        assert ".." not in path.split("/")
        assert not any(char in path for char in "\\\n\r\0:")
