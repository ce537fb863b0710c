"""Screening with a scanner that is away: nothing waits for it, nothing opens without it, and it is asked again."""

from __future__ import annotations

import io

import pytest
from django.conf import settings as configured
from django.core.files.storage import storages
from django.urls import reverse
from pytest_django.fixtures import Settings

from efc_portal.submissions.enums import AttachmentStatus, SubmissionStatus
from efc_portal.submissions.models import Attachment
from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.journeys import pages
from tests.submissions.conftest import EICAR

AWAY = "127.0.0.1:1"


def sent_with(cast: Cast, content: bytes) -> Attachment:
    client = cast.client("reporter")
    pk = pages.begin(client)
    file = io.BytesIO(content)
    file.name = "ledger.txt"
    assert client.post(reverse("submissions:attachment_add", args=[pk]), {"files": file}).status_code == 302
    pages.save(client, pk, "identifiers", pages.rows("identifiers", pages.IDENTIFIERS))
    pages.save(client, pk, "payments", pages.rows("payments", pages.PAYMENTS))
    pages.save(client, pk, "handling", pages.handling())
    client.post(reverse("submissions:finish", args=[pk]))
    work_drain_for(30)
    return Attachment.objects.select_related("submission").get(submission_id=pk)


def later() -> None:
    WorkItem.objects.filter(kind="submission.scan_again", done_at=None).update(due_at="2020-01-01T00:00Z")
    work_drain_for(30)


@pytest.fixture
def away(settings: Settings) -> Settings:
    settings.CLAMD_ADDRESS = AWAY
    settings.UNSCANNED_LOCKED = True
    return settings


@pytest.mark.django_db
def test_a_submission_does_not_wait_for_the_scanner_but_its_file_stays_locked(cast: Cast, away: Settings) -> None:
    attachment = sent_with(cast, b"date;amount\n2026-03-04;20.00\n")
    assert attachment.submission.status == SubmissionStatus.TRIAGE
    assert attachment.status == AttachmentStatus.UNSCANNED
    assert not attachment.may_be_opened


@pytest.mark.django_db
def test_the_file_is_scanned_as_soon_as_the_scanner_is_back(cast: Cast, away: Settings, clamd: str) -> None:
    attachment = sent_with(cast, b"date;amount\n2026-03-04;20.00\n")
    later()
    attachment.refresh_from_db()
    assert attachment.status == AttachmentStatus.UNSCANNED  # asked again, and still away
    away.CLAMD_ADDRESS = clamd
    later()
    attachment.refresh_from_db()
    assert attachment.status == AttachmentStatus.CLEAN
    assert attachment.may_be_opened
    assert not WorkItem.objects.filter(kind="submission.scan_again", done_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_malware_that_is_found_late_is_destroyed(cast: Cast, away: Settings, clamd: str) -> None:
    attachment = sent_with(cast, EICAR)
    assert storages["blobs"].exists(attachment.blob)
    away.CLAMD_ADDRESS = clamd
    later()
    attachment.refresh_from_db()
    assert attachment.status == AttachmentStatus.INFECTED
    assert not storages["blobs"].exists(attachment.blob)


@pytest.mark.django_db
def test_without_a_scanner_nobody_is_asked_again(cast: Cast) -> None:
    assert configured.CLAMD_ADDRESS == ""
    sent_with(cast, b"date;amount\n2026-03-04;20.00\n")
    assert not WorkItem.objects.filter(kind="submission.scan_again").exists()
