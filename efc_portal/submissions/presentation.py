"""A submission's content in the form that pages show: opened, named, localised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from efc_portal.core.countries import country_name
from efc_portal.core.money import money_text
from efc_portal.indicators.chains import beside
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.selectors import known_effects
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised, type_of
from efc_portal.submissions.enums import (
    AttachmentStatus,
    HandlingCode,
    InformationGrade,
    Method,
    RelationKind,
    SightingRole,
    SightingSource,
    SourceGrade,
)
from efc_portal.submissions.models import FILE_POSITIONS, Attachment, Relation, Sighting, Submission
from efc_portal.submissions.red_flags import BY_NUMBER
from efc_portal.submissions.standing import NO_REMARK, Remark, remarks_on

SHOWN_OF_FILES = 10  # rows on a submission's own page; all of them stand on pages of their own


@dataclass(frozen=True)
class IdentifierRow:
    identifier_id: int | None
    type_label: str | Promise
    display: str
    role: str | Promise
    country: str
    from_text: bool
    beside: str = ""  # what was said with the value: a chain, a token
    remark: Remark = NO_REMARK
    related: tuple[str, ...] = ()
    withdrawn: bool = False
    withdraw_url: str = ""
    amount: str = ""
    seen_on: date | None = None
    from_file: bool = False


@dataclass(frozen=True)
class PaymentRow:
    sender: str
    recipient: str
    method: str | Promise
    amount: str
    paid_on: date | None


_FILE_KINDS: dict[str, str] = {AttachmentStatus.CLEAN: "good", AttachmentStatus.INFECTED: "danger"}


def file_row(attachment: Attachment, *, removable: bool = False) -> dict[str, Any]:
    """A file as `components/files.html` shows it; a link only where it may be opened."""
    paths = {"pk": attachment.submission_id, "attachment": attachment.pk}
    notes = ngettext("%(count)s card number was cut", "%(count)s card numbers were cut", attachment.truncated) % {
        "count": attachment.truncated
    }
    return {
        "name": attachment.name,
        "size": attachment.size,
        "status": "" if removable else attachment.get_status_display(),
        "kind": {AttachmentStatus.CLEAN: "good", AttachmentStatus.INFECTED: "danger"}.get(
            AttachmentStatus(attachment.status), "wait"
        ),
        "text": notes if attachment.truncated else "",
        "url": reverse("submissions:attachment", kwargs=paths) if attachment.may_be_opened else "",
        "remove": reverse("submissions:attachment_remove", kwargs=paths) if removable else "",
    }


def fact_pairs(submission: Submission, *, for_officer: bool) -> list[dict[str, Any]]:
    """The submission in short. Whether it holds information of a suspicious transaction report, officers alone see."""
    handling = submission.document["handling"]
    codes = [str(HandlingCode(code).label) for code in submission.handling_codes]
    source = SourceGrade(submission.source_grade).label
    information = InformationGrade(submission.information_grade).label
    pairs = [
        (_("Sent"), date_format(timezone.localtime(submission.finished_at), "DATETIME_FORMAT")),
        (_("By"), f"{submission.organisation} · {submission.reporter}"),
        (_("Period"), _period(submission)),
        (_("Methods"), methods_text(submission)),
        (_("Countries"), ", ".join(country_name(code) for code in submission.countries)),
        (_("Grade"), f"{source}\n{information}"),
        (_("Restrictions"), "\n".join([*codes, handling["handling_note"]]).strip()),
    ]
    if for_officer and submission.contains_str:
        pairs.append((_("STR information"), _("Yes, shared with the FIU’s agreement %s") % handling["str_reference"]))
    return [{"label": label, "value": value} for label, value in pairs if value]


def methods_text(submission: Submission) -> str:
    return ", ".join(str(Method(method).label) for method in submission.methods)


def _period(submission: Submission) -> str:
    days = [day for day in (submission.period_from, submission.period_to) if day]
    return " – ".join(date_format(day) for day in days)


def submission_facts(submission: Submission, *, for_officer: bool, withdraw: str = "") -> dict[str, Any]:
    """Everything of a finished submission, ready to show to its own organisation or to an officer.

    `withdraw` names the page on which the reader may take a value back.

    A constant number of queries, and of the rows of files a few: all of them stand on pages of their own. Before the
    workflow has normalised it, identifiers are shown as they were reported.
    """
    sightings = submission.sightings.select_related("identifier")
    first = list(sightings.filter(position__lt=FILE_POSITIONS))
    is_typed = bool(first)
    if submission.file_rows:
        first += sightings.filter(position__gte=FILE_POSITIONS)[:SHOWN_OF_FILES]
    identifiers = identifier_rows(submission, first, for_officer=for_officer, withdraw=withdraw)
    shown: dict[int | None, str] = {one.pk: row.display for one, row in zip(first, identifiers, strict=True)}
    return {
        "document": submission.document,
        "identifiers": [*([] if is_typed else _reported(submission)), *identifiers],
        "file_rows": submission.file_rows,
        "row_sums": file_pairs(submission),
        "rows_url": reverse(
            "cases:triage_identifiers" if for_officer else "submissions:identifiers", args=[submission.pk]
        ),
        "more_rows": max(submission.file_rows - SHOWN_OF_FILES, 0),
        "payments": [
            PaymentRow(
                shown.get(one.sender_id, ""),
                shown.get(one.recipient_id, ""),
                Method(one.method).label,
                money_text(one.amount, one.currency),
                one.paid_on,
            )
            for one in submission.payments.all()
        ],
        "flags": [BY_NUMBER[number] for number in submission.red_flags if number in BY_NUMBER],
        "pairs": fact_pairs(submission, for_officer=for_officer),
        "files": [file_row(one) for one in submission.attachments.select_related("submission__data_key")],
    }


def identifier_rows(
    submission: Submission, sightings: Sequence[Sighting], *, for_officer: bool, withdraw: str = ""
) -> list[IdentifierRow]:
    """Some sightings of a submission, with their identifiers, as the table shows them: a constant number of queries."""
    identifiers = {one.identifier_id: one.identifier for one in sightings}
    relations = list(submission.relations.filter(source__in=identifiers))
    identifiers |= Identifier.objects.in_bulk({one.target_id for one in relations})
    values = identifier_open(identifiers.values())
    related = _related(relations, {pk: Recognised(identifiers[pk].type, value) for pk, value in values.items()})
    recognised = {one.identifier_id: Recognised(one.identifier.type, values[one.identifier_id]) for one in sightings}
    remarks = remarks_on(recognised, for_officer=for_officer)
    reported = dict(enumerate(submission.document["identifiers"]))
    return [
        IdentifierRow(
            one.identifier_id,
            type_of(one.identifier.type).label,
            recognised[one.identifier_id].display,
            SightingRole(one.role).label,
            country_name(one.country) if one.country else "",
            one.source == SightingSource.NARRATIVE,
            _beside(reported.get(one.position, {})) if one.source == SightingSource.REPORTED else "",
            remark=remarks[one.identifier_id],
            related=tuple(related.get(one.identifier_id, ())),
            withdrawn=one.withdrawn_at is not None,
            withdraw_url=reverse(withdraw, args=[submission.pk, one.identifier_id]) if withdraw else "",
            amount=money_text(one.amount, one.currency) if one.amount is not None else "",
            seen_on=one.seen_on,
            from_file=one.source == SightingSource.FILE,
        )
        for one in sightings
    ]


def file_pairs(submission: Submission) -> list[dict[str, Any]]:
    """What rows of files hold, in numbers: how many of each type, and what was paid in each currency."""
    if not submission.file_rows:
        return []
    types, sums = submission.file_summary.get("types", {}), submission.file_summary.get("sums", {})
    by_type = sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))
    pairs = [
        (_("Rows"), _whole(submission.file_rows)),
        (_("Identifiers"), "\n".join(f"{_whole(number)}\u00a0× {type_of(code).label}" for code, number in by_type)),
        (_("Amounts"), "\n".join(money_text(Decimal(total), code) for code, (_rows, total) in sorted(sums.items()))),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def _whole(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def _related(relations: list[Relation], values: dict[int, Recognised]) -> dict[int, list[str]]:
    """What each identifier of a submission belongs to, in words: “names example[.]org”."""
    found: dict[int, list[str]] = {}
    for one in relations:
        words = f"{RelationKind(one.kind).label} {values[one.target_id].display}"
        found.setdefault(one.source_id, []).append(words)
    return found


def receipt_pairs(submission: Submission) -> list[dict[str, Any]]:
    """What a receipt says: that it was received, by whom it was sent, and hashes by which files are proven."""
    document = submission.document
    files = submission.attachments.select_related("submission__data_key")
    pairs = [
        (_("Reference"), submission.reference),
        (_("Title"), document["what"]["title"]),
        (_("Received"), _with_zone(submission.finished_at)),
        (_("Sent by"), f"{submission.reporter}, {submission.organisation}"),
        (_("Marked"), f"{submission.tlp} · {submission.grade} {' '.join(submission.handling_codes)}"),
        (_("Identifiers"), len(document["identifiers"])),
        (_("Payments"), len(document["payments"])),
        *([(_("Rows of files"), _whole(submission.file_rows))] if submission.file_rows else []),
        (_("Files"), "\n".join(f"{one.name}, SHA-256 {one.sha256}" for one in files)),
    ]
    return [{"label": label, "value": value} for label, value in pairs]


def _with_zone(at: datetime | None) -> str:
    """A time that is read elsewhere and later: with the name of its zone."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local:%Z}"


def _reported(submission: Submission) -> list[IdentifierRow]:
    rows = []
    values = [Recognised(row["type"], row["value"]) for row in submission.document["identifiers"]]
    known = known_effects(values)
    for one, row in zip(values, submission.document["identifiers"], strict=True):
        role = SightingRole(row["role"]).label
        remark = Remark(known[one].reason if one in known else "")
        label = type_of(one.type).label
        rows.append(IdentifierRow(None, label, one.display, role, "", False, _beside(row), remark=remark))
    return rows


def _beside(row: dict[str, str]) -> str:
    return beside(row.get("chain", ""), row.get("token", ""))


COUNTED_EXACTLY = 20_000  # rows of files up to which equal identifiers are counted once


def identifier_types_text(sightings: QuerySet[Sighting], submissions: Iterable[Submission]) -> str:
    """How many different identifiers of each type some submissions report: “2 × IBAN, 1 × E-mail address”.

    Where they hold very many rows of files, those are counted as rows.
    """
    numbers: Counter[str] = Counter()
    if sum(one.file_rows for one in submissions) > COUNTED_EXACTLY:
        sightings = sightings.filter(position__lt=FILE_POSITIONS)
        for one in submissions:
            numbers.update(one.file_summary.get("types", {}))
    rows = sightings.order_by().values("identifier__type").annotate(number=Count("identifier_id", distinct=True))
    numbers.update({row["identifier__type"]: row["number"] for row in rows})
    ordered = sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{_whole(number)}\u00a0× {type_of(code).label}" for code, number in ordered)
