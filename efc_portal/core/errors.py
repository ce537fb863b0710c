"""Expected failures, told to people.

Everything a user, a partner or an operator can cause and mend raises an `ApplicationError` with one sentence that
says what is wrong, where, and what to do. Pages, commands and tasks turn it into their own form of the same
sentence; it never becomes a server error and never disappears.
"""

from __future__ import annotations

from collections.abc import Mapping


class ApplicationError(Exception):
    """An expected failure.

    `message` is the sentence a person reads (translated, possibly lazily); `params` fills its named placeholders.
    `status` is the HTTP status a page answers with when nothing more specific handles the error.
    """

    status = 400

    def __init__(self, message: object, **params: object) -> None:
        self._message = message
        self.params: Mapping[str, object] = params
        super().__init__(message)

    @property
    def message(self) -> str:
        text = str(self._message)
        return text % self.params if self.params else text

    def __str__(self) -> str:
        return self.message


class Conflict(ApplicationError):
    """Somebody else changed the object first, or the step is no longer open."""

    status = 409


class NotPermitted(ApplicationError):
    """The person is known and sees the object, but this step belongs to somebody else."""

    status = 403
