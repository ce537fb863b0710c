"""Who may do something, and telling them, for the public site: it knows neither roles nor mail.

`partners` gives the answers when Django starts. A message carries a path of the portal and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from efc_portal.core.permissions import Permission


class SiteMessage(StrEnum):
    """What editors of the public site are told by mail."""

    WAITS = "page_waits_for_approval"
    APPROVED = "page_approved"
    RETURNED = "page_returned"
    COMMENTED = "page_commented"
    CHANGED = "table_changed"


@dataclass(frozen=True)
class Answers:
    who_may: Callable[[Permission], list[Any]]
    tell: Callable[[SiteMessage, Iterable[UUID], str], None]


_answers: list[Answers] = []


def answer_with(answers: Answers) -> None:
    _answers[:] = [answers]


def people_who_may(permission: Permission) -> list[Any]:
    """The active people whose role includes a permission."""
    return _answers[0].who_may(permission)


def people_tell(message: SiteMessage, people: Iterable[UUID], *, path: str) -> None:
    """Commit a mail to people, by their ids, with the running transaction."""
    _answers[0].tell(message, people, path)
