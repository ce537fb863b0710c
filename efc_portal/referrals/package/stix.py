"""`bundle.stix.json`: the referral as a STIX 2.1 bundle.

One report binds everything. Each submission is an observed-data object, made by its provider, with the provider's
words as a note. Each payment is a relationship between two identifiers, with its amount in an extension of the
portal's own. Values are exact, never defanged: this file is for machines.

The objects are written as plain mappings, not through python-stix2, whose checks take about a millisecond an object;
the tests read every bundle back with it. The same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from efc_portal.referrals.package.content import Content, Payment, Submission
from efc_portal.referrals.package.stix_bundle import META, Bundle
from efc_portal.referrals.package.stix_objects import (
    LASTING,
    Object,
    file,
    location,
    organisation,
    own_id,
    sdo,
    stamp,
    statement,
)
from efc_portal.referrals.package.stix_payments import payment_objects


def stix_bundle(content: Content) -> bytes:
    """The bundle as UTF-8 JSON, one object a line."""
    bundle = Bundle(content)
    for identifier in content.identifiers:
        bundle.identifier(identifier)
    for submission in content.submissions:
        _submission(bundle, submission)
    _report(bundle)
    return bundle.text()


def _submission(bundle: Bundle, submission: Submission) -> None:
    """The provider, what it observed, its words, and its payments."""
    content, reference = bundle.content, submission.reference
    provider = _provider(bundle, submission)
    handling = bundle.put(statement(_handling(submission)))
    marks = (bundle.basis, handling)
    seen = [bundle.identifier(one) for one in content.identifiers if reference in one.submissions]
    seen = [known for known in seen if not known.startswith("identity--")]  # observed-data refers to observables
    seen += [bundle.put(file(one), handling) for one in content.attachments if one.submission == reference]
    payments = [one for one in content.payments if one.submission == reference]
    for number, payment in enumerate(payments):
        seen += payment_objects(bundle, payment, number, provider, marks)
    observed = ""
    if seen:
        first, last = _observed(submission, payments, content.approved_at)
        observed = bundle.put(
            sdo(
                "observed-data",
                (content.reference, reference),
                bundle.created,
                created_by_ref=provider,
                first_observed=first,
                last_observed=last,
                number_observed=1,
                object_refs=list(dict.fromkeys(seen)),
                external_references=[_external(content.coalition, reference)],
            ),
            *marks,
        )
    bundle.put(
        sdo(
            "note",
            (content.reference, reference),
            bundle.created,
            created_by_ref=provider,
            abstract=f"What the provider reported in {reference}",
            content=_words(submission),
            authors=[bundle.objects[provider]["name"]],
            labels=[*(f"red-flag-{flag.code}" for flag in submission.red_flags)],
            external_references=[_external(content.coalition, reference)],
            object_refs=[observed or own_id("report", content.reference)],
        ),
        *marks,
    )


def _provider(bundle: Bundle, submission: Submission) -> str:
    """The provider's identity, and where it sits. A source that is not named has one of its own in each referral."""
    scope = () if submission.organisation else ("unnamed", bundle.content.reference, submission.reference)
    provider = bundle.put(organisation(submission.organisation or "A partner", *scope))
    if submission.country:
        place = bundle.put(location(submission.country))
        bundle.put(
            sdo(
                "relationship",
                ("located-at", provider, place),
                LASTING,
                created_by_ref=bundle.coalition,
                relationship_type="located-at",
                source_ref=provider,
                target_ref=place,
            )
        )
    return provider


def _external(source: str, reference: str) -> Object:
    return {"source_name": source, "external_id": reference}


def _handling(submission: Submission) -> str:
    """The provider's marks as one statement."""
    handling = submission.handling
    parts = [
        f"{submission.reference}: {handling.tlp}",
        f"4x4 grade {handling.grade}",
        *(code.label for code in handling.codes),
        handling.note,
        f"Suspicious transaction report information, shared with the FIU's agreement {handling.str_agreement}"
        if handling.str_agreement
        else "",
    ]
    return "; ".join(part for part in parts if part)


def _words(submission: Submission) -> str:
    flags = "; ".join(f"{flag.code} {flag.label}" for flag in submission.red_flags)
    methods = "; ".join(method.label for method in submission.methods)
    period = " to ".join(day.isoformat() for day in (submission.period_from, submission.period_to) if day)
    facts = {"Period": period, "Payment methods": methods, "Red flags ticked": flags}
    return "\n\n".join(
        [submission.narrative or "No narrative.", *(f"{name}: {text}" for name, text in facts.items() if text)]
    )


def _observed(submission: Submission, payments: Iterable[Payment], approved_at: datetime) -> tuple[str, str]:
    """First and last observed: the period, else the payments' days, else the approval."""
    days = [day for day in (submission.period_from, submission.period_to) if day]
    days = days or [payment.paid_on for payment in payments if payment.paid_on]
    if not days:
        return stamp(approved_at), stamp(approved_at)
    return f"{min(days)}T00:00:00.000Z", f"{max(days)}T23:59:59.999Z"


def _report(bundle: Bundle) -> None:
    content = bundle.content
    sections = {
        "": content.summary,
        "Why this agency: ": content.routing_reason,
        "Requested action: ": content.requested_action,
        "Sent to: ": content.agency.name,
        "Approved by: ": content.approved_by,
    }
    bundle.put(
        sdo(
            "report",
            (content.reference,),
            bundle.created,
            created_by_ref=bundle.coalition,
            name=f"{content.reference} {content.title}",
            description="\n\n".join(head + text for head, text in sections.items() if text),
            report_types=["observed-data"],
            published=bundle.created,
            object_refs=[key for key, one in bundle.objects.items() if one["type"] not in META],
            external_references=[
                _external(content.coalition, content.reference),
                _external(content.coalition, content.case_reference),
            ],
        ),
        bundle.basis,
        *(bundle.put(statement(_handling(submission))) for submission in content.submissions),
    )
