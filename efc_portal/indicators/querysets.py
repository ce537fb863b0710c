"""Reads of identifiers and of the known-good lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models

from efc_portal.core.encryption import match_key
from efc_portal.indicators.declaration import Recognised

if TYPE_CHECKING:
    from efc_portal.indicators.models import Identifier, KnownValue  # noqa: F401  (named as text below)


class IdentifierQuerySet(models.QuerySet["Identifier"]):
    """Identifiers, found by their keyed fingerprint alone: no query ever holds a value in clear."""

    def matching(self, recognised: Iterable[Recognised]) -> Self:
        """The stored identifiers equal to any of these values, for one indexed look-up however many they are."""
        return self.filter(match_key__in={match_key(one.type, one.canonical) for one in recognised})


class KnownValueQuerySet(models.QuerySet["KnownValue"]):
    """The known-good lists, ended entries included."""

    def active(self) -> Self:
        return self.filter(ended_at=None)
