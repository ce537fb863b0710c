"""Reads of identifiers and of the known-good lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.expressions import RawSQL

from efc_portal.core.encryption import match_key
from efc_portal.core.permissions import Permission
from efc_portal.indicators.declaration import Recognised
from efc_portal.partners.permissions import access_of

if TYPE_CHECKING:
    from efc_portal.indicators.models import Identifier, KnownValue, OwnValue  # noqa: F401  (named as text below)


def excluded(identifier: str) -> str:
    """The SQL condition that a row of `indicators_identifier`, by its name in the query, makes no links now.

    It stands on a list of known values itself, or lies under an entry that stands for what is below it. This is the
    one rule: whoever makes, counts or shows matches asks it.
    """
    return f"""EXISTS (
        SELECT 1 FROM indicators_knownvalue k WHERE k.ended_at IS NULL
        AND k.match_key = ANY(array_prepend({identifier}.match_key, {identifier}.wider_keys))
        AND (k.covers_below OR k.match_key = {identifier}.match_key)
    )"""  # noqa: S608  (put together of constants)


def cap(identifier: str) -> str:
    """The SQL expression for above how many other submissions a row of `indicators_identifier` is common.

    What an officer set for it alone, else its type's, else the setting: `selectors.cap_parameters` has the parameters.
    """
    return f"""COALESCE(
        (SELECT c.cap FROM indicators_commoncap c WHERE c.identifier_id = {identifier}.id),
        (%(caps)s::jsonb ->> {identifier}.type)::int, %(cap)s
    )"""  # noqa: S608  (put together of constants)


class IdentifierQuerySet(models.QuerySet["Identifier"]):
    """Identifiers, found by their keyed fingerprint alone: no query ever holds a value in clear."""

    def matching(self, recognised: Iterable[Recognised]) -> Self:
        """The stored identifiers equal to any of these values, for one indexed look-up however many they are."""
        return self.filter(match_key__in={match_key(one.type, one.canonical) for one in recognised})

    def excluded(self) -> Self:
        """Those that make no links now, because of the lists of known values."""
        condition: Any = RawSQL(excluded("indicators_identifier"), [], output_field=models.BooleanField())  # noqa: S611
        return self.filter(condition)


class KnownValueQuerySet(models.QuerySet["KnownValue"]):
    """The known-good lists, ended entries included."""

    def active(self) -> Self:
        return self.filter(ended_at=None)

    def of(self, recognised: Recognised) -> Self:
        """Every entry of one value, the latest first."""
        return self.filter(match_key=match_key(recognised.type, recognised.canonical)).order_by("-added_at", "id")

    def visible_to(self, user: object) -> Self:
        """Who keeps the lists sees them; nobody else sees any."""
        return self.all() if access_of(user).may(Permission.KNOWN_VALUES_EDIT) else self.none()


class OwnValueQuerySet(models.QuerySet["OwnValue"]):
    """What members say is their own."""

    def visible_to(self, user: object) -> Self:
        """The own organisation's for who proposes them, all for who keeps the lists, none for others."""
        access = access_of(user)
        if access.may(Permission.KNOWN_VALUES_EDIT):
            return self.all()
        if access.may(Permission.OWN_VALUES_PROPOSE):
            return self.filter(organisation=access.organisation)
        return self.none()
