"""What files of rows do with a draft, as apps above this one register it; and erasing their sightings again.

A draft may hold millions of sightings that were read from files. Nothing here loads them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from efc_portal.accounts.models import User
from efc_portal.indicators.services import identifiers_forget_unseen
from efc_portal.submissions.models import Submission
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person

ERASED_AT_ONCE = 20_000  # sightings, in one transaction


@dataclass(frozen=True)
class Source:
    """Where rows of a draft come from.

    `finishing` runs in the transaction that sends the draft, and raises `ApplicationError` when it must not go yet.
    `discarding` runs in the transaction that gives the draft up, and says whether it has files: then it is erased step
    by step. `erasing` erases some of what is kept of them, and says whether there may be more.
    `links` are what the draft's pages say of its files: pairs of a text and an address.
    """

    finishing: Callable[[Submission, User], None]
    discarding: Callable[[Submission, Person | None], bool]
    erasing: Callable[[UUID], bool]
    links: Callable[[Submission], list[tuple[str, str]]]


_sources: list[Source] = []


def file_source(source: Source) -> None:
    """Register a way in which rows get into drafts."""
    _sources.append(source)


def files_finish(draft: Submission, actor: User) -> None:
    for one in _sources:
        one.finishing(draft, actor)


def files_discard(draft: Submission, actor: Person | None) -> bool:
    with_files = [one.discarding(draft, actor) for one in _sources]
    return any(with_files)


def file_links(draft: Submission) -> list[dict[str, str]]:
    """The files of a draft, for its pages."""
    return [{"text": text, "url": url} for one in _sources for text, url in one.links(draft)]


@transaction.atomic
def submission_erase(*, pk: UUID) -> None:
    """Erase some of a draft that was given up, and ask for the rest; in the end the draft itself."""
    draft = Submission.objects.filter(pk=pk).exclude(discarded_at=None).first()
    if draft is None:
        return
    left = [one.erasing(pk) for one in _sources]
    if any(left) or file_sightings_erase(submission_id=pk):
        work_enqueue("submission.erase", pk)
        return
    draft.delete()


def file_sightings_erase(*, submission_id: UUID, first: int = 0, last: int = 2**31 - 1) -> bool:
    """Erase some of a draft's sightings between two positions, and identifiers that nobody else has reported.

    In the running transaction. Whether there may be more.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH these AS (SELECT id FROM submissions_sighting "
            "WHERE submission_id = %s AND position BETWEEN %s AND %s ORDER BY position LIMIT %s) "
            "DELETE FROM submissions_sighting USING these WHERE submissions_sighting.id = these.id "
            "RETURNING submissions_sighting.identifier_id",
            [submission_id, first, last, ERASED_AT_ONCE],
        )
        erased = [row[0] for row in cursor.fetchall()]
    identifiers_forget_unseen(set(erased))
    return len(erased) == ERASED_AT_ONCE
