"""What operators see of the work, and how they give it another chance."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from efc_portal.audit.models import AuditEvent
from efc_portal.workflow.models import WorkItem
from tests.workflow import effects  # registers the steps

pytestmark = pytest.mark.django_db

KIND = "test.noop"


def item(kind: str = KIND, **fields: Any) -> WorkItem:
    return WorkItem.objects.create(kind=kind, subject_id=uuid4(), **fields)


def aside(kind: str = KIND, error: str = "TimeoutError") -> WorkItem:
    return item(kind, failed_at=timezone.now(), attempts=12, error=error)


def said(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def retry(*arguments: str) -> str:
    return said("work_retry", *arguments, "--reason", "the disk has room again")


def test_status_counts_by_step_and_state() -> None:
    assert effects.until
    now = timezone.now()
    old = item(created_at=now - timedelta(days=3), due_at=now - timedelta(days=3))
    item(due_at=now + timedelta(minutes=5), attempts=2, error="OSError")
    item(done_at=now)
    waiting = aside("mail.send")
    lines = said("work_status").splitlines()
    counts = {line.split()[0]: line.split() for line in lines if line}
    assert counts[KIND][1:5] == ["1", "1", "0", "1"]
    assert f"{timezone.localtime(old.created_at):%Y-%m-%d}" == counts[KIND][5]
    assert counts[KIND][-1] == "OSError"
    assert counts["mail.send"][1:5] == ["0", "0", "1", "0"]
    assert any(line.split()[:2] == [str(waiting.pk), "mail.send"] for line in lines)
    assert "TimeoutError" in lines[-1]


def test_status_without_any_work() -> None:
    assert "No work was ever asked for" in said("work_status")


def test_status_for_a_script() -> None:
    aside()
    step = json.loads(said("work_status", "--json"))["steps"][0]
    assert (step["kind"], step["aside"], step["last_error"]) == (KIND, 1, "TimeoutError")


def test_one_gets_another_chance_and_the_record_says_why() -> None:
    one, other = aside(), aside()
    assert "another chance: 1" in retry(str(one.pk))
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.failed_at, one.attempts) == (None, 0)
    assert other.failed_at is not None
    event = AuditEvent.objects.get(action="work.retry")
    assert event.object_id == str(one.pk)
    assert event.justification == "the disk has room again"
    assert event.payload == {"kind": KIND, "ids": [str(one.subject_id)]}


def test_all_of_a_step_or_all_at_all() -> None:
    for kind in (KIND, KIND, "mail.send"):
        aside(kind)
    assert "another chance: 2" in retry("--step", KIND)
    assert "another chance: 1" in retry("--all")
    assert "nothing was changed" in retry("--all")
    assert AuditEvent.objects.filter(action="work.retry").count() == 3


def test_a_step_that_is_gone_can_still_be_named() -> None:
    aside("older.step")
    assert "another chance: 1" in retry("--step", "older.step")


def test_what_cannot_be_retried_is_told_and_nothing_is_done() -> None:
    good = aside()
    for number, words in (
        (item(done_at=timezone.now()).pk, "is done already"),
        (item().pk, "comes due again by itself"),
        (999_999_999, "no work with the number"),
    ):
        with pytest.raises(CommandError, match=words):
            retry(str(good.pk), str(number))
    with pytest.raises(CommandError, match="No step is called “nothing”"):
        retry("--step", "nothing")
    with pytest.raises(CommandError, match="required"):
        retry()
    with pytest.raises(CommandError, match="--reason"):
        said("work_retry", "--all", "--reason", " ")
    good.refresh_from_db()
    assert good.failed_at is not None
