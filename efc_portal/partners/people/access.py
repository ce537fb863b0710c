"""What a change of roles gives and takes, before it is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from efc_portal.core.permissions import Permission
from efc_portal.partners.models import Organisation
from efc_portal.partners.permissions import WORDS, access_with


@dataclass(frozen=True)
class AccessChange:
    """In words, each in the order of the table."""

    gained: list[str]
    lost: list[str]
    kept: list[str]


def access_change(organisation: Organisation, *, before: Iterable[str], after: Iterable[str]) -> AccessChange:
    """What somebody of an organisation may do with one set of roles and with another."""
    had = access_with(organisation, before).permissions
    has = access_with(organisation, after).permissions
    return AccessChange(gained=_words(has - had), lost=_words(had - has), kept=_words(had & has))


def _words(permissions: frozenset[Permission]) -> list[str]:
    return [str(words) for name, words in WORDS.items() if name in permissions]
