"""What is erased when its time is over. Each app registers its own way; one command and one periodic task run all.

@expires("messages")
def messages_expire() -> int: ...   # erases what is due, in transactions of its own; how many it erased
"""

from __future__ import annotations

from collections.abc import Callable

Purge = Callable[[], int]

_purges: dict[str, Purge] = {}


def expires(kind: str) -> Callable[[Purge], Purge]:
    """Register what erases one kind of things; it can be repeated and broken off at any moment."""

    def register(purge: Purge) -> Purge:
        _purges[kind] = purge
        return purge

    return register


def expired_purge() -> dict[str, int]:
    """Erase everything whose time is over. By kind, how many."""
    return {kind: purge() for kind, purge in sorted(_purges.items())}
