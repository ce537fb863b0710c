"""A referral's models as the plain content that a package is built from, in the agency's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from efc_portal import __version__
from efc_portal.cases.models import Match
from efc_portal.core.blobs import blob_read
from efc_portal.core.countries import country_name
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised, type_of
from efc_portal.referrals.content import text_of
from efc_portal.referrals.models import Referral
from efc_portal.referrals.package import content as package
from efc_portal.submissions.enums import (
    AttachmentStatus,
    HandlingCode,
    InformationGrade,
    Method,
    SightingRole,
    SightingSource,
    SourceGrade,
    Tlp,
)
from efc_portal.submissions.models import FILE_POSITIONS, Attachment, Sighting, Submission
from efc_portal.submissions.red_flags import BY_NUMBER

LANGUAGES = ("en", "fr")  # what the package's report is written in
_FRENCH = frozenset({"FR", "BE", "LU", "MC"})
ROWS_WITHIN = 20_000  # rows of files up to which their identifiers stand in the report, the bundle and the list
SHARED_WITHIN = 5_000  # of those that submissions share, when there are more
ROWS_AT_ONCE = 2_000
_TLP_ORDER = list(Tlp)  # strictest first


def package_content(referral: Referral) -> package.Content:
    """Open everything a referral hands over. Malware and files that could not be scanned are left out."""
    if referral.approved_at is None:
        raise ValueError(f"{referral} is not approved")
    agency = referral.agency.organisation
    language = "fr" if agency.country in _FRENCH else "en"
    submissions = list(referral.submissions.select_related("data_key", "organisation").order_by("reference"))
    text = text_of(referral)
    with override(language):
        rows_apart = sum(one.file_rows for one in submissions) > ROWS_WITHIN
        identifiers, by_sighting = _identifiers(submissions, rows_apart=rows_apart)
        return package.Content(
            reference=referral.reference,
            case_reference=referral.case.reference,
            title=text.title,
            summary=text.summary,
            routing_reason=text.routing_reason,
            requested_action=text.request,
            agency=package.Agency(agency.name, _country(agency.country) if referral.agency.countries else None),
            approved_by=_("a manager of the secretariat"),
            approved_at=referral.approved_at,
            tlp=strictest_tlp(submissions),
            submissions=tuple(_submission(one) for one in submissions),
            identifiers=tuple(identifiers),
            payments=tuple(_payments(submissions, by_sighting)),
            attachments=tuple(_attachments(submissions)),
            rows=tuple(package.Rows(str(one), one.file_rows, _rows(one)) for one in submissions if one.file_rows),
            rows_apart=rows_apart,
            language=language,
            coalition=settings.WAGTAIL_SITE_NAME,
            tool_version=__version__,
        )


def strictest_tlp(submissions: Iterable[Submission]) -> str:
    """What comes from several submissions carries the strictest of their labels."""
    return min((Tlp(one.tlp) for one in submissions), key=_TLP_ORDER.index)


def _country(code: str) -> package.Country:
    return package.Country(code, country_name(code))


def _submission(one: Submission) -> package.Submission:
    source, information = SourceGrade(one.source_grade), InformationGrade(one.information_grade)
    return package.Submission(
        reference=str(one),
        organisation=one.organisation.name,
        country=_country(one.provider_country),
        handling=package.Handling(
            tlp=one.tlp,
            source_grade=package.Term(source.value, str(source.label)),
            information_grade=package.Term(information.value, str(information.label)),
            codes=tuple(package.Term(code, str(HandlingCode(code).label)) for code in one.handling_codes),
            note=one.document["handling"]["handling_note"],
            # Whether a suspicious transaction report exists is never passed on, not even to the agency.
        ),
        period_from=one.period_from,
        period_to=one.period_to,
        red_flags=tuple(
            package.Term(str(number), str(BY_NUMBER[number].label)) for number in one.red_flags if number in BY_NUMBER
        ),
        methods=tuple(package.Term(method, str(Method(method).label)) for method in one.methods),
        narrative=one.document["what"]["narrative"],
    )


def _identifiers(
    submissions: list[Submission], *, rows_apart: bool
) -> tuple[list[package.Identifier], dict[int | None, package.Identifier]]:
    """Each value once, and which one every sighting is; without those of rows of files alone when they are too many."""
    references = {one.pk: one for one in submissions}
    wanted = Q()
    if rows_apart:
        shared = Match.objects.filter(earlier__in=submissions, later__in=submissions).order_by("pk")
        among = list(shared.values_list("identifier_id", flat=True)[:SHARED_WITHIN])
        wanted = Q(position__lt=FILE_POSITIONS) | Q(identifier__in=among)
    sightings = list(
        Sighting.objects.filter(wanted, submission__in=submissions, withdrawn_at=None)
        .select_related("identifier__data_key")
        .order_by("submission__reference", "position")
    )
    groups: dict[int, list[Sighting]] = {}
    for sighting in sightings:
        groups.setdefault(sighting.identifier_id, []).append(sighting)
    values = identifier_open([group[0].identifier for group in groups.values()])
    found: list[package.Identifier] = []
    by_sighting: dict[int | None, package.Identifier] = {}
    for pk, group in groups.items():
        one = Recognised(group[0].identifier.type, values[pk])
        seen = sorted(day for sighting in group for day in _days(sighting, references[sighting.submission_id]))
        roles = sorted({sighting.role for sighting in group})
        stix, observed = one.declaration.observable(one.canonical)
        said = [_said(references[sighting.submission_id], sighting) for sighting in group]
        identifier = package.Identifier(
            type=package.Term(one.type, str(type_of(one.type).label)),
            value=one.canonical,
            stix=stix,
            observed=observed,
            display=one.display,
            country=one.country,
            roles=tuple(package.Term(role, str(SightingRole(role).label)) for role in roles),
            submissions=tuple(sorted({str(references[sighting.submission_id]) for sighting in group})),
            first_seen=seen[0] if seen else None,
            last_seen=seen[-1] if seen else None,
            chains=tuple(sorted({row["chain"] for row in said if row.get("chain")})),
            tokens=tuple(sorted({row["token"] for row in said if row.get("token")})),
        )
        found.append(identifier)
        by_sighting.update({sighting.pk: identifier for sighting in group})
    return found, by_sighting


def _said(submission: Submission, sighting: Sighting) -> dict[str, str]:
    """The row of the form that a sighting comes from, with the chain and token that were named there."""
    rows = submission.document["identifiers"]
    reported = sighting.source == SightingSource.REPORTED and sighting.position < len(rows)
    return rows[sighting.position] if reported else {}


def _rows(submission: Submission) -> Callable[[], Iterator[package.Row]]:
    """The rows of a submission's files, read as they are asked for; without values that were taken back."""

    def rows() -> Iterator[package.Row]:
        kept = submission.sightings.filter(position__gte=FILE_POSITIONS, withdrawn_at=None)
        for some in _batched(kept.select_related("identifier").iterator(ROWS_AT_ONCE), ROWS_AT_ONCE):
            values = identifier_open({one.identifier_id: one.identifier for one in some}.values())
            for one in some:
                code = one.identifier.type
                yield package.Row(
                    type=package.Term(code, str(type_of(code).label)),
                    value=values[one.identifier_id],
                    country=one.country,
                    role=one.role,
                    amount=one.amount,
                    currency=one.currency,
                    seen_on=one.seen_on,
                    method=one.method,
                )

    return rows


def _batched(found: Iterator[Sighting], number: int) -> Iterator[list[Sighting]]:
    while some := list(islice(found, number)):
        yield some


def _days(sighting: Sighting, submission: Submission) -> list[date]:
    """The days on which a value was seen: its own, or the first and the last of its submission's period."""
    if sighting.seen_on:
        return [sighting.seen_on]
    return [day for day in (submission.period_from, submission.period_to) if day]


def _payments(
    submissions: list[Submission], by_sighting: dict[int | None, package.Identifier]
) -> Iterable[package.Payment]:
    for one in submissions:
        for payment in one.payments.all():
            yield package.Payment(
                submission=str(one),
                sender=by_sighting.get(payment.sender_id),
                recipient=by_sighting.get(payment.recipient_id),
                method=package.Term(payment.method, str(Method(payment.method).label)),
                amount=payment.amount,
                currency=payment.currency,
                paid_on=payment.paid_on,
            )


def _attachments(submissions: list[Submission]) -> Iterable[package.Attachment]:
    allowed = [AttachmentStatus.CLEAN]
    if not settings.UNSCANNED_LOCKED:
        allowed.append(AttachmentStatus.UNSCANNED)
    found = Attachment.objects.filter(submission__in=submissions, status__in=allowed)
    for one in found.select_related("submission__data_key").order_by("submission__reference", "added_at", "id"):
        yield package.Attachment(
            submission=str(one.submission),
            name=one.name,
            kind=one.kind,
            size=one.size,
            sha256=one.sha256,
            parts=_parts(one),
        )


def _parts(attachment: Attachment) -> Callable[[], Iterable[bytes]]:
    return lambda: blob_read(attachment.blob, data_key=attachment.submission.data_key, context=attachment.context)
