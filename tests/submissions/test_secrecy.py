"""What a submission says stays secret: in the database, on the disk, and from whoever it does not belong to."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.urls import reverse

from efc_portal.submissions.models import Submission
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.journeys import pages

SECRETS = (
    "Forty small transfers",
    "Repeated low-value transfers",
    pages.IBAN,
    pages.WALLET,
    "payer77",
    "ledger-of-september",
    "row in the ledger",
    "Which currency?",
)


def everything_stored() -> bytes:
    """Every table as text, as a dump shows it, and every file of the blob folder."""
    parts: list[bytes] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            out = io.StringIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', out)
            text = out.getvalue()
            parts.append(text.encode())
            # what bytea columns hold, as bytes
            cells = (cell for line in text.splitlines() for cell in line.split("\t"))
            parts += [bytes.fromhex(cell[3:]) for cell in cells if cell.startswith("\\\\x")]
    folder = Path(settings.STORAGES["blobs"]["OPTIONS"]["location"])
    parts += [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return b"\n".join(parts)


@pytest.mark.django_db
def test_neither_the_database_nor_the_disk_shows_what_a_submission_says(cast: Cast) -> None:
    client, officer = cast.client("reporter"), cast.client("officer")
    pk = pages.begin(client)
    file = io.BytesIO(b"date;row in the ledger\n2026-09-01;12\n")
    file.name = "ledger-of-september.csv"
    assert client.post(reverse("submissions:attachment_add", args=[pk]), {"files": file}).status_code == 302
    pages.save(client, pk, "identifiers", pages.rows("identifiers", pages.IDENTIFIERS))
    pages.save(client, pk, "payments", pages.rows("payments", pages.PAYMENTS))
    pages.save(client, pk, "handling", pages.handling())
    client.post(reverse("submissions:finish", args=[pk]))
    work_drain_for(10)
    officer.post(reverse("cases:ask", args=[pk]), {"body": "Which currency?"})
    officer.post(reverse("cases:accept", args=[pk]), {"case": "new", "title": "Repeated low-value transfers"})
    work_drain_for(10)
    stored = everything_stored()
    assert b"S-2026-000001" in stored  # the look itself works
    for secret in SECRETS:
        assert secret.encode() not in stored, secret
    for sent in mail.outbox:
        for secret in SECRETS:
            assert secret not in sent.subject + sent.body + str(sent.message()), secret


OUTSIDERS = ("coordinator", "editor", "auditor", "investigator", "outsider")


@pytest.mark.django_db
@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_else_finds_a_submission(cast: Cast, who: str) -> None:
    pk = pages.submit(cast.client("reporter"))
    client = cast.client(who)
    for name in ("detail", "receipt", "progress"):
        assert client.get(reverse(f"submissions:{name}", args=[pk])).status_code == 404
    assert client.post(reverse("submissions:answer", args=[pk]), {"body": "x"}).status_code == 404
    # a colleague of officers learns that the area exists, and nothing of what is in it
    area = 403 if who in ("editor", "auditor") else 404
    assert client.get(reverse("cases:triage_detail", args=[pk])).status_code == area


@pytest.mark.django_db
def test_a_draft_is_its_organisations_alone(cast: Cast) -> None:
    pk = pages.begin(cast.client("reporter"))
    assert cast.client("analyst").get(reverse("submissions:edit", args=[pk, "what"])).status_code == 200
    assert cast.client("coordinator").get(reverse("submissions:edit", args=[pk, "what"])).status_code == 404
    assert cast.client("officer").get(reverse("cases:triage_detail", args=[pk])).status_code == 404
    assert not Submission.objects.visible_to(cast.officer).exists()


@pytest.mark.django_db
def test_that_a_suspicious_transaction_report_exists_is_shown_to_officers_alone(cast: Cast) -> None:
    bank = cast.client("reporter")
    pk = pages.submit(bank, marks={"contains_str": "yes", "str_reference": "FIU-77-agreed"})
    for name in ("detail", "receipt"):
        page = bank.get(reverse(f"submissions:{name}", args=[pk])).content.decode()
        assert "FIU-77-agreed" not in page
        assert not re.search(r"\bSTR\b|suspicious transaction", page)
    assert "FIU-77-agreed" in cast.client("officer").get(reverse("cases:triage_detail", args=[pk])).content.decode()
