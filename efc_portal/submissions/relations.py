"""Which values of a submission belong together.

There are two ways and no third: the reporter put values into one group, and a rule of the field names what their types
mean to each other; or a value itself names a wider one (a page its host, an address its domain), as its type declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from efc_portal.core.standards.hosts import registered_name
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.selectors import known_effects
from efc_portal.indicators.types import Recognised
from efc_portal.submissions.enums import RelationKind
from efc_portal.submissions.models import Relation, Submission

_ACCOUNTS = frozenset({"iban", "bank_account"})
_BANK = "bic"

Pair = tuple[Recognised, Recognised, RelationKind]


def relations_of(values: Sequence[Recognised], groups: Sequence[str]) -> list[Pair]:
    """The relations of a submission's values, each with its group ("" for none), for one statement.

    A wider value that stands on a list of known values (a public mail provider) relates nothing to anything.
    """
    pairs = [pair for members in _grouped(values, groups) for pair in _within(members)]
    under = [(one, wider) for one in values for wider in named_by(one)]
    known = known_effects({wider for _one, wider in under})
    pairs += [(one, wider, kind_named(one, wider)) for one, wider in under if wider not in known]
    return list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def relations_write(
    *, submission: Submission, pairs: Sequence[Pair], identifiers: dict[Recognised, Identifier]
) -> None:
    """Store relations between identifiers that are stored; what rows of its files say as well is said once."""
    made = [
        Relation(submission=submission, source=identifiers[source], target=identifiers[target], kind=kind)
        for source, target, kind in pairs
    ]
    made.sort(key=lambda one: one.source_id)  # as rows of files are written, so that both wait for each other
    Relation.objects.bulk_create(made, ignore_conflicts=True)


def kind_of(one: str, other: str) -> RelationKind:
    """What it means that values of two types stand in one group."""
    if one in _ACCOUNTS and other == _BANK:
        return RelationKind.HELD_AT
    if one.startswith("wallet_") and other.startswith("wallet_"):
        return RelationKind.SAME_CLUSTER
    return RelationKind.SAME_HOLDER


def kind_named(one: Recognised, wider: Recognised) -> RelationKind:
    """What it means that a value names a wider one."""
    return RelationKind.HELD_AT if wider.type == _BANK and one.type in _ACCOUNTS else RelationKind.NAMES


def named_by(one: Recognised) -> Iterator[Recognised]:
    """What a value names beside itself; not the public suffix of its domain, under which everybody lies."""
    for kind, canonical in one.declaration.covered_by(one.canonical):
        if kind != "domain" or registered_name(canonical):
            yield Recognised(kind, canonical)


def _grouped(values: Sequence[Recognised], groups: Sequence[str]) -> Iterable[list[Recognised]]:
    found: dict[str, list[Recognised]] = {}
    for one, group in zip(values, groups, strict=True):
        if group:
            found.setdefault(group.casefold(), []).append(one)
    return found.values()


def _within(members: list[Recognised]) -> Iterator[Pair]:
    """A group as pairs: each account with each bank of it, everything but banks with the group's first."""
    banks = [one for one in members if one.type == _BANK]
    holders = [one for one in members if one.type != _BANK]
    for one in holders:
        yield from ((one, bank, RelationKind.HELD_AT) for bank in banks if one.type in _ACCOUNTS)
    for one in holders[1:]:
        yield one, holders[0], kind_of(one.type, holders[0].type)
