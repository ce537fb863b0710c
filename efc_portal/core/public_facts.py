"""What apps let the public site show: the one way by which facts of the field reach the pages that editors make.

`website` knows no app above it, and no app knows `website`. An app that has something to show registers a function
that returns plain public data, and nothing else, when Django starts:

    @public_fact("membership")
    def membership() -> Membership: ...

A page asks for it by name and copes with nobody answering: `fact("membership")` is then None. The data is in the
active language. Whoever changes what a fact says calls `public_facts_changed()` in the same transaction: pages that
show facts are then made anew (`core.page_cache`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from efc_portal.core.page_cache import cache_changed, depends_on

Source = TypeVar("Source", bound=Callable[..., Any])

FACTS = "facts"  # what pages that show any depend on
_sources: dict[str, Callable[..., Any]] = {}


@dataclass(frozen=True)
class Figure:
    """A number with what it counts."""

    value: int
    label: str


@dataclass(frozen=True)
class Link:
    """A public page outside the CMS. `after` is the slug of the page it follows in the header."""

    label: str
    url: str
    after: str = ""


@dataclass(frozen=True)
class Membership:
    """Who takes part: the number in all and by sector, and some names with their pages."""

    total: int
    sectors: list[Figure]
    names: list[Link]
    url: str


def public_fact(name: str) -> Callable[[Source], Source]:
    """Register the function that answers to a name."""

    def register(source: Source) -> Source:
        _sources[name] = source
        return source

    return register


def fact(name: str, **about: Any) -> Any:
    """What the function of that name returns; None when no app has registered one."""
    depends_on(FACTS)
    source = _sources.get(name)
    return source(**about) if source else None


def public_facts_changed() -> None:
    """Say, in the transaction that changes them, that pages with facts show something else from now on."""
    cache_changed(FACTS)
