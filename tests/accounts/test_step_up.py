"""Showing a factor again before a step: looking is free, what was typed stays, five minutes are enough."""

from __future__ import annotations

import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from efc_portal.audit.models import AuditEvent
from tests.accounts.pages import code, sign_in
from tests.cast import Cast
from tests.factories.partners import PASSWORD

pytestmark = pytest.mark.urls("tests.accounts.step_up_urls")

STEP = "/approve/"
TYPED = {"words": "Zażółć “gęślą” jaźń & more"}


def test_looking_is_free(cast: Cast) -> None:
    assert cast.client("manager").get(STEP).content == b"GET "


def test_a_step_asks_for_the_factor_and_goes_on_as_it_was_typed(cast: Cast) -> None:
    client = cast.client("manager")
    asked = client.post(STEP, TYPED)
    assert asked.headers["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fapprove%2F"
    done = client.post(asked.headers["Location"], {"code": code(), "next": STEP})
    assert done.content.decode() == f"POST {TYPED['words']}"
    assert AuditEvent.objects.filter(action="session.reauthenticate", actor_id=cast.manager.pk).count() == 1


def test_the_password_does_as_well(cast: Cast) -> None:
    client = cast.client("manager")
    client.post(STEP, TYPED)
    done = client.post("/accounts/reauthenticate/?next=/approve/", {"password": PASSWORD, "next": STEP})
    assert done.content.decode() == f"POST {TYPED['words']}"


def test_a_wrong_code_keeps_what_was_typed_for_the_next_try(cast: Cast) -> None:
    client = cast.client("manager")
    page = client.post(STEP, TYPED).headers["Location"]
    assert client.post(page, {"code": "123456", "next": STEP}).status_code == 200
    assert client.post(page, {"code": code(), "next": STEP}).content.decode() == f"POST {TYPED['words']}"


def test_for_five_minutes_it_is_not_asked_again(cast: Cast) -> None:
    client = cast.client("manager", fresh=True)
    assert client.post(STEP, TYPED).status_code == 200
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][-1]["at"] = time.time() - 301
    session.save()
    assert client.post(STEP, TYPED).status_code == 302


def test_having_signed_in_just_now_is_not_enough(cast: Cast) -> None:
    """Whoever finds an open browser must not be able to approve."""
    assert sign_in(cast.manager).post(STEP, TYPED).status_code == 302


def test_what_waits_is_sealed(cast: Cast) -> None:
    client = cast.client("manager")
    client.post(STEP, {"words": "the suspect's account"})
    stored = Session.objects.get(pk=client.session.session_key).session_data
    assert "suspect" not in stored


def test_a_visitor_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.post(STEP, TYPED).headers["Location"].startswith("/accounts/login/")
