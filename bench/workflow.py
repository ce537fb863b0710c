"""The workflow's speed, as a share of what Celery can do with tasks that do nothing: same broker, same workers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Section, median
from bench.invented import Source
from bench.noop import mark, nothing
from bench.portal import TrialPortal
from efc_portal.accounts.models import User
from efc_portal.cases.services import submission_accept_into_new_case
from efc_portal.partners.models import Agency
from efc_portal.referrals import services as referrals
from efc_portal.referrals.content import ReferralText
from efc_portal.referrals.enums import ReferralStatus
from efc_portal.referrals.models import Referral
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.forms import WholeDraft
from efc_portal.submissions.models import Submission
from efc_portal.submissions.services import submission_send

ROUNDS = 3
NOTHINGS, SUBMISSIONS, REFERRALS = 1000, 120, 30
PATIENCE_SECONDS = 120.0
REPORTER, OFFICER, MANAGER = "jonas@northbank.example", "ines@efc.example", "katrin@efc.example"


def measure(portal: TrialPortal) -> Section:
    """Work is laid before workers that stand still, then they are let go and timed until the last piece is done."""
    section = Section("The workflow beside tasks that do nothing")
    rates: dict[str, list[float]] = {"nothing": [], "submissions": [], "referrals": []}
    for number in range(ROUNDS):
        rates["nothing"].append(_nothing(portal, number))
        rates["submissions"].append(_submissions(portal, number))
        rates["referrals"].append(_referrals(portal))
    reference = median(rates["nothing"])
    section.add("no-op Celery tasks", f"{reference:.0f}/s", "the reference: same broker, same two workers")
    for name, words in (
        ("submissions", "submissions, finished → ready for triage"),
        ("referrals", "referrals, approved → delivered"),
    ):
        rate = median(rates[name])
        section.add(words, f"{rate:.1f}/s", f"1 takes as long as {reference / rate:.0f} no-op tasks")
    return section


@contextmanager
def _workers_wait(portal: TrialPortal) -> Iterator[None]:
    pids = portal.pids("worker")
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def _rate(number: int, done: Callable[[], bool]) -> float:
    began = time.perf_counter()
    while not done():
        if time.perf_counter() - began > PATIENCE_SECONDS:
            raise RuntimeError(f"The workers did not come to the end of {number} pieces of work.")
        time.sleep(0.02)
    return number / (time.perf_counter() - began)


def _nothing(portal: TrialPortal, number: int) -> float:
    end = Path(portal.folder) / "run" / f"mark-{number}"
    with _workers_wait(portal):
        for _ in range(NOTHINGS):
            nothing.delay()
        mark.delay(str(end))
    return _rate(NOTHINGS, end.exists)


def _submissions(portal: TrialPortal, number: int) -> float:
    reporter, source = User.objects.get(email=REPORTER), Source(f"workflow {number}")
    with _workers_wait(portal):
        sent = [
            submission_send(finished=WholeDraft(source.document(), region="DE").finished(), actor=reporter).pk
            for _ in range(SUBMISSIONS)
        ]
    arrived = Submission.objects.filter(pk__in=sent, status=SubmissionStatus.TRIAGE)
    return _rate(SUBMISSIONS, lambda: arrived.count() == SUBMISSIONS)


def _referrals(portal: TrialPortal) -> float:
    officer, manager = User.objects.get(email=OFFICER), User.objects.get(email=MANAGER)
    agency = Agency.objects.select_related("organisation").get(organisation__country="FR")
    waiting = Submission.objects.filter(status=SubmissionStatus.TRIAGE, reference__startswith="S-20", sightings__gt=3)
    chosen = list(waiting.select_related("data_key", "organisation").distinct().order_by("-finished_at")[:REFERRALS])
    drafts = [_draft(submission, agency, officer) for submission in chosen]
    with _workers_wait(portal):
        for referral in drafts:
            referrals.referral_approve(referral=referral, actor=manager)
    arrived = Referral.objects.filter(pk__in=[one.pk for one in drafts], status=ReferralStatus.DELIVERED)
    return _rate(REFERRALS, lambda: arrived.count() == REFERRALS)


def _draft(submission: Submission, agency: Agency, officer: User) -> Referral:
    """A referral that waits for its approval."""
    case = submission_accept_into_new_case(submission=submission, title=submission.title, actor=officer)
    text = ReferralText(title=submission.title, summary="See the report.", request="Please check.", routing_reason="FR")
    referral = referrals.referral_draft(case=case, agency=agency, submissions=[submission], text=text, actor=officer)
    referrals.referral_propose(referral=referral, actor=officer)
    return referral
