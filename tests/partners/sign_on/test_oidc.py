"""Signing in through a real OpenID provider: another process, made of allauth's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core import mail
from django.test import Client

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.partners.sign_on import oidc
from efc_portal.workflow.worker import work_drain_for
from tests.accounts.pages import CODE, WORKSPACE, code, is_signed_in, type_password
from tests.cast import Cast
from tests.partners.sign_on.providers import oidc_provider
from tests.partners.sign_on.steps import CALLBACK, SLUG, activated, at_provider, oidc_of, set_out


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oidc_provider(tmp_path_factory.mktemp("oidc") / "site", [f"http://testserver{CALLBACK}"]) as address:
        yield address


def sign_in_as(client: Client, name: str) -> Any:
    return client.get(at_provider(set_out(client), name))


def refused(answer: Any, reason: str, *words: str) -> None:
    """A page with one sentence, nobody signed in, and an entry of the record."""
    page = answer.content.decode()
    assert answer.status_code == 403, page
    assert all(word in page for word in words), page
    assert AuditEvent.objects.filter(action="session.refuse").latest("pk").payload["reason_code"] == reason
    assert not is_signed_in(answer.client)


def test_after_the_provider_the_second_factor_is_asked_for_here(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    answer = sign_in_as(client, "rosa")
    assert answer.headers["Location"] == CODE
    assert not is_signed_in(client)
    assert client.post(CODE, {"code": code()}).headers["Location"] == WORKSPACE
    assert is_signed_in(client)
    assert AuditEvent.objects.filter(action="sign_on.link", actor_id=cast.reporter.pk).count() == 1


def test_allauths_tables_hold_nothing_but_the_link(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    sign_in_as(client, "rosa")
    link = SocialAccount.objects.get()
    assert (link.user_id, link.provider, link.extra_data) == (cast.reporter.pk, SLUG, {})
    assert not SocialApp.objects.exists()
    assert not SocialToken.objects.exists()


def test_a_second_factor_that_the_provider_confirms_is_enough_where_that_is_agreed(
    cast: Cast, issuer: str, client: Client
) -> None:
    activated(cast, oidc_of(cast, issuer, second_factor="provider", factor_values=["mfa"]))
    assert cast.reporter.pk
    assert sign_in_as(client, "rosa-strong").headers["Location"] == WORKSPACE
    assert is_signed_in(client)


def test_one_that_it_confirms_unasked_is_not(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    assert sign_in_as(client, "rosa-strong").headers["Location"] == CODE


def test_somebody_without_a_second_factor_here_sets_one_up(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer))
    User.objects.filter(pk=cast.newcomer.pk).update(email="stranger@meridian.example")
    sign_in_as(client, "stranger")
    assert client.get(WORKSPACE).headers["Location"] == "/accounts/second-factor/"


def test_one_comes_back_to_the_page_one_asked_for(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer, second_factor="provider", factor_values=["mfa"]))
    assert cast.reporter.pk
    way = set_out(client, next="/submissions/")
    assert client.get(at_provider(way, "rosa-strong")).headers["Location"] == "/submissions/"
    other = Client()
    way = set_out(other, next="https://evil.example/")
    assert other.get(at_provider(way, "rosa-strong")).headers["Location"] == WORKSPACE


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        ("stranger", "unknown_person", "Nobody with the address stranger@meridian.example"),
        ("foreign", "foreign_domain", "is not an address of Meridian Bank"),
        ("elsewhere", "foreign_domain", "is not an address of Meridian Bank"),
        ("unconfirmed", "address_unverified", "is confirmed as yours"),
        ("nameless", "address_missing", "did not say what your e-mail address is"),
        ("rosa-late", "assertion_expired", "has expired"),
        ("rosa-other", "assertion_for_others", "meant for another site"),
    ],
)
def test_whom_the_provider_cannot_sign_in(
    cast: Cast, issuer: str, client: Client, name: str, reason: str, words: str
) -> None:
    activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    assert cast.coordinator.pk
    assert cast.analyst.pk
    refused(sign_in_as(client, name), reason, words)
    assert not SocialAccount.objects.exists()


def test_a_sign_in_without_the_agreed_second_factor_is_refused(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer, second_factor="provider", factor_values=["mfa", "urn:example:strong"]))
    assert cast.reporter.pk
    refused(sign_in_as(client, "rosa"), "second_factor_missing", "did not confirm that you showed a second factor")


def test_another_account_with_the_same_address_is_refused_afterwards(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    sign_in_as(client, "rosa")
    refused(sign_in_as(Client(), "rosa-strong"), "account_changed", "with another account")


def test_an_address_that_changed_at_the_provider_is_refused(cast: Cast, issuer: str, client: Client) -> None:
    provider = activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    sign_in_as(client, "rosa")
    SocialAccount.objects.filter(provider=provider.slug).update(user=cast.analyst)
    refused(sign_in_as(Client(), "rosa"), "address_changed", "had another e-mail address")


def test_a_closed_account_stays_closed(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer))
    User.objects.filter(pk=cast.reporter.pk).update(is_active=False)
    refused(sign_in_as(client, "rosa"), "unknown_person")


def test_an_answer_works_once_and_in_its_own_browser_alone(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    back = at_provider(set_out(client), "rosa")
    refused(Client().get(back), "not_asked", "begun in this browser")
    assert client.get(back).headers["Location"] == CODE
    refused(client.get(back), "not_asked", "used already")


def test_whoever_leaves_the_provider_reads_so(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer))
    state = dict(pair.split("=") for pair in set_out(client).partition("?")[2].split("&"))["state"]
    refused(client.get(f"{CALLBACK}?error=access_denied&state={state}"), "cancelled", "without signing in")


def test_a_provider_that_is_away_is_told_in_a_sentence(cast: Cast, issuer: str, client: Client) -> None:
    provider = activated(cast, oidc_of(cast, issuer))
    back = at_provider(set_out(client), "rosa")
    provider.endpoints["token_endpoint"] = "http://127.0.0.1:9/token"
    provider.save()
    refused(client.get(back), "provider_failed", "did not answer as it should")


def test_a_token_signed_with_another_key_is_not_believed(
    cast: Cast, issuer: str, client: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    provider = activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    with oidc_provider(tmp_path_factory.mktemp("other") / "site", []) as other:
        provider.endpoints["jwks_uri"] = f"{other}/.well-known/jwks.json"
        provider.save()
        refused(sign_in_as(client, "rosa"), "assertion_broken", "it is not believed")


@pytest.mark.parametrize("keys", [[1], [{}], [None], [{"kty": "oct", "k": "AA"}], "x", [{"kty": "RSA", "n": "AA"}]])
def test_keys_that_are_none_are_told_in_a_sentence(
    cast: Cast, issuer: str, client: Client, monkeypatch: pytest.MonkeyPatch, keys: object
) -> None:
    activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    monkeypatch.setattr(oidc, "read_json", lambda url: {"keys": keys})
    refused(sign_in_as(client, "rosa"), "assertion_broken", "it is not believed")


def test_the_person_is_told_of_the_first_time(cast: Cast, issuer: str, client: Client) -> None:
    activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    sign_in_as(client, "rosa")
    work_drain_for(5)
    assert [letter.subject for letter in mail.outbox if letter.to == [cast.reporter.email]] == [
        "Your organisation’s sign-in now opens your account"
    ]


def test_a_coordinator_tries_it_before_a_manager_confirms_it(cast: Cast, issuer: str) -> None:
    provider = oidc_of(cast, issuer, second_factor="provider", factor_values=["mfa"])
    client = cast.client("bank_coordinator")
    page = client.post(f"/members/sign-on/{provider.pk}/try/", follow=True)
    assert "This is a trial" in page.content.decode()
    way = client.get(f"/accounts/organisation/{SLUG}/go/").headers["Location"]
    done = client.get(at_provider(way, "bea"), follow=True)
    assert "The sign-in worked" in done.content.decode()
    provider.refresh_from_db()
    assert provider.tested_by == cast.bank_coordinator
    assert not SocialAccount.objects.exists()
    manager = cast.client("manager", fresh=True)
    assert "Confirm" in manager.get(f"/members/sign-on/{provider.pk}/").content.decode()
    manager.post(f"/members/sign-on/{provider.pk}/activate/")
    provider.refresh_from_db()
    assert provider.is_active


def test_trying_it_with_somebody_elses_account_does_not_count(cast: Cast, issuer: str) -> None:
    provider = oidc_of(cast, issuer)
    assert cast.reporter.pk
    client = cast.client("bank_coordinator")
    client.post(f"/members/sign-on/{provider.pk}/try/")
    way = client.get(f"/accounts/organisation/{SLUG}/go/").headers["Location"]
    answer = client.get(at_provider(way, "rosa"))
    assert answer.status_code == 403
    assert "Try it with your own account" in answer.content.decode()
    provider.refresh_from_db()
    assert provider.tested_at is None


def test_a_provider_that_is_only_proposed_signs_nobody_in(cast: Cast, issuer: str, client: Client) -> None:
    provider = activated(cast, oidc_of(cast, issuer))
    assert cast.reporter.pk
    back = at_provider(set_out(client), "rosa")
    type(provider).objects.filter(pk=provider.pk).update(status="proposed")
    refused(client.get(back), "not_active", "not active")


def test_who_may_sign_in_through_the_provider_alone_reads_so(cast: Cast, issuer: str, client: Client) -> None:
    provider = activated(cast, oidc_of(cast, issuer, is_only=True))
    answer = type_password(client, cast.reporter.email)
    refused(answer, "sign_on_only", "through Meridian sign-in alone")
    assert type_password(Client(), cast.coordinator.email).headers["Location"] == CODE
    cast.client("manager", fresh=True).post(f"/members/sign-on/{provider.pk}/open/")
    assert type_password(Client(), cast.reporter.email).headers["Location"] == CODE
