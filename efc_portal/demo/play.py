"""Plays the stories: every person acts through the same services as on the pages, and the workflow does its steps."""

from __future__ import annotations

import io
from datetime import date, timedelta

from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.cases.models import Case
from efc_portal.cases.services import case_close, case_note_add, submission_accept, submission_decline
from efc_portal.cases.services import submission_accept_into_new_case as open_case
from efc_portal.demo.clock import days_ago
from efc_portal.demo.coalition import PEOPLE
from efc_portal.demo.stories import Report, Story
from efc_portal.demo.values import Invented
from efc_portal.partners.models import Agency
from efc_portal.referrals import services as referrals
from efc_portal.referrals.content import ReferralText
from efc_portal.referrals.models import Referral
from efc_portal.referrals.routing import routing_proposals
from efc_portal.submissions.enums import SightingRole, WithdrawalReason
from efc_portal.submissions.forms import WholeDraft
from efc_portal.submissions.models import Sighting, Submission
from efc_portal.submissions.services import (
    attachment_add,
    draft_create,
    draft_save,
    submission_ask,
    submission_finish,
    value_withdraw,
)
from efc_portal.workflow.worker import work_drain_for

_ROLES = {"merchant": SightingRole.MERCHANT, "email": SightingRole.CONTACT, "phone": SightingRole.CONTACT,
          "url": SightingRole.MERCHANT, "page": SightingRole.MERCHANT, "desk": SightingRole.CONTACT,
          "provider": SightingRole.OTHER}  # fmt: skip


def person(email: str) -> User:
    return User.objects.get(email=email)


def play(story: Story, number: int) -> None:
    """Bring one story to where it ends. The days between its beginning and now pass step by step."""
    values = Invented(f"story {number}")
    shared: dict[str, str] = {}
    ages = [story.days - 0.04 * place for place in range(len(story.reports))]
    submissions = []
    for report, age in zip(story.reports, ages, strict=True):
        with days_ago(max(age, 0)):
            submissions.append(_report(report, values, shared, send=story.ends != "draft"))
            work_drain_for(30)
    if story.ends not in ("draft", "triage"):
        _decide(story, submissions)


def _report(report: Report, values: Invented, shared: dict[str, str], *, send: bool) -> Submission:
    reporter = person(report.reporter)
    draft = draft_create(actor=reporter)
    draft_save(draft=draft, parts=_document(report, values, shared, draft.provider_country), actor=reporter)
    if report.attachment:
        table = "date;amount;currency\n" + "".join(
            f"{_day(place).isoformat()};{amount};{report.currency}\n" for place, amount in enumerate(report.amounts)
        )
        attachment_add(draft=draft, file=io.BytesIO(table.encode()), filename="payments.csv", actor=reporter)
    if send:
        whole = WholeDraft(draft.document, region=draft.provider_country)
        submission_finish(draft=draft, finished=whole.finished(), actor=reporter)
    return draft


def _day(place: int) -> date:
    return timezone.localdate() - timedelta(days=3 + 2 * place)


def _document(report: Report, values: Invented, shared: dict[str, str], country: str) -> dict[str, object]:
    """The report as it would be typed into the form."""
    identifiers = []
    for name in report.names:
        kind = name.rstrip("1")
        value = shared.get(name) or _value(values, kind, report.country or country)
        if name != kind:
            shared[name] = value
        type_code = "merchant" if kind == "merchant" else ""
        identifiers.append({"value": value, "type": type_code, "role": _ROLES.get(kind, SightingRole.RECIPIENT)})
    payments = [
        {
            "sender": "",
            "recipient": "0",
            "method": report.method,
            "amount": amount,
            "currency": report.currency,
            "paid_on": _day(place).isoformat(),
        }
        for place, amount in enumerate(report.amounts)
    ]
    first = _day(max(len(report.amounts) - 1, 3))
    return {
        "what": {
            "title": report.title,
            "narrative": report.narrative,
            "period_from": first.isoformat(),
            "period_to": _day(0).isoformat(),
            "country": report.country,
            "red_flags": [str(flag) for flag in report.flags],
        },
        "identifiers": identifiers,
        "payments": payments,
        "handling": {
            "tlp": report.tlp,
            "source_grade": report.grade[0],
            "information_grade": report.grade[1],
            "handling_codes": list(report.codes),
            "handling_note": "",
            "contains_str": "no",
            "str_reference": "",
            **({"child_in_danger": "on"} if report.danger else {}),
        },
    }


def _value(values: Invented, kind: str, country: str) -> str:
    if kind == "iban":
        return values.iban(country if country in ("DE", "NL", "GB", "IE", "AT", "LT", "LV", "CY") else "LT")
    return str(getattr(values, kind)())


def _decide(story: Story, submissions: list[Submission]) -> None:
    """Triage and, for most stories, a case."""
    officer = person("ines@efc.example" if len(story.case) % 2 else "pavel@efc.example")
    submissions = list(Submission.objects.filter(pk__in=[one.pk for one in submissions]).order_by("reference"))
    with days_ago(story.days * 0.93):
        if story.ends == "asked":
            question = "Which countries do the senders’ accounts belong to, and since when?"
            submission_ask(submission=submissions[0], body=question, actor=officer)
            return
        if story.ends == "declined":
            submission_decline(
                submission=submissions[0],
                reason="out_of_scope",
                explanation="Thank you. Nothing here points to the exploitation of children.",
                actor=officer,
            )
            return
        case = open_case(submission=submissions[0], title=story.case, actor=officer)
        for submission in submissions[1:]:
            submission_accept(submission=submission, case=case, actor=officer)
        case_note_add(
            case=case, body="Compared with what is known; the shared values tie these together.", actor=officer
        )
    if story.ends == "closed":
        with days_ago(story.days * 0.7):
            case_close(case=case, justification="Explained by the partner; nothing remains open.", actor=officer)
    if story.agency:
        _refer(story, case, submissions, officer)


def _refer(story: Story, case: Case, submissions: list[Submission], officer: User) -> None:
    """The referral, as far as the story goes."""
    ages = [story.days * share for share in (0.85, 0.8, 0.7, 0.55, 0.35)]
    manager = person("katrin@efc.example")
    agency = Agency.objects.get(organisation__name=story.agency)
    reason = next(one.reason for one in routing_proposals(submissions) if one.agency == agency)
    with days_ago(ages[0]):
        referral = referrals.referral_draft(
            case=case,
            agency=agency,
            submissions=submissions,
            text=ReferralText(
                title=story.case,
                summary=f"{_submissions(len(submissions))} the values listed in the package. "
                + story.reports[0].narrative,
                request="Please check whether these values are known to you, and tell us the outcome.",
                routing_reason=reason,
            ),
            actor=officer,
        )
    for step in _PATH.get(story.ends, ""):
        with days_ago(ages[_AGE[step]]):
            referral = Referral.objects.select_related("data_key", "agency__organisation", "case").get(pk=referral.pk)
            _step(step, story, referral, officer=officer, manager=manager)
            work_drain_for(30)
    if story.takes_back:
        with days_ago(ages[_AGE["c"]]):
            _take_back(story.takes_back, submissions, person(story.reports[0].reporter))
            work_drain_for(30)


def _take_back(type_code: str, submissions: list[Submission], reporter: User) -> None:
    sighting = Sighting.objects.filter(
        submission__in=submissions, submission__reporter=reporter, identifier__type=type_code
    ).earliest("submission__reference")
    value_withdraw(
        submission=sighting.submission,
        identifier=sighting.identifier,
        reason=WithdrawalReason.MISTAKE,
        actor=reporter,
    )


# The steps after drafting: propose, give back, withdraw, approve, acknowledge, accept (yes), decline (no), conclude.
_PATH = {
    "review": "p",
    "returned": "pb",
    "withdrawn": "w",
    "delivered": "pa",
    "acknowledged": "pak",
    "accepted": "paky",
    "refused": "pakn",
    "concluded": "pakyc",
}
_AGE = {"p": 0, "b": 1, "w": 1, "a": 1, "k": 2, "y": 3, "n": 3, "c": 4}


def _step(step: str, story: Story, referral: Referral, *, officer: User, manager: User) -> None:
    investigator = person(next(email for email, _n, organisation, *_r in PEOPLE if organisation == story.agency))
    match step:
        case "p":
            referrals.referral_propose(referral=referral, actor=officer)
        case "b":
            note = "Please say in the summary which of the payments are confirmed by both partners."
            referrals.referral_return(referral=referral, note=note, actor=manager)
        case "w":
            referrals.referral_withdraw(
                referral=referral, justification="The link to children was not confirmed.", actor=officer
            )
        case "a":
            referrals.referral_approve(referral=referral, actor=manager)
        case "k":
            referrals.referral_acknowledge(referral=referral, actor=investigator)
            referrals.referral_release(referral=referral, kind="received", release_at=None, actor=investigator)
        case "y":
            referrals.referral_accept(referral=referral, note="Taken up by our financial desk.", actor=investigator)
            referrals.referral_release(referral=referral, kind="in_use", release_at=None, actor=investigator)
        case "n":
            referrals.referral_decline(
                referral=referral,
                reason="not_enough",
                note="The amounts alone do not carry an investigation; we keep the merchant in view.",
                actor=investigator,
            )
            referrals.referral_release(referral=referral, kind="no_action", release_at=None, actor=investigator)
        case "c":
            referrals.referral_conclude(
                referral=referral, outcomes=story.outcomes, note="Our case is with the prosecutor.", actor=investigator
            )
            referrals.referral_release(referral=referral, kind="result_codes", release_at=None, actor=investigator)


def _submissions(number: int) -> str:
    return "One submission reports" if number == 1 else f"{number} submissions share"
