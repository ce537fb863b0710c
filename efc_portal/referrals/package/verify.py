"""Proving an opened package whole."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from efc_portal.referrals.package.manifest import FORM, MANIFEST, SUMS, PackagedFile, sums_bytes

_CHUNK_BYTES = 256 * 1024
_LARGEST_LIST = 16 * 1024 * 1024  # bytes of a manifest or SHA256SUMS


def manifest_verify(archive: BinaryIO, *, manifest_sha256: str = "") -> list[str]:
    """What is wrong with a decrypted package, as sentences; empty when it is whole.

    Every listed file must be there once with its size and SHA-256, no other may be, and SHA256SUMS must agree. With
    `manifest_sha256`, the digest that the portal kept, the list itself is proved too.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            return _problems(opened, manifest_sha256)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return [_("This is no referral package, or it was damaged on its way: it does not unpack.")]
    except RuntimeError:  # what zipfile says of passwords and of other ways to pack
        return [_("This is no referral package as the portal makes it: it has a password, or is packed another way.")]
    except (ValueError, KeyError, TypeError):
        return [_("This is no referral package as the portal makes it: its manifest is missing or cannot be read.")]


def _problems(archive: zipfile.ZipFile, manifest_sha256: str) -> list[str]:
    names = archive.namelist()
    roots = {name.partition("/")[0] for name in names}
    if len(roots) != 1:
        return [_("A package has one folder; this one has %(count)s.") % {"count": len(roots)}]
    root = roots.pop()
    manifest = _small(archive, f"{root}/{MANIFEST}")
    digest = hashlib.sha256(manifest).hexdigest()
    problems = []
    if manifest_sha256 and digest != manifest_sha256.lower():
        problems.append(_("manifest.json is not the one that the portal made: its SHA-256 differs."))
    values = json.loads(manifest)
    if values["form"] != FORM:
        return [*problems, _("The manifest has a form that is not known here: %(form)s.") % {"form": values["form"]}]
    listed = [PackagedFile(one["path"], one["size"], one["sha256"]) for one in values["files"]]
    for one in listed:
        problems += _file_problems(archive, f"{root}/{one.path}", one)
    expected = {f"{root}/{path}" for path in (MANIFEST, SUMS, *(one.path for one in listed))}
    problems += [
        _("%(path)s is in the package but not in the manifest.") % {"path": name}
        for name in sorted(set(names) - expected)
    ]
    problems += [
        _("%(path)s is in the package more than once.") % {"path": name}
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    sums = sums_bytes([*listed, PackagedFile(MANIFEST, len(manifest), digest)])
    if _small(archive, f"{root}/{SUMS}") != sums:
        problems.append(_("SHA256SUMS does not say the same as the manifest."))
    return problems


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return file.read(_LARGEST_LIST)


def _file_problems(archive: zipfile.ZipFile, name: str, listed: PackagedFile) -> list[str]:
    if name not in archive.namelist():
        return [_("%(path)s is missing.") % {"path": listed.path}]
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as file:
        while part := file.read(_CHUNK_BYTES):
            digest.update(part)
            size += len(part)
    if size != listed.size or digest.hexdigest() != listed.sha256:
        return [_("%(path)s was changed: its size or SHA-256 is not the manifest’s.") % {"path": listed.path}]
    return []
