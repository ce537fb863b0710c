"""Where the portal's secret keys come from.

A `KeyProvider` wraps and unwraps data keys under a key-encryption key (KEK) and hands out the named secrets (the
match key, the audit keys). Two providers exist, a folder of files and the environment; a key management service
fits the same interface, since nothing outside this module ever sees a KEK.

Every key is 32 random bytes, written as base64.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from functools import cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError

KEY_BYTES = 32
SECRET_NAMES = ("match", "audit-mac", "audit-signing")
_KEK_FILE = re.compile(r"^kek-([0-9]{4})$")


class KeyUnavailable(ApplicationError):
    """A key is missing, malformed, or not the one a value was sealed under."""

    status = 500


class KeyProvider(Protocol):
    """What every source of keys offers."""

    def current_id(self) -> str:
        """The id of the KEK that wraps new data keys."""

    def kek_ids(self) -> list[str]:
        """The ids of every KEK at hand, oldest first."""

    def wrap(self, key: bytes, context: bytes) -> tuple[str, bytes]:
        """Wrap a data key under the current KEK; returns the KEK's id and the wrapped key."""

    def unwrap(self, kek_id: str, wrapped: bytes, context: bytes) -> bytes:
        """Unwrap a data key; raises `KeyUnavailable` when the KEK is gone or the context differs."""

    def secret(self, name: str) -> bytes:
        """One of `SECRET_NAMES`, 32 bytes."""


def decode_key(text: str, name: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyUnavailable(_("The key “%(name)s” is not valid base64."), name=name) from error
    if len(key) != KEY_BYTES:
        raise KeyUnavailable(
            _("The key “%(name)s” holds %(size)s bytes; it must hold %(wanted)s."),
            name=name,
            size=len(key),
            wanted=KEY_BYTES,
        )
    return key


class _LocalKeys:
    """AES-256-GCM wrapping for providers that hold their KEKs in this process."""

    def _keks(self) -> dict[str, bytes]:
        raise NotImplementedError

    def current_id(self) -> str:
        keks = self._keks()
        if not keks:
            raise KeyUnavailable(_("No key-encryption key is configured. Run “manage.py keys_init” or set EFC_KEK."))
        return max(keks)

    def kek_ids(self) -> list[str]:
        return sorted(self._keks())

    def wrap(self, key: bytes, context: bytes) -> tuple[str, bytes]:
        kek_id = self.current_id()
        nonce = os.urandom(12)
        return kek_id, nonce + AESGCM(self._keks()[kek_id]).encrypt(nonce, key, context)

    def unwrap(self, kek_id: str, wrapped: bytes, context: bytes) -> bytes:
        kek = self._keks().get(kek_id)
        if kek is None:
            raise KeyUnavailable(_("The key-encryption key “%(name)s” is not available here."), name=kek_id)
        try:
            return AESGCM(kek).decrypt(wrapped[:12], wrapped[12:], context)
        except InvalidTag as error:
            raise KeyUnavailable(
                _("A data key does not open under the key-encryption key “%(name)s”."), name=kek_id
            ) from error


class FileKeyProvider(_LocalKeys):
    """Keys as files in a private folder: `kek-0001` (the highest number is current) and one file per secret."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: tuple[int, dict[str, bytes]] | None = None

    def _keks(self) -> dict[str, bytes]:
        try:
            stamp = self.folder.stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        if self._seen is None or self._seen[0] != stamp:
            keks = {
                match[1]: decode_key(path.read_text(), path.name)
                for path in self.folder.iterdir()
                if (match := _KEK_FILE.match(path.name))
            }
            self._seen = (stamp, keks)
        return self._seen[1]

    def secret(self, name: str) -> bytes:
        try:
            return decode_key((self.folder / name).read_text(), name)
        except FileNotFoundError as error:
            raise KeyUnavailable(
                _("The key file “%(name)s” is missing from %(folder)s. Run “manage.py keys_init”."),
                name=name,
                folder=self.folder,
            ) from error

    def create_missing(self) -> list[str]:
        """Create the folder and whatever key is missing in it; returns the names created."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        wanted = [name for name in SECRET_NAMES if not (self.folder / name).exists()]
        if not self._keks():
            wanted.insert(0, "kek-0001")
        return [name for name in wanted if self._create(name)]

    def add_kek(self) -> str:
        """Create the next KEK, which becomes the current one; returns its id."""
        while True:
            kek_id = f"{max(map(int, self._keks()), default=0) + 1:04d}"
            if self._create(f"kek-{kek_id}"):
                return kek_id

    def remove_kek(self, kek_id: str) -> None:
        """Remove a KEK for good. What is wrapped under it, backups included, cannot be read without a copy."""
        (self.folder / f"kek-{kek_id}").unlink(missing_ok=True)
        self._changed()

    def _create(self, name: str) -> bool:
        """Write a new random key, on the disk before anything is sealed with it; False when the name is taken."""
        text = base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"
        part = self.folder / f".{name}.{secrets.token_hex(4)}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, self.folder / name)  # unlike a rename, never replaces a key that another process just made
        except FileExistsError:
            return False
        finally:
            part.unlink()
            self._changed()
        return True

    def _changed(self) -> None:
        self._seen = None
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class EnvironmentKeyProvider(_LocalKeys):
    """Keys from settings that were read from the environment (each also as a `*_FILE`).

    `EFC_KEK` holds one or more `id:base64` separated by spaces; the highest id is current.
    """

    def __init__(self, kek: str, named: dict[str, str]) -> None:
        pairs = [part.partition(":") for part in kek.split()]
        self._loaded = {kek_id: decode_key(text, f"EFC_KEK {kek_id}") for kek_id, _sep, text in pairs}
        self._named = {name: decode_key(text, name) for name, text in named.items() if text}

    def _keks(self) -> dict[str, bytes]:
        return self._loaded

    def secret(self, name: str) -> bytes:
        try:
            return self._named[name]
        except KeyError as error:
            raise KeyUnavailable(_("The secret “%(name)s” is not set in the environment."), name=name) from error


@cache
def key_provider() -> KeyProvider:
    """The provider named by the setting `EFC_KEY_PROVIDER` (`file` or `environment`)."""
    if settings.EFC_KEY_PROVIDER == "environment":
        return EnvironmentKeyProvider(settings.EFC_KEK, settings.EFC_SECRETS)
    return FileKeyProvider(Path(settings.EFC_KEY_DIR))


@cache
def secret(name: str) -> bytes:
    """A named secret, read once for each process."""
    return key_provider().secret(name)
