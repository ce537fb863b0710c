"""A person is told of a sign-in with a browser not known for them, and of nothing else."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from efc_portal.accounts.models import NewBrowser
from efc_portal.workflow.worker import work_drain_for
from tests.accounts.pages import CODE, LOGIN, WORKSPACE, code, is_signed_in, sign_in, type_password
from tests.cast import Cast

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demonstration's code, which works again and again: nobody waits for the next half minute here."""
    monkeypatch.setattr("tests.accounts.pages.code", lambda: "000000")


def told() -> list[str]:
    work_drain_for(5)
    return [letter.body for letter in mail.outbox if letter.subject == "New sign-in to your account"]


def test_the_first_sign_in_of_all_is_no_news(cast: Cast) -> None:
    sign_in(cast.reporter)
    assert told() == []


def test_another_browser_is(cast: Cast) -> None:
    sign_in(cast.reporter)
    sign_in(cast.reporter, Client(headers={"User-Agent": FIREFOX}))
    [letter] = told()
    assert "Firefox, Windows" in letter
    assert "/accounts/sessions/" in letter
    assert "change your password" in letter
    assert not NewBrowser.objects.exists()


def test_the_same_browser_is_not(cast: Cast) -> None:
    own = sign_in(cast.reporter)
    own.post("/accounts/logout/")
    sign_in(cast.reporter, own)
    assert told() == []


def test_two_people_may_share_a_browser(cast: Cast) -> None:
    shared = Client()
    for person in (cast.reporter, cast.analyst, cast.reporter, cast.analyst):
        sign_in(person, shared)
        shared.post("/accounts/logout/")
    assert told() == []


def test_a_password_without_the_second_factor_is_no_sign_in(cast: Cast) -> None:
    sign_in(cast.reporter)
    type_password(Client(), cast.reporter.email)
    assert told() == []


def test_one_other_browser_can_be_signed_out(cast: Cast) -> None:
    first, second = sign_in(cast.reporter), sign_in(cast.reporter, Client(headers={"User-Agent": FIREFOX}))
    page = first.get("/accounts/sessions/").content.decode()
    assert "Firefox, Windows" in page
    place = page.index("/end/")
    ending = page[page.rindex("/accounts", 0, place) : place + len("/end/")]
    assert first.post(ending).status_code == 302
    assert not is_signed_in(second)
    assert is_signed_in(first)
    assert cast.client("analyst").post(ending).status_code == 404


def test_the_profile_says_when_one_signed_in_last(cast: Cast) -> None:
    assert "Last sign-in" in sign_in(cast.reporter).get("/accounts/").content.decode()


def test_the_passkey_comes_first_and_the_password_works_without_a_script(client: Client, db: None) -> None:
    page = client.get(LOGIN).content.decode()
    assert page.index("Sign in with a passkey") < page.index('name="password"') < page.index("/accounts/organisation/")


def test_wrong_codes_of_somebody_with_the_password_keep_nobody_out_of_their_own_browser(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = sign_in(cast.reporter)
    own.post("/accounts/logout/")
    monkeypatch.setattr("allauth.mfa.base.forms.check_rate_limit", lambda *_arguments: lambda: None)
    stranger = Client()
    type_password(stranger, cast.reporter.email)
    for _guess in range(21):
        answer = stranger.post(CODE, {"code": "123456"})
    assert "Too many wrong codes for this account today" in answer.content.decode()
    type_password(own, cast.reporter.email)
    assert own.post(CODE, {"code": code()}).headers["Location"] == WORKSPACE
    work_drain_for(5)
    assert [letter.subject for letter in mail.outbox] == ["Wrong codes for your account"]


def test_wrong_codes_in_ones_own_browser_make_one_wait(cast: Cast) -> None:
    own = sign_in(cast.reporter)
    own.post("/accounts/logout/")
    type_password(own, cast.reporter.email)
    for _guess in range(5):
        own.post(CODE, {"code": "123456"})
    assert "Too many failed attempts" in own.post(CODE, {"code": code()}).content.decode()


def test_failing_passkeys_keep_nobody_out(cast: Cast) -> None:
    for _time in range(30):
        Client().post("/accounts/2fa/webauthn/login/", {"credential": "{}"})
    assert is_signed_in(sign_in(cast.reporter))


def test_a_flood_of_reset_mails_leaves_a_link_that_works(cast: Cast) -> None:
    for _time in range(8):
        Client().post("/accounts/password/reset/", {"email": cast.reporter.email})
    work_drain_for(5)
    link = mail.outbox[-1].body.partition("/accounts/password/reset/key/")[2].split()[0]
    page = Client().get(f"/accounts/password/reset/key/{link}", follow=True)
    assert "Choose a new password" in page.content.decode()
    assert is_signed_in(sign_in(cast.reporter))
