"""Sending: nobody twice, whatever happens, and what cannot be known is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from bench.sink import Sink
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.partners.mailings import sending
from efc_portal.partners.mailings.services import (
    mailing_cancel,
    mailing_pause,
    mailing_resume,
    mailing_unclear_leave,
    mailing_unclear_repeat,
)
from efc_portal.partners.models import Mailing, MailingRecipient
from efc_portal.partners.services import membership_end, membership_start
from efc_portal.workflow.models import WorkItem
from tests.cast import Cast
from tests.factories.mailings import FRENCH, mailing_queued_of
from tests.partners.mailings.conftest import coordinators

pytestmark = pytest.mark.django_db
Send = Callable[[Mailing], None]


def statuses(mailing: Mailing) -> Counter[str]:
    return Counter(mailing.recipients.values_list("status", flat=True))


def recipients(sink: Sink) -> list[str]:
    return sorted(one.recipient for one in sink.taken)


def wait_is_over(mailing: Mailing) -> None:
    mailing.recipients.update(due_at=timezone.now() - timedelta(seconds=1))


def test_each_gets_one_letter_in_their_language(cast: Cast, sink: Sink, send: Send, settings: Settings) -> None:
    settings.MAILING_BOUNCE_ADDRESS = "bounces@efc.example"
    cast.coordinator.language = "fr"
    cast.coordinator.save()
    cast.bank_coordinator  # noqa: B018  made when named
    mailing = mailing_queued_of(cast.manager, texts=FRENCH)
    send(mailing)
    assert mailing.status == "sent"
    assert statuses(mailing) == {"sent": 2}
    assert recipients(sink) == ["coordinator@lighthouse.example", "coordinator@meridian.example"]
    assert sink.connections == 1
    letters = {one.recipient: one for one in sink.taken}
    english = letters["coordinator@meridian.example"]
    assert b"Subject: The meeting in May" in english.data
    assert b"we meet on 4 May" in english.data
    assert b"Meridian Bank" in english.data
    assert b"From: EFC portal <portal@efc.invalid>" in english.data
    assert b"List-Unsubscribe" not in english.data
    assert english.sender.startswith("bounces+")
    assert b"reunissons" not in english.data
    assert b"Subject: =?utf-8?" in letters["coordinator@lighthouse.example"].data


def test_batch_after_batch(cast: Cast, sink: Sink, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    expected = sorted(coordinators(cast, 5))
    mailing = mailing_queued_of(cast.manager)
    send(mailing)
    assert mailing.status == "sending"
    assert statuses(mailing) == {"sent": 2, "waiting": 3}
    assert WorkItem.objects.filter(subject_id=mailing.pk, done_at=None).exists()
    send(mailing)
    send(mailing)
    assert mailing.status == "sent"
    send(mailing)
    assert recipients(sink) == expected


def test_pause_and_resume(cast: Cast, sink: Sink, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    coordinators(cast, 3)
    mailing, client = mailing_queued_of(cast.manager), cast.client("manager", fresh=True)
    send(mailing)
    page = client.get(f"/members/mailings/{mailing.pk}/").content.decode()
    assert "2 of 3" in page
    assert "hx-get" in page
    assert client.post(f"/members/mailings/{mailing.pk}/pause/").status_code == 302
    send(mailing)
    assert (mailing.status, statuses(mailing)) == ("paused", {"sent": 2, "waiting": 1})
    assert client.post(f"/members/mailings/{mailing.pk}/pause/").status_code == 409
    assert client.post(f"/members/mailings/{mailing.pk}/resume/").status_code == 302
    send(mailing)
    assert (mailing.status, statuses(mailing)) == ("sent", {"sent": 3})
    answer = client.get(f"/members/mailings/{mailing.pk}/progress/")
    assert answer.headers["HX-Refresh"] == "true"


def test_cancelling_sends_no_more(cast: Cast, sink: Sink, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 1)
    coordinators(cast, 3)
    mailing = mailing_queued_of(cast.manager)
    send(mailing)
    mailing_cancel(mailing=mailing, actor=cast.manager)
    send(mailing)
    assert statuses(mailing) == {"sent": 1, "dropped": 2}
    assert len(sink.taken) == 1
    with pytest.raises(Conflict):
        mailing_resume(mailing=mailing, actor=cast.manager)
    with pytest.raises(NotPermitted):
        mailing_pause(mailing=mailing_queued_of(cast.manager), actor=cast.officer)


def test_a_refused_address_is_noted_with_its_code(cast: Cast, sink: Sink, send: Send) -> None:
    coordinators(cast, 3)
    sink.answers["c01@meridian.example"] = "550 5.1.1 no such mailbox"
    mailing = mailing_queued_of(cast.manager)
    send(mailing)
    assert mailing.status == "sent"
    assert recipients(sink) == ["c00@meridian.example", "c02@meridian.example"]
    refused = mailing.recipients.get(status="refused")
    assert (refused.address, refused.code) == ("c01@meridian.example", "550")


def test_who_asks_to_try_later_is_tried_later(cast: Cast, sink: Sink, send: Send) -> None:
    coordinators(cast, 2)
    sink.answers["c01@meridian.example"] = "451 4.7.1 greylisted"
    mailing = mailing_queued_of(cast.manager)
    send(mailing)
    WorkItem.objects.update(done_at=timezone.now())
    send(mailing)
    assert (mailing.status, statuses(mailing)) == ("sending", {"sent": 1, "waiting": 1})
    later = WorkItem.objects.filter(subject_id=mailing.pk, done_at=None).latest("due_at")
    assert later.due_at > timezone.now()
    sink.answers.clear()
    wait_is_over(mailing)
    send(mailing)
    assert (mailing.status, statuses(mailing)) == ("sent", {"sent": 2})
    assert recipients(sink) == ["c00@meridian.example", "c01@meridian.example"]


def test_an_address_that_never_gets_ready_is_given_up(cast: Cast, sink: Sink, send: Send) -> None:
    address = coordinators(cast, 1)[0]
    sink.answers[address] = "452 mailbox full"
    mailing = mailing_queued_of(cast.manager)
    for _time in range(sending.TRIES):
        send(mailing)
        wait_is_over(mailing)
    assert statuses(mailing) == {"refused": 1}


def test_an_unreachable_server_loses_nothing(cast: Cast, sink: Sink, send: Send, settings: Settings) -> None:
    coordinators(cast, 3)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    mailing = mailing_queued_of(cast.manager)
    send(mailing)
    assert (mailing.status, statuses(mailing)) == ("sending", {"waiting": 3})
    assert mailing.trouble == "ConnectionRefusedError"
    page = cast.client("manager").get(f"/members/mailings/{mailing.pk}/").content.decode()
    assert "The mail server took nothing" in page
    settings.EMAIL_PORT = port
    wait_is_over(mailing)
    send(mailing)
    assert (mailing.status, mailing.trouble, statuses(mailing)) == ("sent", "", {"sent": 3})


def test_a_server_that_refuses_the_sender_is_asked_later(cast: Cast, sink: Sink, send: Send) -> None:
    coordinators(cast, 3)
    sink.answers["MAIL"] = "550 sender unknown"
    mailing = mailing_queued_of(cast.manager)
    send(mailing)
    assert statuses(mailing) == {"waiting": 3}
    assert mailing.trouble == "SMTPSenderRefused 550"


def test_a_connection_that_breaks_leaves_one_letter_unclear(
    cast: Cast, sink: Sink, send: Send, settings: Settings
) -> None:
    coordinators(cast, 4)
    settings.EMAIL_TIMEOUT = 0.3
    sink.hold_after = 1
    sink.hold.set()
    mailing = mailing_queued_of(cast.manager)
    send(mailing)
    assert statuses(mailing) == {"sent": 1, "unclear": 1, "waiting": 2}
    assert len(sink.taken) == 2
    sink.hold.clear()
    wait_is_over(mailing)
    send(mailing)
    assert (mailing.status, statuses(mailing)) == ("sent", {"sent": 3, "unclear": 1})
    assert Counter(recipients(sink)).most_common(1)[0][1] == 1


def test_what_a_killed_worker_had_claimed_is_unclear_and_decided_by_hand(
    cast: Cast, sink: Sink, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the claim's commit and the mail server."""
    monkeypatch.setattr(sending, "BATCH", 3)
    coordinators(cast, 4)
    mailing = mailing_queued_of(cast.manager)
    with monkeypatch.context() as killed:
        killed.setattr(sending, "batch_send", lambda **_claim: None)
        send(mailing)
    assert statuses(mailing) == {"sending": 3, "waiting": 1}
    send(mailing)
    assert (mailing.status, statuses(mailing)) == ("sending", {"sending": 3, "sent": 1})
    mailing.recipients.filter(status="sending").update(claimed_at=timezone.now() - timedelta(minutes=6))
    send(mailing)
    assert (mailing.status, statuses(mailing)) == ("sent", {"unclear": 3, "sent": 1})
    client = cast.client("manager", fresh=True)
    assert "cannot know whether they went" in client.get(f"/members/mailings/{mailing.pk}/").content.decode()
    address = f"/members/mailings/{mailing.pk}/unclear/"
    unclear = list(mailing.recipients.filter(status="unclear").order_by("pk"))
    page = client.get(address).content.decode()
    assert all(one.address in page for one in unclear)
    assert client.post(address, {"answer": "repeat"}).status_code == 422
    assert client.post(address, {"answer": "nonsense", "letter": [unclear[0].pk]}).status_code == 422
    assert client.post(address, {"answer": "repeat", "letter": [unclear[0].pk]}).status_code == 302
    assert client.post(address, {"answer": "leave", "letter": [one.pk for one in unclear[1:]]}).status_code == 302
    assert client.post(address, {"answer": "repeat", "letter": [unclear[1].pk]}).status_code == 409
    send(mailing)
    assert (mailing.status, statuses(mailing)) == ("sent", {"sent": 2, "left": 2})
    assert max(Counter(recipients(sink)).values()) == 1
    assert "Nothing is unclear" in client.get(address).content.decode()


def test_only_letters_of_this_mailing_are_decided_about(cast: Cast, sink: Sink) -> None:
    coordinators(cast, 1)
    mailing, other = mailing_queued_of(cast.manager), mailing_queued_of(cast.manager)
    MailingRecipient.objects.update(status="unclear", claimed_at=timezone.now())
    foreign = other.recipients.get()
    for decide in (mailing_unclear_repeat, mailing_unclear_leave):
        with pytest.raises(Conflict):
            decide(mailing=mailing, recipients=[foreign.pk], actor=cast.manager)
    mailing_cancel(mailing=other, actor=cast.manager)
    with pytest.raises(ApplicationError, match="was cancelled"):
        mailing_unclear_repeat(mailing=other, recipients=[foreign.pk], actor=cast.manager)


def test_a_late_answer_of_an_old_worker_is_believed(cast: Cast, sink: Sink, send: Send) -> None:
    """It stood still so long that its letter counted as unclear, and then noted that it went."""
    coordinators(cast, 1)
    mailing = mailing_queued_of(cast.manager)
    claimed = timezone.now() - timedelta(minutes=6)
    mailing.recipients.update(status="unclear", claimed_at=claimed)
    letter = mailing.recipients.get()
    sending._note(letter, timezone.now(), sending.Outcome(sending.RecipientStatus.SENT))
    assert statuses(mailing) == {"unclear": 1}
    sending._note(letter, claimed, sending.Outcome(sending.RecipientStatus.SENT))
    assert statuses(mailing) == {"sent": 1}


def test_who_left_after_the_queue_is_not_written_to(cast: Cast, sink: Sink, send: Send) -> None:
    coordinators(cast, 2)
    mailing = mailing_queued_of(cast.manager)
    membership_end(actor=None, membership=mailing.recipients.earliest("pk").user.memberships.get())
    send(mailing)
    assert (mailing.status, statuses(mailing)) == ("sent", {"dropped": 1, "sent": 1})


def test_who_went_to_another_member_after_the_queue_is_not_written_to(cast: Cast, sink: Sink, send: Send) -> None:
    coordinators(cast, 2)
    mailing = mailing_queued_of(cast.manager)
    person = mailing.recipients.earliest("pk").user
    membership_end(actor=None, membership=person.memberships.get())
    membership_start(actor=None, user=person, organisation=cast.ngo, roles=["reporter"])
    send(mailing)
    assert statuses(mailing) == {"dropped": 1, "sent": 1}


def test_results_by_state_and_as_csv(cast: Cast, sink: Sink, send: Send) -> None:
    coordinators(cast, 3)
    sink.answers["c01@meridian.example"] = "550 no"
    mailing = mailing_queued_of(cast.manager)
    send(mailing)
    address = f"/members/mailings/{mailing.pk}/"
    client = cast.client("manager", fresh=True)
    page = client.get(f"{address}recipients/?status=refused").content.decode()
    assert "c01@meridian.example" in page
    assert "c00@meridian.example" not in page
    assert "No letter fits these filters." in client.get(f"{address}recipients/?q=nobody").content.decode()
    answer: Any = client.get(f"{address}results/?status=refused")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert '"Meridian Bank","C 1","c01@meridian.example","refused","550"' in lines[1]
    assert "reauthenticate" in cast.client("manager").get(f"{address}results/").headers["Location"]
