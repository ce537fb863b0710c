"""The second factor that everybody needs: asked for before anything else, kept sealed, never the last one removed."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP
from django.db import connection
from django.test import Client

from efc_portal.audit.models import AuditEvent
from efc_portal.workflow.models import WorkItem
from tests.accounts.pages import CODE, WORKSPACE, code, is_signed_in, type_password
from tests.cast import Cast
from tests.factories.partners import TOTP_SECRET

ENROL = "/accounts/second-factor/"
APP = "/accounts/2fa/totp/activate/"


def newcomer_client(cast: Cast) -> Client:
    client = Client()
    assert type_password(client, cast.newcomer.email).headers["Location"] == WORKSPACE
    return client


@pytest.mark.parametrize(
    "path",
    ["/workspace/", "/accounts/", "/accounts/sessions/", "/accounts/password/change/", "/cms/", "/nowhere/", "/"],
)
def test_without_one_every_page_leads_to_setting_one_up(cast: Cast, path: str) -> None:
    answer = newcomer_client(cast).get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"] == ENROL


def test_the_way_there_says_why_and_offers_both_kinds(cast: Cast) -> None:
    page = newcomer_client(cast).get(ENROL).content.decode()
    assert APP in page
    assert "/accounts/2fa/webauthn/add/" in page
    assert "/accounts/logout/" in page


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_leads_to_recovery_codes_and_the_workspace(cast: Cast) -> None:
    client = newcomer_client(cast)
    assert "<svg" in client.get(APP).content.decode()
    secret = client.session[SECRET_SESSION_KEY]
    answer = client.post(APP, {"code": code(secret=secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert "shown only now" in client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert is_signed_in(client)
    kinds = AuditEvent.objects.filter(action="second_factor.add").values_list("payload__kind", flat=True)
    assert "totp" in kinds
    assert WorkItem.objects.filter(kind="account.factor_added", subject_id=cast.newcomer.pk).exists()


def test_a_wrong_code_sets_up_nothing(cast: Cast) -> None:
    client = newcomer_client(cast)
    client.get(APP)
    assert client.post(APP, {"code": "123456"}).status_code == 200
    assert not Authenticator.objects.filter(user=cast.newcomer).exists()


def test_the_secret_is_not_readable_in_the_database(cast: Cast) -> None:
    assert cast.reporter
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        stored = cursor.fetchone()[0]
    assert TOTP_SECRET not in stored
    assert Authenticator.objects.get().wrap().validate_code(code())


def test_a_session_begun_with_the_password_alone_ends_when_a_factor_exists(cast: Cast) -> None:
    """Else whoever knows the password could wait for the owner to enrol, and add a factor of their own."""
    waiting = newcomer_client(cast)
    TOTP.activate(cast.newcomer, TOTP_SECRET)
    answer = waiting.get("/accounts/2fa/webauthn/add/")
    assert answer.headers["Location"] == "/accounts/login/"
    assert not is_signed_in(waiting)


def test_adding_another_factor_asks_for_one_again(cast: Cast) -> None:
    answer = cast.client("reporter").get("/accounts/2fa/webauthn/add/")
    assert answer.headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert cast.client("reporter", fresh=True).get("/accounts/2fa/webauthn/add/").status_code == 200


def test_the_only_factor_cannot_be_taken_away(cast: Cast) -> None:
    client = cast.client("reporter", fresh=True)
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert "your only second factor" in answer.content.decode()
    passkey = _passkey_instead_of_app(cast)
    client.post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/")
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_one_of_two_can(cast: Cast) -> None:
    passkey = _passkey(cast)
    client = cast.client("reporter", fresh=True)
    client.post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/")
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()
    assert AuditEvent.objects.get(action="second_factor.remove").payload["kind"] == "webauthn"


@pytest.mark.parametrize("step", ["remove", "edit"])
def test_nobody_reaches_somebody_elses_passkey(cast: Cast, step: str) -> None:
    passkey = _passkey(cast)
    thief = cast.client("coordinator", fresh=True)
    path = f"/accounts/2fa/webauthn/keys/{passkey.pk}/{step}/"
    assert thief.get(path).status_code == 404
    assert thief.post(path, {"name": "mine now"}).status_code == 404
    passkey.refresh_from_db()
    assert passkey.data["name"] == "Laptop"


def test_guessing_codes_ends_after_twenty_a_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of five in five minutes is lifted here, to reach the daily one."""
    monkeypatch.setattr("allauth.mfa.base.forms.check_rate_limit", lambda *_arguments: lambda: None)
    client = Client()
    type_password(client, cast.reporter.email)
    for _guess in range(20):
        client.post(CODE, {"code": "123456"})
    answer = client.post(CODE, {"code": code()})
    assert "Too many wrong codes for this account today" in answer.content.decode()


def _passkey(cast: Cast) -> Authenticator:
    return Authenticator.objects.create(
        user=cast.reporter, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop", "credential": {}}
    )


def _passkey_instead_of_app(cast: Cast) -> Authenticator:
    passkey = _passkey(cast)
    Authenticator.objects.filter(user=cast.reporter, type=Authenticator.Type.TOTP).delete()
    return passkey
