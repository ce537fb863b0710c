"""Normalising: the sealed document becomes sightings of identifiers and payments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from efc_portal.indicators.selectors import known_effects
from efc_portal.indicators.services import identifiers_resolve
from efc_portal.indicators.types import Recognised
from efc_portal.submissions.documents import Document
from efc_portal.submissions.enums import SightingRole, SightingSource, SubmissionStatus
from efc_portal.submissions.found import found_in_words
from efc_portal.submissions.models import Payment, Sighting, Submission
from efc_portal.submissions.relations import relations_of, relations_write
from efc_portal.submissions.transitions import SUBMISSION
from efc_portal.workflow.services import work_enqueue


def submission_normalise(*, submission: Submission) -> None:
    """Write the sightings and payments of a screened submission, then ask for correlation.

    Rows of files are sightings already, behind the positions that are used here; they are not touched.
    """
    if submission.status != SubmissionStatus.SCREENED:
        return
    document = submission.document
    reported = [Recognised(row["type"], row["value"]) for row in document["identifiers"]]
    found = _found_in_text(document, reported)
    values = [*reported, *found]
    groups = [*(row.get("group", "") for row in document["identifiers"]), *("" for _one in found)]
    pairs = relations_of(values, groups)
    wanted = list(dict.fromkeys([*values, *(target for _source, target, _kind in pairs)]))
    identifiers = dict(zip(wanted, identifiers_resolve(wanted), strict=True))

    sightings: dict[int, Sighting] = {}
    places: list[Sighting] = []
    there = _in_files(submission, [identifiers[one].pk for one in found])
    for place, one in enumerate(values):
        identifier = identifiers[one]
        is_reported = place < len(reported)
        if not is_reported and identifier.pk in there:
            continue
        sighting = sightings.setdefault(
            identifier.pk,
            Sighting(
                submission=submission,
                identifier=identifier,
                position=place,
                role=document["identifiers"][place]["role"] if is_reported else SightingRole.OTHER,
                source=SightingSource.REPORTED if is_reported else SightingSource.NARRATIVE,
                country=one.country or "",
            ),
        )
        places.append(sighting)
    Sighting.objects.bulk_create(sightings.values())
    Payment.objects.bulk_create(
        Payment(
            submission=submission,
            position=position,
            sender=_side(places, row["sender"]),
            recipient=_side(places, row["recipient"]),
            method=row["method"],
            amount=Decimal(row["amount"]),
            currency=row["currency"],
            paid_on=date.fromisoformat(row["paid_on"]) if row["paid_on"] else None,
        )
        for position, row in enumerate(document["payments"])
    )
    relations_write(submission=submission, pairs=pairs, identifiers=identifiers)
    found_countries = {one.country for one in sightings.values() if one.country}
    countries = sorted({*submission.countries, *found_countries, *submission.file_summary.get("countries", {})})
    SUBMISSION.move(
        submission,
        "normalise",
        actor=None,
        changes={"countries": countries},
        count=len(sightings) + submission.file_rows,
    )
    work_enqueue("submission.correlate", submission.pk)


def _in_files(submission: Submission, ids: list[int]) -> set[int]:
    """Which of some identifiers stand in rows of the submission's files."""
    if not submission.file_rows or not ids:
        return set()
    rows = Sighting.objects.filter(submission=submission, identifier__in=ids).order_by()
    return set(rows.values_list("identifier_id", flat=True))


def _side(places: list[Sighting], place: int | None) -> Sighting | None:
    return None if place is None else places[place]


def _found_in_text(document: Document, reported: list[Recognised]) -> list[Recognised]:
    """Identifiers of the narrative that were not given in the form: what is certain, and what the reporter ticked.

    What the lists of known values refuse at the form is not taken from the text either.
    """
    certain = found_in_words(document["what"]["narrative"], reported).certain
    ticked = [Recognised(row["type"], row["value"]) for row in document.get("found", ())]
    found = [one for one in dict.fromkeys([*certain, *ticked]) if one not in reported]
    known = known_effects(found)
    return [one for one in found if not (one in known and known[one].refuses)]
