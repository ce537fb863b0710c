"""A real worker is killed while it speaks with the mail server: nobody gets a second letter, and the rest still go."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import psutil
import pytest
from django.utils import timezone

from bench.sink import Sink
from efc_portal.partners.models import Mailing
from tests.cast import Cast
from tests.factories.mailings import mailing_queued_of
from tests.partners.mailings.conftest import coordinators
from tests.workflow.effects import until
from tests.workflow.workers import Workers, workers

__all__ = ["workers"]  # a fixture

pytestmark = [pytest.mark.workflow, pytest.mark.django_db(transaction=True)]
NUMBER, BEFORE = 120, 57
APP = "tests.partners.mailings.celery_app"


def statuses(mailing: Mailing) -> Counter[str]:
    return Counter(mailing.recipients.values_list("status", flat=True))


def test_kill_and_go_on(cast: Cast, sink: Sink, workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINK_PORT", str(sink.port))
    coordinators(cast, NUMBER)
    sink.hold_after = BEFORE
    sink.hold.set()
    first = workers.start(app=APP)
    mailing = mailing_queued_of(cast.manager)
    until(lambda: len(sink.taken) > BEFORE, 90)
    until(lambda: statuses(mailing)["sent"] == BEFORE)
    for process in [*psutil.Process(first.pid).children(recursive=True), psutil.Process(first.pid)]:
        process.kill()
    first.wait(20)
    handing_over = len(sink.taken) - BEFORE
    sink.hold.clear()
    claimed = mailing.recipients.filter(status="sending")
    stood = claimed.count()
    assert stood > 0
    claimed.update(claimed_at=timezone.now() - timedelta(minutes=6))
    workers.start(app=APP)
    workers.start_beat()

    def through() -> bool:
        mailing.refresh_from_db()
        return mailing.status == "sent"

    until(through, 90)
    assert statuses(mailing) == {"sent": NUMBER - stood, "unclear": stood}
    got = Counter(one.recipient for one in sink.taken)
    assert max(got.values()) == 1
    went = set(mailing.recipients.filter(status="sent").values_list("address", flat=True))
    assert went <= set(got)
    assert len(got) == len(went) + handing_over
