"""The secretariat reads, answers, closes and erases what visitors wrote."""

from __future__ import annotations

from typing import Any

import pytest

from efc_portal.audit.models import AuditEvent
from efc_portal.contact.models import ContactMessage
from efc_portal.contact.services import message_move, message_receive
from efc_portal.core.errors import Conflict, NotPermitted
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def message(text: str = "A question about the directory.", topic: str = "general", **fields: Any) -> ContactMessage:
    return message_receive(topic=topic, name="Vera Ask", email="vera@example.org", text=text, language="en", **fields)


def test_the_list_shows_no_content_and_filters(cast: Cast) -> None:
    client = cast.client("officer")
    assert "Messages will stand here" in client.get("/members/messages/").content.decode()
    first, second = message(), message(topic="press")
    page = client.get("/members/messages/").content.decode()
    assert first.reference in page
    assert second.reference in page
    assert "Vera" not in page
    assert "vera@example.org" not in page
    only = client.get("/members/messages/?topic=press&status=new").content.decode()
    assert first.reference not in only
    assert "No message fits these filters." in client.get("/members/messages/?status=spam").content.decode()
    assert client.get("/members/messages/?topic=nonsense&page=99").status_code == 200


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = cast.client("manager")
    message()
    client.get("/members/messages/")
    with django_assert_max_num_queries(30) as before:
        client.get("/members/messages/")
    for _number in range(30):
        message()
    with django_assert_max_num_queries(len(before)):
        client.get("/members/messages/")
    assert 'rel="next"' in client.get("/members/messages/").content.decode()


def test_reading_is_recorded(cast: Cast) -> None:
    one = message()
    page = cast.client("officer").get(f"/members/messages/{one.pk}/").content.decode()
    assert "A question about the directory." in page
    assert f"mailto:vera@example.org?subject=%5B{one.reference}%5D" in page
    event = AuditEvent.objects.get(action="message.view")
    assert (event.category, event.actor_id, event.object_label) == ("consultation", cast.officer.pk, one.reference)


@pytest.mark.parametrize(("step", "state"), [("answer", "answered"), ("close", "closed"), ("mark", "spam")])
def test_each_step_is_asked_first_and_recorded(cast: Cast, step: str, state: str) -> None:
    one, client = message(), cast.client("officer")
    address = f"/members/messages/{one.pk}/{step}/"
    assert "?" in client.get(address).content.decode()
    one.refresh_from_db()
    assert one.status == "new"
    assert client.post(address).status_code == 302
    one.refresh_from_db()
    assert one.status == state
    assert AuditEvent.objects.filter(action=f"message.{step}", actor_id=cast.officer.pk).count() == 1
    assert client.post(address).status_code == 409, "it was done already"
    assert client.post(f"/members/messages/{one.pk}/reopen/").status_code == 302


def test_erasing_destroys_what_was_written(cast: Cast) -> None:
    one, client = message(), cast.client("manager")
    client.post(f"/members/messages/{one.pk}/erase/")
    one = ContactMessage.objects.select_related("data_key").get(pk=one.pk)
    assert one.data_key.destroyed_at is not None
    assert client.post(f"/members/messages/{one.pk}/erase/").status_code == 409
    assert client.post(f"/members/messages/{one.pk}/close/").status_code == 409
    page = client.get(f"/members/messages/{one.pk}/").content.decode()
    assert "Nobody can read it again." in page
    assert "Vera" not in page
    assert "/erase/" not in page


def test_others_find_nothing(cast: Cast) -> None:
    one = message()
    for who in ("auditor", "editor"):
        assert cast.client(who).get(f"/members/messages/{one.pk}/").status_code == 403
    for who in ("reporter", "coordinator", "liaison"):
        assert cast.client(who).get(f"/members/messages/{one.pk}/").status_code == 404
    assert cast.client("officer").get(f"/members/messages/{one.pk}/burn/").status_code == 404


def test_the_table_decides_who_and_when(cast: Cast) -> None:
    one = message()
    with pytest.raises(NotPermitted):
        message_move(message=one, name="answer", actor=cast.editor)
    with pytest.raises(Conflict):
        message_move(message=one, name="reopen", actor=cast.officer)


def test_the_start_page_says_that_something_waits(cast: Cast) -> None:
    message()
    page = cast.client("officer").get("/workspace/").content.decode()
    assert "/members/messages/?status=new" in page
