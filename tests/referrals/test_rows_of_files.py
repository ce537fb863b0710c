"""A referral of a submission whose identifiers came from a file: what the agency gets of its rows."""

from __future__ import annotations

import csv
import io
import zipfile

import pyrage
import pytest

from efc_portal.referrals import packing
from efc_portal.referrals.package.build import package_build
from efc_portal.referrals.packing import package_content
from efc_portal.submissions.forms import WholeDraft
from efc_portal.submissions.models import Submission
from efc_portal.submissions.services import draft_save, submission_finish
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import intakes, stages
from tests.factories.intakes import table

pytestmark = pytest.mark.django_db
ROWS = 2500


def package(cast: Cast) -> zipfile.ZipFile:
    """What the agency opens: a submission with one typed account and the rows of a file."""
    lines = (f"payer{place}@mailbox.example,sender,2.50,EUR,2026-09-14" for place in range(ROWS))
    intake = intakes.checked(cast.reporter, table(*lines))
    draft = Submission.objects.select_related("data_key").get(pk=intake.submission_id)
    draft_save(draft=draft, parts=stages.DOCUMENT, actor=cast.reporter)
    whole = WholeDraft(draft.document, region="NL", file_rows=draft.file_rows)
    submission_finish(draft=draft, finished=whole.finished(), actor=cast.reporter)
    work_drain_for(20)
    sent = Submission.objects.get(pk=draft.pk)
    referral = stages.referral_of(cast.officer, stages.case_of(cast.officer, sent), cast.agency)
    referral.approved_at = sent.finished_at
    identity, out = pyrage.x25519.Identity.generate(), io.BytesIO()
    package_build(package_content(referral), recipient=str(identity.to_public()), out=out)
    return zipfile.ZipFile(io.BytesIO(pyrage.decrypt(out.getvalue(), [identity])))


def file_of(archive: zipfile.ZipFile, name: str) -> str:
    [path] = [one for one in archive.namelist() if name in one]
    return archive.read(path).decode("utf-8-sig")


def test_every_row_goes_along_with_its_amount_and_day(cast: Cast) -> None:
    archive = package(cast)
    rows = list(csv.DictReader(io.StringIO(file_of(archive, "/rows/S-"))))
    assert len(rows) == ROWS
    assert (rows[7]["type"], rows[7]["value"]) == ("email", "payer7@mailbox.example")
    assert (rows[7]["role"], rows[7]["amount"], rows[7]["date"]) == ("sender", "2.50", "2026-09-14")
    assert file_of(archive, "identifiers.csv").count("@mailbox.example") == ROWS
    assert "rows/S-" in file_of(archive, "SHA256SUMS")
    assert "every row of the files" in file_of(archive, "README.txt")


def test_very_many_rows_stand_apart_and_the_package_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "ROWS_WITHIN", 1000)
    archive = package(cast)
    assert len(list(csv.reader(io.StringIO(file_of(archive, "/rows/S-"))))) == ROWS + 1
    identifiers = file_of(archive, "identifiers.csv")
    assert stages.IBAN in identifiers
    assert "@mailbox.example" not in identifiers
    assert "they stand under rows/ alone" in " ".join(file_of(archive, "README.txt").split())
