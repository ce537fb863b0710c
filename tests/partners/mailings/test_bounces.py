"""Letters that come back: RFC 3464 notices, forged ones, and whose address fails."""

from __future__ import annotations

import io
import mailbox
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from bench.sink import Sink
from efc_portal.partners.mailings.selectors import addresses_failing
from efc_portal.partners.mailings.tokens import envelope_sender, recipient_of, token_of
from efc_portal.partners.models import Mailing
from tests.cast import Cast
from tests.factories.mailings import mailing_queued_of
from tests.partners.mailings.conftest import coordinators

pytestmark = pytest.mark.django_db

NOTICE = """\
Return-Path: <>
Date: Fri, 06 Mar 2026 09:14:22 +0100
From: Mail delivery <postmaster@mx.meridian.example>
To: {to}
Subject: Your letter could not be delivered
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_parts"

--=_parts
Content-Type: text/plain; charset=utf-8

The mailbox is not known here. Nothing more will be tried.

--=_parts
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.meridian.example
Arrival-Date: Fri, 06 Mar 2026 09:14:20 +0100

Original-Recipient: rfc822;c00@meridian.example
Final-Recipient: rfc822;c00@meridian.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such mailbox

--=_parts
Content-Type: message/rfc822-headers

From: EFC portal <portal@efc.invalid>
To: c00@meridian.example
Subject: The meeting in May

--=_parts--
"""


@pytest.fixture(autouse=True)
def bounce_address(settings: Settings) -> None:
    settings.MAILING_BOUNCE_ADDRESS = "bounces@efc.example"


@pytest.fixture
def sent(cast: Cast, sink: Sink, send: Callable[[Mailing], None]) -> Mailing:
    coordinators(cast, 1)
    mailing = mailing_queued_of(cast.manager)
    send(mailing)
    return mailing


def receive(text: str, monkeypatch: pytest.MonkeyPatch, *options: str) -> str:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    said = io.StringIO()
    call_command("bounce_receive", *options, stdout=said)
    return said.getvalue().strip()


def notice(to: str, action: str = "failed", status: str = "5.1.1") -> str:
    return NOTICE.format(to=to, action=action, status=status)


def test_a_notice_marks_the_letter(sent: Mailing, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes to the sender that stood on the envelope."""
    letter = sent.recipients.get()
    assert sink.taken[0].sender == envelope_sender(letter.pk)
    assert receive(notice(f"<{sink.taken[0].sender.upper()}>"), monkeypatch) == "Noted."
    letter.refresh_from_db()
    assert (letter.status, letter.code) == ("bounced", "5.1.1")
    assert receive(notice(sink.taken[0].sender), monkeypatch).startswith("Nothing of ours")


def test_the_mail_server_may_tell_the_recipient(sent: Mailing, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    assert receive(notice("undisclosed:;"), monkeypatch, "--to", sink.taken[0].sender) == "Noted."


@pytest.mark.parametrize("text", ["", "Subject: Re\n\nThank you", NOTICE.replace("multipart/report", "text/plain")])
def test_what_is_no_notice_is_ignored(sent: Mailing, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = text.replace("{to}", envelope_sender(sent.recipients.get().pk))
    assert receive(text, monkeypatch).startswith("Nothing of ours")
    assert sent.recipients.get().status == "sent"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_delay_is_no_failure(sent: Mailing, action: str, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(notice(envelope_sender(sent.recipients.get().pk), action, "4.4.7"), monkeypatch)
    assert sent.recipients.get().status == "sent"


def test_a_forged_notice_is_ignored(sent: Mailing, monkeypatch: pytest.MonkeyPatch) -> None:
    pk = sent.recipients.get().pk
    token = token_of(pk)
    forged = [f"{pk}-{'a' * 16}", f"{pk + 1}-{token.partition('-')[2]}", str(pk), f"{pk}-", token[:-1], "x" * 5000]
    for one in forged:
        assert recipient_of(f"bounces+{one}@efc.example") is None
        receive(notice(f"bounces+{one}@efc.example"), monkeypatch)
    assert sent.recipients.get().status == "sent"


def test_every_new_message_of_a_maildir_once(sent: Mailing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = mailbox.Maildir(tmp_path / "box")
    box.add(notice(envelope_sender(sent.recipients.get().pk)))
    box.add("Subject: hello\n\nthere")
    for expected in ("Read 2, noted 1.", "Read 0, noted 0."):
        assert receive("", monkeypatch, "--maildir", str(tmp_path / "box")) == expected
    assert sent.recipients.get().status == "bounced"
    assert len(box) == 2
    with pytest.raises(CommandError, match="no Maildir"):
        call_command("bounce_receive", maildir=str(tmp_path))


def test_an_address_that_fails_twice_is_shown(
    cast: Cast, sink: Sink, send: Callable[[Mailing], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = coordinators(cast, 2)
    for number in (1, 2):
        mailing = mailing_queued_of(cast.manager)
        send(mailing)
        for address, status in ((first, "5.1.1"), (second, "4.2.2")):
            receive(notice(envelope_sender(mailing.recipients.get(address=address).pk), status=status), monkeypatch)
        assert addresses_failing().count() == number - 1
    assert [person.email for person in addresses_failing()] == [first]
    assert first in cast.client("manager").get("/members/due/").content.decode()
    send(mailing_queued_of(cast.manager))  # and this one stays where it went
    assert addresses_failing().count() == 0
