"""The rows everything else stands on: data keys, the counters of references, what changed on public pages."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core import encryption
from efc_portal.core.keys import KEY_BYTES, key_provider


class DataKey(models.Model):
    """A 32-byte key that seals the confidential values of one object, itself wrapped by a key-encryption key.

    `purpose` says what it seals (`submission`, `case`, `referral`, `identifiers` …). A destroyed key keeps its row,
    dated, without the wrapped bytes: what it sealed cannot be read again by anybody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=40)
    kek_id = models.CharField(max_length=40)
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_datakey_wrapped_until_destroyed",
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["kek_id"]), models.Index(fields=["purpose", "created_at"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"

    @classmethod
    def new(cls, purpose: str) -> DataKey:
        """An unsaved key with fresh random bytes, wrapped under the current key-encryption key."""
        data_key = cls(purpose=purpose)
        plain = secrets.token_bytes(KEY_BYTES)
        data_key.kek_id, data_key.wrapped = key_provider().wrap(plain, data_key.wrap_context)
        data_key._plain = plain
        return data_key

    @property
    def wrap_context(self) -> bytes:
        return f"data-key:{self.id}".encode()

    @property
    def plain(self) -> bytes:
        """The unwrapped key. Raises `Erased` when it was destroyed."""
        if self.wrapped is None:
            raise encryption.Erased(_("This content was erased and cannot be read any more."))
        if not hasattr(self, "_plain"):
            self._plain = key_provider().unwrap(self.kek_id, bytes(self.wrapped), self.wrap_context)
        return self._plain

    def seal(self, plaintext: bytes, context: str) -> bytes:
        return encryption.seal(self.plain, plaintext, context)

    def unseal(self, sealed: bytes | memoryview, context: str) -> bytes:
        return encryption.unseal(self.plain, sealed, context)

    def seal_text(self, text: str, context: str) -> bytes:
        return encryption.seal_text(self.plain, text, context)

    def seal_texts(self, texts: Iterable[tuple[str, str]]) -> list[bytes]:
        """Seal many texts, each given with its context."""
        return encryption.seal_texts(self.plain, texts)

    def unseal_texts(self, sealed: Iterable[tuple[bytes | memoryview, str]]) -> list[str]:
        """Open many texts, each given with its context."""
        return encryption.unseal_texts(self.plain, sealed)

    def unseal_text(self, sealed: bytes | memoryview, context: str) -> str:
        return encryption.unseal_text(self.plain, sealed, context)

    def seal_json(self, value: Any, context: str) -> bytes:
        return encryption.seal_json(self.plain, value, context)

    def unseal_json(self, sealed: bytes | memoryview, context: str) -> Any:
        return encryption.unseal_json(self.plain, sealed, context)


class ReferenceCounter(models.Model):
    """The last number given for a kind of reference in a year: `S-2026-000123` has kind S, year 2026, number 123."""

    kind = models.CharField(max_length=1)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="core_referencecounter_once_a_year")]

    def __str__(self) -> str:
        return f"{self.kind}-{self.year}-{self.last:06d}"


class Heartbeat(models.Model):
    """When a part that answers no requests (`worker`, `beat`) was last known to be at work, by the database's clock."""

    part = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.part} {self.at:%H:%M:%S}"


class KeyRotation(models.Model):
    """One rotation of the keys. While `finished_at` is null it runs, or was broken off and waits to be resumed."""

    kek_id = models.CharField(max_length=40)  # the key-encryption key it made current
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"to {self.kek_id}, {self.started_at:%Y-%m-%d}"


class PageChange(models.Model):
    """Something public that changed, by its tag (`core.page_cache.changes`). Rows are deleted after a day."""

    tag = models.CharField(max_length=200)
    transaction = models.BigIntegerField(db_index=True)  # PostgreSQL's number of the transaction that changed it
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.tag


class OneTimeToken(models.Model):
    """A secret that was sent to somebody and works once (`core.tokens`). Rows are deleted some time after their end."""

    id = models.BigAutoField(primary_key=True)
    purpose = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    selector = models.CharField(max_length=16, unique=True)
    digest = models.BinaryField()  # SHA-256 of the secret
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)  # or revoked

    class Meta:
        indexes = [
            models.Index(
                fields=["purpose", "subject_id"], name="core_onetimetoken_open", condition=models.Q(used_at=None)
            ),
            models.Index(fields=["expires_at"], name="core_onetimetoken_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.selector}"
