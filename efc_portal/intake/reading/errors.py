"""A file that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.refusals import RefusedContent
from efc_portal.core.errors import ApplicationError


class InvalidFile(ApplicationError):
    """A file that is not read, or not read on: one sentence says what is wrong, where, and what to do.

    `rule` names what was wrong, for the audit record and for tests.
    """

    def __init__(self, message: object, *, rule: str, **params: object) -> None:
        super().__init__(message, **params)
        self.rule = rule


@contextmanager
def the_door(name: str = "") -> Iterator[None]:
    """What the door for attachments refuses, told as `InvalidFile`."""
    try:
        yield
    except RefusedContent as refused:
        refused.about(name or now("the file"))
        raise InvalidFile(refused.message, rule=refused.reason.value) from refused


def broken_off(line: int) -> InvalidFile:
    return InvalidFile(
        _(
            "The row that begins in line %(line)s has a quotation mark that is never closed, or a cell longer than a "
            "table can have. Close or double the mark there, and upload the file again."
        ),
        rule="quote",
        line=line,
    )
