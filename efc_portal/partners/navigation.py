"""The workspace's navigation and start page, made of what each app registers.

An app that has pages in the workspace has a module `navigation` that calls `navigation_item` and `start_tile`; all of
them are imported when Django starts. People see what they hold a permission for.

A count is one query of its own: `count(user) -> int`. It is asked once for a page, whoever shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse

from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import Access, access_of

Count = Callable[[AbstractBaseUser], int]
Text = Any  # a translated, possibly lazy string


@dataclass(frozen=True, kw_only=True)
class Item:
    """A link of the navigation. `url_name` is reversed without arguments; items stand in the order of `order`.

    Who holds the permission `unless` has another link to the same place.
    """

    label: Text
    url_name: str
    permissions: tuple[Permission, ...]
    order: int
    count: Count | None = None
    group: Text = ""
    unless: Permission | None = None

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True, kw_only=True)
class Tile:
    """Something that waits, on the start page.

    `label` names it (“Waiting for triage”), `empty` is the sentence when nothing waits, `action` the link's words.
    `urgent` tiles come first while something waits in them. `query` is added to the address (`?status=asked`).
    """

    label: Text
    url_name: str
    permissions: tuple[Permission, ...]
    order: int
    count: Count
    action: Text
    empty: Text
    urgent: bool = False
    query: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name) + self.query


Entry = TypeVar("Entry", Item, Tile)

_items: list[Item] = []
_tiles: list[Tile] = []


def navigation_item(**fields: Any) -> None:
    _items.append(Item(**_with_permissions(fields)))
    _items.sort(key=lambda item: item.order)


def start_tile(**fields: Any) -> None:
    _tiles.append(Tile(**_with_permissions(fields)))
    _tiles.sort(key=lambda tile: tile.order)


def _with_permissions(fields: dict[str, Any]) -> dict[str, Any]:
    """`permission=` for one, `permissions=` for any of several."""
    if "permission" in fields:
        fields["permissions"] = (fields.pop("permission"),)
    return fields


class Desk:
    """What one person's navigation and start page hold, each count asked once."""

    def __init__(self, user: AbstractBaseUser, path: str) -> None:
        self.user, self.path = user, path
        self.access: Access = access_of(user)
        self._counts: dict[Count, int] = {}

    def _count(self, count: Count) -> int:
        if count not in self._counts:
            self._counts[count] = count(self.user)
        return self._counts[count]

    def _mine(self, entries: Iterable[Entry]) -> list[Entry]:
        return [entry for entry in entries if any(self.access.may(name) for name in entry.permissions)]

    def groups(self) -> list[dict[str, Any]]:
        """The navigation as `components/navigation.html` reads it."""
        groups: dict[str, list[dict[str, Any]]] = {}
        mine = [item for item in self._mine(_items) if not (item.unless and self.access.may(item.unless))]
        current = max((item.url for item in mine if self.path.startswith(item.url)), key=len, default=None)
        for item in mine:
            groups.setdefault(str(item.group), []).append(
                {
                    "label": item.label,
                    "url": item.url,
                    "count": self._count(item.count) if item.count else None,
                    "current": item.url == current,
                }
            )
        return [{"label": label, "items": items} for label, items in groups.items()]

    def tiles(self) -> list[dict[str, Any]]:
        """What waits, urgent things first, then what waits at all, then the rest."""
        tiles = [{"tile": tile, "count": self._count(tile.count)} for tile in self._mine(_tiles)]
        return sorted(tiles, key=lambda entry: (not entry["count"], not entry["tile"].urgent))


def desk_of(request: HttpRequest) -> Desk:
    """The desk of whoever asks for a page, the same one for the whole request."""
    if not hasattr(request, "_desk"):
        request._desk = Desk(request.user, request.path)  # type: ignore[attr-defined, arg-type]  # behind `require`
    return request._desk  # type: ignore[attr-defined]
