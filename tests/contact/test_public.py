"""Writing to the secretariat: what a visitor sees, what machines meet, and what is kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from efc_portal.audit.models import AuditEvent
from efc_portal.contact import guard
from efc_portal.contact.models import ContactMessage
from efc_portal.notifications.models import Mail
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def token(age: float = 60, language: str = "en") -> str:
    """A form's marking as it was made some seconds ago."""
    made = timezone.now() - timedelta(seconds=age)
    signer = signing.TimestampSigner(salt=guard.SALT)
    signer.timestamp = lambda: signing.b62_encode(int(made.timestamp()))  # type: ignore[method-assign]
    return signer.sign_object({"language": language}, serializer=signing.JSONSerializer)


def written(**fields: str) -> dict[str, str]:
    return {
        "topic": "press",
        "name": "Vera Ask",
        "email": "vera@example.org",
        "message": "May we quote the assessment of this year?",
        "token": token(),
        **fields,
    }


def send(client: Client, **fields: str) -> Any:
    if fields.get("token", "").startswith("age "):
        fields["token"] = token(float(fields["token"].removeprefix("age ")))
    return client.post("/contact/send/", written(**fields))


def test_a_message_arrives_sealed_and_the_sender_gets_a_reference(cast: Cast, client: Client) -> None:
    assert cast.officer
    assert cast.manager
    assert cast.editor
    answer = send(client)
    assert answer.status_code == 302
    message = ContactMessage.objects.get()
    assert re.fullmatch(r"M-\d{4}-\d{6}", message.reference)
    page = client.get(answer.headers["Location"])
    assert message.reference in page.content.decode()
    assert message.content == {
        "name": "Vera Ask",
        "email": "vera@example.org",
        "text": "May we quote the assessment of this year?",
    }
    assert b"Vera" not in bytes(message.sealed)
    assert message.keep_until == timezone.localdate() + timedelta(days=365)


def test_the_secretariat_is_told_that_something_is_there_and_not_what(cast: Cast, client: Client) -> None:
    people = {cast.officer.pk, cast.second_officer.pk, cast.manager.pk}
    assert cast.auditor
    assert cast.reporter
    send(client)
    mails = list(Mail.objects.filter(template="message_received"))
    assert {mail.to_id for mail in mails} == people
    message = ContactMessage.objects.get()
    for mail in mails:
        assert mail.values == {"reference": message.reference, "path": f"/members/messages/{message.pk}/"}


def test_nothing_sets_a_cookie_and_nothing_is_kept_by_a_cache(client: Client) -> None:
    answer = send(client)
    page = client.get(answer.headers["Location"])
    wrong = send(client, email="")
    for one in (answer, page, wrong):
        assert not one.cookies
        assert "no-store" in one.headers["Cache-Control"]
        assert "Cookie" not in one.headers.get("Vary", "")


def test_a_form_from_elsewhere_needs_no_cookie_and_gains_nothing(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.client("officer").cookies
    assert send(client).status_code == 302
    event = AuditEvent.objects.get(action="message.receive")
    assert event.actor_id is None, "whoever sends the form is a visitor, signed in or not"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"topic": ""}, "Choose what it is about."),
        ({"topic": "nonsense"}, "Choose a topic of the list."),
        ({"name": ""}, "Give your name"),
        ({"email": "vera at home"}, "in the form name@example.org"),
        ({"message": ""}, "Write your message."),
        ({"message": "a" * 5001}, "keep it within 5000 characters"),
        ({"token": "made-up"}, "had lost its marking"),
        ({"token": ""}, "had lost its marking"),
        ({"token": "age 0"}, "faster than a person writes"),
        ({"token": "age 46800"}, "stood open for a long time"),
        ({"homepage": "https://buy.example"}, "must stay empty"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client, fields: dict[str, str], said: str) -> None:
    answer = send(client, **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "<title>Error:" in page
    if "name" not in fields:
        assert 'value="Vera Ask"' in page
    if "message" not in fields:
        assert "May we quote the assessment of this year?" in page
    assert "buy.example" not in page
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("problem", [{"token": "made-up"}, {"homepage": "x"}, {"token": "age 46800"}])
def test_whoever_was_stopped_can_send_again_what_the_page_shows(client: Client, problem: dict[str, str]) -> None:
    page = send(client, **problem).content.decode()
    marking = re.search(r'name="token" value="([^"]+)"', page)
    assert marking
    assert guard.token_read(marking[1]).problem in ("early", "")
    assert re.search(r'name="homepage"[^>]*value=', page) is None
    assert send(client).status_code == 302


def test_many_links_are_asked_about_and_then_taken(client: Client) -> None:
    links = {"message": "See https://a.example https://b.example and www.c.example"}
    page = send(client, **links).content.decode()
    assert "Confirm that it is not advertising" in page
    assert 'name="confirmed"' in page
    assert send(client, **links, confirmed="on").status_code == 302
    assert ContactMessage.objects.get().links == 3


def test_an_address_sends_five_messages_an_hour(client: Client) -> None:
    for _number in range(guard.PER_HOUR):
        assert send(client).status_code == 302
    stopped = send(client)
    assert stopped.status_code == 422
    assert "Several messages have come from your network" in stopped.content.decode()
    assert client.post("/contact/send/", written(), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_card_numbers_are_cut_before_anything_is_kept(client: Client) -> None:
    send(client, message="The card was 4111 1111 1111 1111, the shop unknown.")
    message = ContactMessage.objects.get()
    assert message.content
    assert "411111******1111" in message.content["text"]
    assert AuditEvent.objects.get(action="message.receive").payload["truncated"] == 1


def test_the_page_after_sending_speaks_the_language_of_the_form(client: Client) -> None:
    answer = send(client, token=token(language="fr"), name="")
    assert '<html lang="fr"' in answer.content.decode()
    done = client.get(send(client, token=token(language="fr")).headers["Location"])
    assert '<html lang="fr"' in done.content.decode()
    assert ContactMessage.objects.get().language == "fr"


def test_a_confirmation_cannot_be_made_up(client: Client) -> None:
    assert client.get("/contact/sent/made-up/").headers["Location"] == "/contact/"
    assert client.get("/contact/send/").headers["Location"] == "/contact/"


def test_after_twelve_months_a_message_is_erased(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    send(client)
    send(client)
    old, young = ContactMessage.objects.order_by("reference")
    ContactMessage.objects.filter(pk=old.pk).update(keep_until=timezone.localdate() - timedelta(days=1))
    call_command("purge_expired")
    assert "messages of visitors: 1 erased" in capsys.readouterr().out
    old, young = ContactMessage.objects.select_related("data_key").order_by("reference")
    assert (old.status, old.content, bytes(old.sealed)) == ("new", None, b"")
    assert old.data_key.wrapped is None
    assert young.content is not None
    assert [(one.category, one.actor_id) for one in AuditEvent.objects.filter(action="message.erase")] == [
        ("erasure", None)
    ]
    call_command("purge_expired")
    assert "messages of visitors: 0 erased" in capsys.readouterr().out
