"""Creating people and remembering how they read."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from efc_portal.accounts.services import user_create
from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError
from tests.cast import Cast


def test_an_address_counts_as_confirmed_and_is_kept_in_lower_case(cast: Cast) -> None:
    user = user_create(actor=cast.manager, email=" New.Person@Example.ORG ", name="New Person")
    assert user.email == "new.person@example.org"
    assert EmailAddress.objects.get(user=user).verified
    assert not user.has_usable_password()
    assert AuditEvent.objects.get(action="user.create", object_id=str(user.pk)).actor_id == cast.manager.pk


@pytest.mark.parametrize("email", ["", "nobody", "a@b@c.example", "x@"])
def test_no_address_is_a_sentence(db: None, email: str) -> None:
    with pytest.raises(ApplicationError, match="is not an e-mail address"):
        user_create(actor=None, email=email, name="Nobody")


def test_a_taken_address_is_a_sentence_whatever_its_case(cast: Cast) -> None:
    with pytest.raises(ApplicationError, match="is here already"):
        user_create(actor=None, email=cast.reporter.email.upper(), name="Twin")


def test_the_profile_shows_ones_roles_in_words_and_saves(cast: Cast) -> None:
    client = cast.client("reporter")
    page = client.get("/accounts/").content.decode()
    assert "Because you are Reporter of Meridian Bank" in page
    assert "Write and finish submissions" in page
    client.post("/accounts/", {"name": "Rosa Maria de Vries", "language": "fr"})
    cast.reporter.refresh_from_db()
    assert (cast.reporter.name, cast.reporter.language) == ("Rosa Maria de Vries", "fr")


def test_the_profile_says_what_is_missing(cast: Cast) -> None:
    page = cast.client("reporter").post("/accounts/", {"name": " ", "language": "fr"})
    assert "Enter your name." in page.content.decode()


def test_a_person_reads_the_portal_in_their_language(cast: Cast) -> None:
    cast.reporter.language = "fr"
    cast.reporter.save()
    assert '<html lang="fr"' in cast.client("reporter").get("/workspace/").content.decode()
    assert '<html lang="en"' in cast.client("officer").get("/workspace/").content.decode()


def test_switching_the_language_is_remembered_with_the_person(cast: Cast) -> None:
    client = cast.client("reporter")
    answer = client.post("/language/", {"language": "fr", "next": "/workspace/"})
    assert answer.headers["Location"] == "/workspace/"
    cast.reporter.refresh_from_db()
    assert cast.reporter.language == "fr"


def test_a_visitor_switches_by_a_cookie(client: Client, db: None) -> None:
    client.post("/language/", {"language": "fr", "next": "/"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "fr"
    assert '<html lang="fr"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_switching_the_language_leads_to_no_other_site(client: Client, db: None, back: str) -> None:
    assert client.post("/language/", {"language": "fr", "next": back}).headers["Location"] == "/"


def test_an_unknown_language_changes_nothing(cast: Cast) -> None:
    client = cast.client("reporter")
    client.post("/language/", {"language": "xx", "next": "/workspace/"})
    cast.reporter.refresh_from_db()
    assert cast.reporter.language == "en"
