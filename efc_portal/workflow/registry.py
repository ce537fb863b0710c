"""Which function does the steps of a kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

Function = Callable[[UUID], None]

PATIENCE = 12  # attempts, within about forty minutes


@dataclass(frozen=True)
class Step:
    """`patience` is how many attempts a step gets before it waits for a person."""

    function: Function
    patience: int


_steps: dict[str, Step] = {}


def step(kind: str, *, patience: int = PATIENCE) -> Callable[[Function], Function]:
    """Register what does the steps of a kind: a function of the subject's id, in an app's `steps.py`.

    It runs in one transaction and is done when that commits. What it does outside the database (sends, stores) it
    may do again after a crash, so that must bear repeating. Whatever it raises puts the step off.
    """

    def register(function: Function) -> Function:
        if kind in _steps:
            raise ValueError(f"two steps are called {kind}")
        _steps[kind] = Step(function, patience)
        return function

    return register


def kinds() -> list[str]:
    return sorted(_steps)


def is_known(kind: str) -> bool:
    return kind in _steps


def step_of(kind: str) -> Step:
    """Raises `KeyError` for a kind that this process does not know: it runs an older version than whoever asked."""
    return _steps[kind]
