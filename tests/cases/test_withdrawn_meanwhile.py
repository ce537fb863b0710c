"""A value that is taken back while its matches are being made."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connections, transaction

from efc_portal.cases.correlate import submission_correlate
from efc_portal.cases.models import Match
from efc_portal.submissions.enums import SubmissionStatus, WithdrawalReason
from efc_portal.submissions.models import Submission
from efc_portal.submissions.services import value_withdraw
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import stages
from tests.workflow.effects import somebody_waits, until


@pytest.mark.django_db(transaction=True)
def test_its_matches_do_not_come_back(cast: Cast) -> None:
    first, second = stages.submission_of(cast.reporter), stages.submission_of(cast.coordinator)
    identifier = first.sightings.get().identifier
    Match.objects.all().delete()
    Submission.objects.filter(pk=second.pk).update(status=SubmissionStatus.NORMALISED)

    def correlate() -> None:
        with transaction.atomic():
            submission_correlate(submission=Submission.objects.get(pk=second.pk))
        connections.close_all()

    def withdraw() -> None:
        value_withdraw(submission=first, identifier=identifier, reason=WithdrawalReason.MISTAKE, actor=cast.reporter)
        work_drain_for(30)
        connections.close_all()

    # Somebody else's unfinished row of the same match makes the statement wait after it has looked at everything.
    slow = Thread(target=correlate)
    with transaction.atomic():
        Match.objects.create(earlier=first, later=second, identifier=identifier)
        slow.start()
        until(somebody_waits)
        quick = Thread(target=withdraw)
        quick.start()
        quick.join()
        transaction.set_rollback(True)
    slow.join()
    assert first.withdrawals.count() == 1
    assert Submission.objects.get(pk=second.pk).status == SubmissionStatus.TRIAGE
    assert not Match.objects.exists()
