"""Proving an opened package: whole, or every fault told."""

from __future__ import annotations

import io
import json
import zipfile

import pyrage
import pytest

from efc_portal.referrals.package.build import package_build
from efc_portal.referrals.package.verify import manifest_verify
from tests.referrals.package import sample

ROOT = "R-2026-000017"


@pytest.fixture(scope="module")
def package() -> tuple[bytes, str]:
    identity, out = pyrage.x25519.Identity.generate(), io.BytesIO()
    result = package_build(sample.CONTENT, recipient=str(identity.to_public()), out=out)
    return pyrage.decrypt(out.getvalue(), [identity]), result.manifest_sha256


def changed(archive: bytes, **bodies: bytes | None) -> io.BytesIO:
    """The archive with some files changed (bytes), left out (None) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = bodies.get(name.removeprefix(f"{ROOT}/"), old.read(name))
            if body is not None:
                new.writestr(name, body)
        for name, body in bodies.items():
            if body is not None and f"{ROOT}/{name}" not in old.namelist():
                new.writestr(f"{ROOT}/{name}", body)
    return out


def test_a_whole_package_has_no_fault(package: tuple[bytes, str]) -> None:
    archive, digest = package
    assert manifest_verify(io.BytesIO(archive)) == []
    assert manifest_verify(io.BytesIO(archive), manifest_sha256=digest.upper()) == []


def test_a_changed_file_is_named(package: tuple[bytes, str]) -> None:
    (told,) = manifest_verify(changed(package[0], **{"payments.csv": b"other"}))
    assert told.startswith("payments.csv was changed")


def test_a_missing_file_is_named(package: tuple[bytes, str]) -> None:
    assert manifest_verify(changed(package[0], **{"report.pdf": None})) == ["report.pdf is missing."]


def test_a_file_too_many_is_named(package: tuple[bytes, str]) -> None:
    (told,) = manifest_verify(changed(package[0], **{"extra.exe": b"x"}))
    assert told == f"{ROOT}/extra.exe is in the package but not in the manifest."


def test_a_forged_manifest_fits_its_files_but_not_the_portals_digest(package: tuple[bytes, str]) -> None:
    archive, digest = package
    values = json.loads(zipfile.ZipFile(io.BytesIO(archive)).read(f"{ROOT}/manifest.json"))
    values["tlp"] = "TLP:CLEAR"
    forged = changed(archive, **{"manifest.json": json.dumps(values).encode()})
    told = manifest_verify(forged, manifest_sha256=digest)
    assert told[0].startswith("manifest.json is not the one that the portal made")
    assert "SHA256SUMS does not say the same as the manifest." in told


def test_sums_that_disagree_are_told(package: tuple[bytes, str]) -> None:
    assert manifest_verify(changed(package[0], SHA256SUMS=b"")) == ["SHA256SUMS does not say the same as the manifest."]


@pytest.mark.parametrize("bad", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_package_is_told_and_raises_nothing(bad: bytes) -> None:
    assert len(manifest_verify(io.BytesIO(bad))) == 1


@pytest.mark.parametrize(
    "manifest", [b"{", b"[]", b'{"form":"other/9"}', b'{"form":"efc-referral-package/1","files":[1]}']
)
def test_a_broken_manifest_is_told_and_raises_nothing(package: tuple[bytes, str], manifest: bytes) -> None:
    assert manifest_verify(changed(package[0], **{"manifest.json": manifest}))


def test_a_package_without_a_manifest_is_told(package: tuple[bytes, str]) -> None:
    assert len(manifest_verify(changed(package[0], **{"manifest.json": None}))) == 1


def test_one_flipped_bit_is_found(package: tuple[bytes, str]) -> None:
    damaged = bytearray(package[0])
    damaged[damaged.index(b"%PDF") + 100] ^= 1
    assert manifest_verify(io.BytesIO(bytes(damaged)))
