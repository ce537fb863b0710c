"""Sessions: how long they last, who sees them, and that ending one works with the next click."""

from __future__ import annotations

import time

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from efc_portal.accounts.services import sessions_end, sessions_forget
from efc_portal.accounts.session_store import cookie_of
from efc_portal.accounts.sessions import BEGAN, SEEN
from efc_portal.audit.models import AuditEvent
from efc_portal.partners import services
from tests.accounts.pages import WORKSPACE, is_signed_in, sign_in
from tests.cast import Cast, client_for
from tests.factories.partners import PASSWORD

MINUTE, HOUR = 60, 3600


def set_back(client: Client, name: str, seconds: float) -> None:
    session = client.session
    session[name] = time.time() - seconds
    session.save()


def seen(client: Client) -> float:
    return client.session[SEEN]


@pytest.mark.parametrize(("idle", "expected"), [(29 * MINUTE, True), (30 * MINUTE, False)])
def test_thirty_minutes_without_a_request_end_a_session(cast: Cast, idle: int, expected: bool) -> None:
    client = cast.client("reporter")
    client.get(WORKSPACE)
    set_back(client, SEEN, idle)
    assert is_signed_in(client) is expected


@pytest.mark.parametrize(("age", "expected"), [(11.9 * HOUR, True), (12 * HOUR, False)])
def test_twelve_hours_after_the_sign_in_a_session_ends_however_busy(cast: Cast, age: float, expected: bool) -> None:
    client = cast.client("reporter")
    client.get(WORKSPACE)
    set_back(client, BEGAN, age)
    assert is_signed_in(client) is expected


def test_whoever_was_signed_out_reads_why_and_comes_back(cast: Cast) -> None:
    client = cast.client("reporter")
    client.get(WORKSPACE)
    set_back(client, SEEN, HOUR)
    page = client.get(WORKSPACE, follow=True)
    assert page.redirect_chain == [("/accounts/login/?next=/workspace/", 302)]
    assert "nothing happened for 30 minutes" in page.content.decode()


def test_use_is_written_once_a_minute(cast: Cast) -> None:
    client = cast.client("reporter")
    client.get(WORKSPACE)
    first = seen(client)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(WORKSPACE)
    assert seen(client) == first
    assert not [query for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    set_back(client, SEEN, MINUTE)
    client.get(WORKSPACE)
    assert seen(client) > first


def test_a_page_that_refreshes_itself_does_not_keep_a_session_alive(cast: Cast) -> None:
    client = cast.client("reporter")
    client.get(WORKSPACE)
    set_back(client, SEEN, 20 * MINUTE)
    before = seen(client)
    client.get(WORKSPACE, headers={"X-Background": "1"})
    assert seen(client) == before


def test_a_page_on_which_somebody_writes_can_keep_it(cast: Cast) -> None:
    client = cast.client("reporter")
    client.get(WORKSPACE)
    set_back(client, SEEN, 29 * MINUTE)
    assert client.get("/accounts/session/").status_code == 204
    assert time.time() - seen(client) < 5


def test_sessions_are_listed_and_others_are_ended_at_once(cast: Cast) -> None:
    here, there = sign_in(cast.reporter), client_for(cast.reporter)
    there.get(WORKSPACE, headers={"User-Agent": "Elsewhere 1.0"})
    here.get(WORKSPACE)
    assert "Elsewhere 1.0" in here.get("/accounts/sessions/").content.decode()
    here.post("/accounts/sessions/")
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert AuditEvent.objects.get(action="session.revoke").payload["count"] == 1


def test_nobody_sees_or_ends_somebody_elses_sessions(cast: Cast) -> None:
    officer = cast.client("officer")
    officer.get(WORKSPACE, headers={"User-Agent": "Secret browser"})
    reporter = cast.client("reporter")
    assert "Secret browser" not in reporter.get("/accounts/sessions/").content.decode()
    reporter.post("/accounts/sessions/")
    assert is_signed_in(officer)


def test_a_service_ends_all_sessions_but_one(cast: Cast) -> None:
    keep, lose = cast.client("reporter"), client_for(cast.reporter)
    for client in (keep, lose):
        client.get(WORKSPACE)
    assert sessions_end(user=cast.reporter, actor=cast.reporter, keep=keep.session.session_key) == 1
    assert is_signed_in(keep)
    assert not is_signed_in(lose)


def test_leaving_the_organisation_ends_sessions(cast: Cast) -> None:
    client = cast.client("reporter")
    assert is_signed_in(client)
    services.membership_end(actor=cast.manager, membership=cast.reporter.memberships.get())
    assert not is_signed_in(client)


def test_changing_the_password_ends_all_other_sessions(cast: Cast) -> None:
    here, there = client_for(cast.reporter, fresh=True), client_for(cast.reporter)
    new = "nine silent owls over the harbour"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert AuditEvent.objects.filter(action="password.change", actor_id=cast.reporter.pk).exists()


def test_a_session_gets_a_new_key_when_somebody_signs_in(cast: Cast) -> None:
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["efc_session"] = cookie_of(planted)
    sign_in(cast.reporter, client)
    assert client.session.session_key != planted


def test_a_copy_of_the_database_is_no_set_of_cookies(cast: Cast) -> None:
    client = cast.client("manager")
    assert is_signed_in(client)
    thief = Client()
    key = client.session.session_key
    for cookie in (key, f"{key}:", f"{key}:{'A' * 43}", Signer(salt="another use").sign(key)):
        thief.cookies["efc_session"] = cookie
        assert not is_signed_in(thief)


def test_what_a_session_holds_is_not_readable_in_the_database(cast: Cast) -> None:
    client = cast.client("reporter")
    session = client.session
    session["typed"] = "the suspect's account"
    session.save()
    stored = Session.objects.get(pk=session.session_key)
    assert "suspect" not in stored.session_data
    assert client.session["typed"] == "the suspect's account"


def test_a_session_sealed_under_another_key_is_empty(cast: Cast, settings: object) -> None:
    client = cast.client("reporter")
    old, cookie = settings.SECRET_KEY, client.cookies["efc_session"].value
    settings.SECRET_KEY = "another key " * 5
    assert not is_signed_in(client)
    settings.SECRET_KEY_FALLBACKS = [old]
    client.cookies["efc_session"] = cookie
    assert is_signed_in(client)


def test_what_is_left_of_old_sessions_is_deleted(cast: Cast) -> None:
    old, new = cast.client("reporter"), cast.client("officer")
    for client in (old, new):
        client.get(WORKSPACE)
    Session.objects.filter(pk=old.session.session_key).update(expire_date="2020-01-01T00:00Z")
    assert sessions_forget() == 1
    assert UserSession.objects.get().user == cast.officer


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(cast: Cast) -> None:
    cookie = sign_in(cast.reporter).cookies["efc_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
