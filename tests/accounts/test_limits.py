"""Guessing is slow, and a stranger who guesses does not lock anybody out of their own browser."""

from __future__ import annotations

from django.test import Client

from tests.accounts.pages import CODE, code, is_signed_in, sign_in, type_password
from tests.cast import Cast

WRONG = "not the password at all"
RESET = "/accounts/password/reset/"


def fail(email: str, times: int, client: Client | None = None) -> object:
    client = client or Client()
    for _time in range(times):
        answer = type_password(client, email, WRONG)
    return answer


def test_after_five_failures_even_the_right_password_waits(cast: Cast) -> None:
    fail(cast.reporter.email, 5)
    answer = type_password(Client(), cast.reporter.email)
    assert "Too many failed attempts" in answer.content.decode()


def test_the_case_of_the_address_makes_no_difference(cast: Cast) -> None:
    fail(cast.reporter.email, 3)
    fail(cast.reporter.email.upper(), 2)
    assert "Too many failed attempts" in type_password(Client(), cast.reporter.email).content.decode()


def test_a_strangers_failures_do_not_count_in_a_browser_the_person_has_used(cast: Cast) -> None:
    own = sign_in(cast.reporter)
    own.post("/accounts/logout/")
    fail(cast.reporter.email, 6)
    assert type_password(own, cast.reporter.email).headers["Location"] == CODE


def test_failures_in_such_a_browser_count_as_well(cast: Cast) -> None:
    own = sign_in(cast.reporter)
    own.post("/accounts/logout/")
    answer = fail(cast.reporter.email, 6, own)
    assert "Too many failed attempts" in answer.content.decode()


def test_a_browser_known_for_one_person_is_a_strangers_for_another(cast: Cast) -> None:
    own = sign_in(cast.reporter)
    own.post("/accounts/logout/")
    fail(cast.analyst.email, 5)
    assert "Too many failed attempts" in type_password(own, cast.analyst.email).content.decode()


def test_a_made_up_cookie_is_a_strangers(cast: Cast) -> None:
    fail(cast.reporter.email, 5)
    client = Client()
    client.cookies["efc_device"] = "made:up"
    assert "Too many failed attempts" in type_password(client, cast.reporter.email).content.decode()


def test_other_people_sign_in_meanwhile(cast: Cast) -> None:
    fail(cast.reporter.email, 6)
    assert is_signed_in(sign_in(cast.analyst))


def test_one_address_cannot_try_everybody(cast: Cast) -> None:
    for number in range(20):
        fail(f"person{number}@meridian.example", 1)
    assert "Too many failed attempts" in type_password(Client(), cast.reporter.email).content.decode()


def test_five_wrong_codes_make_the_right_one_wait(cast: Cast) -> None:
    client = Client()
    type_password(client, cast.reporter.email)
    for _time in range(5):
        client.post(CODE, {"code": "123456"})
    assert "Too many failed attempts" in client.post(CODE, {"code": code()}).content.decode()


def test_nobodys_mailbox_is_filled_with_reset_mails(cast: Cast) -> None:
    answers = [Client().post(RESET, {"email": cast.reporter.email}).status_code for _time in range(6)]
    assert answers == [302] * 5 + [429]


def test_the_page_of_too_many_requests_is_the_portals_own(cast: Cast) -> None:
    for _time in range(6):
        answer = Client().post(RESET, {"email": cast.reporter.email})
    assert answer.status_code == 429
    assert "European Financial Coalition" in answer.content.decode()
