"""Signing in and out: the address, the password, the second factor, and nobody else."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client, override_settings

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from tests.accounts.pages import CODE, LOGIN, WORKSPACE, code, is_signed_in, sign_in, type_password
from tests.cast import Cast


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def test_password_and_code_open_the_workspace(cast: Cast) -> None:
    client = sign_in(cast.reporter)
    assert is_signed_in(client)
    event = AuditEvent.objects.get(action="session.start")
    assert event.actor_id == cast.reporter.pk
    assert event.payload["ip"] == "127.0.0.1"


def test_the_address_is_taken_in_any_case(cast: Cast, client: Client) -> None:
    assert type_password(client, cast.reporter.email.upper()).headers["Location"] == CODE


def test_a_password_alone_opens_nothing(cast: Cast, client: Client) -> None:
    type_password(client, cast.reporter.email)
    assert not is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_read_the_same(cast: Cast, client: Client) -> None:
    wrong = type_password(client, cast.reporter.email, "not the password at all")
    unknown = type_password(client, "nobody@meridian.example", "not the password at all")
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert "is not right" in wrong.content.decode()
    assert AuditEvent.objects.filter(action="session.refuse").count() == 2


def test_what_a_stranger_types_as_an_address_is_not_recorded(cast: Cast, client: Client) -> None:
    """People type their password into the wrong field."""
    type_password(client, "my-secret@password.example", "x")
    event = AuditEvent.objects.get(action="session.refuse")
    assert "my-secret" not in f"{event.actor_label}{event.object_label}{event.object_id}{event.payload}"


def test_a_wrong_code_is_refused_and_recorded(cast: Cast, client: Client) -> None:
    type_password(client, cast.reporter.email)
    answer = client.post(CODE, {"code": "123456"})
    assert "This code is not right" in answer.content.decode()
    assert not is_signed_in(client)
    assert AuditEvent.objects.get(action="session.refuse").payload["reason_code"] == "second_factor"


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_half_a_minute_off_is_forgiven(cast: Cast, client: Client, steps: int) -> None:
    type_password(client, cast.reporter.email)
    assert client.post(CODE, {"code": code(steps=steps)}).headers["Location"] == WORKSPACE


@pytest.mark.parametrize("steps", [-3, 3])
def test_an_old_or_future_code_is_not(cast: Cast, client: Client, steps: int) -> None:
    type_password(client, cast.reporter.email)
    assert client.post(CODE, {"code": code(steps=steps)}).status_code == 200


@pytest.mark.parametrize("steps", [0, 1])
def test_a_code_works_once(cast: Cast, steps: int) -> None:
    shown = code(steps=steps)
    for expected in (302, 200):
        client = Client()
        type_password(client, cast.reporter.email)
        assert client.post(CODE, {"code": shown}).status_code == expected


def test_a_recovery_code_works_once(cast: Cast) -> None:
    recovery = RecoveryCodes.activate(cast.reporter).generate_codes()[0]
    for expected in (302, 200):
        client = Client()
        type_password(client, cast.reporter.email)
        assert client.post(CODE, {"code": recovery}).status_code == expected


def test_the_demonstrations_code_passes_in_the_demonstration_alone(cast: Cast) -> None:
    for demo, expected in ((True, 302), (False, 200)):
        client = Client()
        type_password(client, cast.reporter.email)
        with override_settings(DEMO=demo):
            assert client.post(CODE, {"code": "000000"}).status_code == expected


def test_an_inactive_person_cannot_sign_in(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.reporter.pk).update(is_active=False)
    type_password(client, cast.reporter.email)
    assert not is_signed_in(client)


def test_an_open_session_of_somebody_made_inactive_is_over_at_once(cast: Cast) -> None:
    client = cast.client("reporter")
    assert is_signed_in(client)
    User.objects.filter(pk=cast.reporter.pk).update(is_active=False)
    assert not is_signed_in(client)


def test_after_signing_in_one_comes_back_to_the_page_one_asked_for(cast: Cast, client: Client) -> None:
    asked = client.get("/accounts/sessions/?x=1")
    assert asked.headers["Location"] == "/accounts/login/?next=/accounts/sessions/%3Fx%3D1"
    type_password(client, cast.reporter.email, next="/accounts/sessions/?x=1")
    assert client.post(CODE, {"code": code()}).headers["Location"] == "/accounts/sessions/?x=1"


def test_nobody_is_sent_to_another_site_after_signing_in(cast: Cast, client: Client) -> None:
    type_password(client, cast.reporter.email, next="https://evil.example/")
    assert client.post(CODE, {"code": code()}).headers["Location"] == WORKSPACE


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/logout/", "/accounts/password/reset/"])
@pytest.mark.parametrize("target", ["https://[", "http://\u2100.example"])
def test_what_is_no_address_is_no_place_to_go(client: Client, db: None, path: str, target: str) -> None:
    assert client.get(path, {"next": target}).status_code in (200, 302)


def test_signing_out_needs_a_press_of_the_button(cast: Cast) -> None:
    client = cast.client("reporter")
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/accounts/logout/").status_code == 302
    assert not is_signed_in(client)
    assert "session.end" in actions()


def test_signing_out_is_protected_against_forged_forms(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.client("reporter").cookies
    assert client.post("/accounts/logout/").status_code == 403
    assert is_signed_in(client)


def test_nobody_opens_an_account_alone(cast: Cast, client: Client) -> None:
    assert "by invitation" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", {"email": "me@evil.example", "password1": "seven loud herons on a roof"})
    assert not User.objects.filter(email="me@evil.example").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/abc:def/",
        "/accounts/password/set/",
        "/accounts/login/code/confirm/",
    ],
)
def test_pages_that_are_not_offered_are_not_there(cast: Cast, path: str) -> None:
    assert cast.client("reporter").get(path).status_code == 404
    assert cast.client("reporter").post(path).status_code == 404


def test_the_sign_in_page_is_never_kept(client: Client, db: None) -> None:
    assert "no-store" in client.get(LOGIN).headers["Cache-Control"]


@pytest.mark.parametrize(
    "credential",
    [
        "{}",
        "[]",
        "9" * 5000,
        "[" * 100_000,
        '{"id":1}',
        '{"type":"public-key","id":"a","rawId":1,"response":{}}',
        '{"type":"public-key","id":"a","response":{"authenticatorData":"","clientDataJSON":"x","signature":"y"}}',
        '{"type":"public-key","id":"a","rawId":"a","response":{"userHandle":"\\u0000","authenticatorData":"a"}}',
    ],
)
def test_what_is_no_passkey_is_refused_in_words(cast: Cast, client: Client, credential: str) -> None:
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})
    assert (answer.status_code, answer.headers["Location"]) == (302, LOGIN)


def test_a_form_in_a_strange_encoding_is_refused() -> None:
    """Django answers it with a page that reads the form once more, and fails."""
    strange = Client(enforce_csrf_checks=True)
    strange.cookies["csrftoken"] = "a" * 32
    answer = strange.post(LOGIN, b"a=1", content_type="application/x-www-form-urlencoded; charset=utf-16")
    assert answer.status_code == 415
