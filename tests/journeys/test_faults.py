"""Nothing is lost and nothing is doubled while processes are killed and database connections end, at random.

The portal runs as `make run` starts it, on the test's database. `EFC_FAULT_SEED` repeats the choices of a run.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Iterator

import pyrage
import pytest
from django.conf import settings
from django.core.management import call_command

from bench.browser import Browser
from bench.portal import TrialPortal, trial_folder
from deploy.local.supervisor import WORKERS
from efc_portal.audit.models import AuditEvent
from efc_portal.audit.seal import audit_seal
from efc_portal.core.blobs import blob_read
from efc_portal.notifications.models import Mail
from efc_portal.referrals.models import Delivery, Package, Referral
from efc_portal.referrals.services import referral_propose
from efc_portal.submissions.models import Payment, Sighting, Submission
from efc_portal.workflow.models import WorkItem
from tests.cast import Cast
from tests.factories import stages
from tests.journeys.sabotage import BLOWS, Managers, Person, Reporters, Saboteur
from tests.workflow.effects import until
from tests.workflow.workers import workers_environment

pytestmark = [pytest.mark.workflow, pytest.mark.django_db(transaction=True)]

SUBMISSIONS, REFERRALS = 200, 100
REPORTERS_AT_ONCE, MANAGERS_AT_ONCE = 3, 2
REST_SECONDS = 90.0
STEPS = ("begin", "finish", "screen", "normalise", "correlate")
PATHS = {"reporter": "/submissions/new/one-page/", "manager": "/referrals/"}


@pytest.fixture
def proposed(cast: Cast) -> list[str]:
    """Referrals that wait for approval, each drafted from the same case."""
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    assert cast.investigator.is_active
    referrals = [stages.referral_of(cast.officer, case, cast.agency) for _n in range(REFERRALS)]
    for referral in referrals:
        referral_propose(referral=referral, actor=cast.officer)
    return [str(referral.pk) for referral in referrals]


@pytest.fixture
def portal(cast: Cast, proposed: list[str]) -> Iterator[TrialPortal]:
    """Web, two workers and beat under their process manager, with the keys and files of the test session."""
    with trial_folder("efc-fault-") as folder:
        environment = {**workers_environment(), "EFC_VAR": os.environ["EFC_VAR"]}
        environment.pop("DJANGO_SETTINGS_MODULE")
        running = TrialPortal(folder, settings="tests.journeys.fault_settings", environment=environment)
        try:
            running.supervisor.start(dict(running.environment))
            until(running.supervisor.states)
            running.go()
            yield running
        finally:
            running.stop()
            for log in sorted(running.supervisor.logs.glob("*.log")):
                print(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}")  # noqa: T201  (shown on failure)


def at_work(portal: TrialPortal, cast: Cast, who: str) -> Browser:
    """A browser in which one of the cast is signed in, and has shown the second factor just now."""
    cookie = cast.client(who, fresh=True).cookies[settings.SESSION_COOKIE_NAME].value
    browser = Browser(portal.port, {settings.SESSION_COOKIE_NAME: cookie})
    assert browser.get(PATHS[who]).status == 200
    return browser


def test_nothing_is_lost_and_nothing_is_doubled(portal: TrialPortal, cast: Cast, proposed: list[str]) -> None:
    seed = int(os.environ.get("EFC_FAULT_SEED") or random.SystemRandom().randrange(10**6))
    print(f"EFC_FAULT_SEED={seed}")  # noqa: T201  (shown on failure)
    saboteur, reporters, managers = Saboteur(portal, seed), Reporters(seed), Managers(list(proposed))
    people = [
        *(Person(reporters.work, at_work(portal, cast, "reporter")) for _n in range(REPORTERS_AT_ONCE)),
        *(Person(managers.work, at_work(portal, cast, "manager")) for _n in range(MANAGERS_AT_ONCE)),
    ]
    blows = len(saboteur.order)
    for blow, _struck in enumerate(saboteur.blows()):
        for group, total in ((reporters, SUBMISSIONS), (managers, REFERRALS)):
            group.turns.release(total * (blow + 1) // blows - total * blow // blows)
    for group, number in ((reporters, REPORTERS_AT_ONCE), (managers, MANAGERS_AT_ONCE)):
        group.turns.end(number)
    for person in people:
        person.ended()

    until(lambda: not WorkItem.objects.filter(done_at=None, failed_at=None).exists(), REST_SECONDS)  # left alone
    again = WorkItem.objects.filter(attempts__gt=1).count()
    print(f"{reporters.unanswered} requests without an answer, {again} steps begun again")  # noqa: T201
    assert not WorkItem.objects.filter(done_at=None).exists()
    every_submission_is_there_once(reporters)
    every_referral_was_delivered_once(cast, managers)
    every_mail_went_out_once(portal)
    nothing_was_done_twice()
    audit_seal(whole=True)
    call_command("audit_verify")
    assert again, "nobody was hit at work: this run has shown nothing"


def every_submission_is_there_once(reporters: Reporters) -> None:
    """What was acknowledged is ready for triage, and there is nothing else, however often a form was sent."""
    assert len(reporters.acknowledged) == SUBMISSIONS
    sent = Submission.objects.select_related("data_key").exclude(status="accepted")
    assert {one.status for one in sent} == {"triage"}
    assert sorted((one.title, str(one.pk)) for one in sent) == sorted(reporters.acknowledged.items())
    numbers = sorted(int(one.reference[-6:]) for one in Submission.objects.all())
    assert numbers == list(range(1, SUBMISSIONS + 2))  # no number is doubled, none is missing
    for model, number in ((Sighting, 6), (Payment, 2)):
        found = Counter(model.objects.filter(submission__status="triage").values_list("submission", flat=True))
        assert found == dict.fromkeys((one.pk for one in sent), number)


def every_referral_was_delivered_once(cast: Cast, managers: Managers) -> None:
    """One package that the agency's key opens, one delivery, one mail to each of its people."""
    assert len(set(managers.approved)) == len(managers.approved) == REFERRALS
    assert set(Referral.objects.values_list("status", flat=True)) == {"delivered"}
    assert Delivery.objects.count() == Package.objects.count() == REFERRALS
    references = set(Referral.objects.values_list("reference", flat=True))
    told = Mail.objects.filter(template="referral_delivered").values_list("values__reference", flat=True)
    assert Counter(told) == dict.fromkeys(references, 1)
    for package in Package.objects.select_related("referral__data_key"):
        sealed = b"".join(blob_read(package.blob, data_key=package.referral.data_key, context=package.context))
        assert pyrage.decrypt(sealed, [cast.agency.identity])


def every_mail_went_out_once(portal: TrialPortal) -> None:
    """A message that was sent again after a crash has the same Message-ID, by which receivers drop it."""
    written = "".join(file.read_text() for file in (portal.folder / "mail").iterdir())
    out = Counter(re.findall(r"^Message-ID: <([0-9a-f-]{36})@", written, re.MULTILINE))
    assert set(out) == {str(pk) for pk in Mail.objects.exclude(sent_at=None).values_list("pk", flat=True)}
    assert not Mail.objects.filter(sent_at=None).exists()
    assert sum(out.values()) - len(out) <= WORKERS * len(BLOWS)


def nothing_was_done_twice() -> None:
    """Each step has run once, and each object has gone its way once."""
    done = Counter(WorkItem.objects.values_list("kind", "subject_id"))
    assert set(done.values()) == {1}
    way = Counter(
        AuditEvent.objects.filter(action__in=[f"submission.{step}" for step in STEPS]).values_list(
            "action", "object_id"
        )
    )
    assert set(way.values()) == {1}
    assert {pk for _action, pk in way} == {str(pk) for pk in Submission.objects.values_list("pk", flat=True)}
    for step in ("approve", "package", "deliver"):
        events = AuditEvent.objects.filter(action=f"referral.{step}")
        assert Counter(events.values_list("object_id", flat=True)).keys() == set(
            map(str, Referral.objects.values_list("pk", flat=True))
        )
        assert events.count() == REFERRALS
