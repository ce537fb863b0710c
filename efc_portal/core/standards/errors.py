"""What is wrong with a value."""

from __future__ import annotations

from efc_portal.core.errors import ApplicationError


class InvalidValue(ApplicationError):
    """A value that breaks a rule of its type.

    `rule` names the rule (`empty`, `length`, `alphabet`, `structure`, `checksum` …), `position` is the 1-based place
    of the character that breaks it, spaces not counted, and `types` are the codes of the types the value looks like.
    The sentence never repeats the value.
    """

    def __init__(
        self, message: object, *, rule: str, position: int | None = None, types: tuple[str, ...] = (), **params: object
    ) -> None:
        self.rule = rule
        self.position = position
        self.types = types
        if position is not None:
            params["position"] = position
        super().__init__(message, **params)
