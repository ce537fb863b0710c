"""What initial content there is: every module of a language's folder gives its pieces, those named `demo_…` in a
demonstration alone. A language is added by a folder of its code; a piece is translated by one with the same key."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

from django.conf import settings

from efc_portal.website import content
from efc_portal.website.content.piece import Facts, Piece

# Parents first, and as header and footer show them; what is not named here follows.
ORDER = (
    "home",
    "about",
    "news",
    "reports",
    "join",
    "letter",
    "where-to-report",
    "contact",
    "privacy",
    "accessibility",
    "terms",
    "imprint",
    "security",
)


def languages() -> list[str]:
    """The languages that have content, the portal's own first."""
    found = [module.name for module in pkgutil.iter_modules(content.__path__) if module.ispkg]
    return sorted(found, key=lambda code: (code != settings.LANGUAGE_CODE, code))


def pieces(language: str, facts: Facts, *, demo: bool) -> list[Piece]:
    """The pieces of a language, in the order in which they are placed. Call it with the language active."""
    names = [name for name in _modules(language) if demo or not name.startswith("demo_")]
    found = [piece for name in names for piece in _module(language, name).pieces(facts)]
    return sorted(found, key=lambda piece: ORDER.index(piece.key) if piece.key in ORDER else len(ORDER))


def demo_chart(language: str) -> dict[str, Any] | None:
    """The chart beside the headline of a demonstration: the one of its invented assessment."""
    if "demo_reports" not in _modules(language):
        return None
    chart: dict[str, Any] = _module(language, "demo_reports").REPORTS[0]["chart"]
    return chart


def _modules(language: str) -> list[str]:
    return [module.name for module in pkgutil.iter_modules(_module(language).__path__)]


def _module(language: str, name: str = "") -> Any:
    return import_module(".".join(filter(None, (content.__name__, language, name))))
