"""Typing an address, and the pages on which an identity provider is looked after."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client, override_settings

from efc_portal.accounts.decorators import step_up
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.models import DataKey
from efc_portal.partners.models import IdentityProvider
from efc_portal.partners.sign_on import outside, services
from efc_portal.partners.sign_on.outside import ProviderSession, provider_url_check
from tests.cast import Cast, client_for
from tests.factories.sign_on import SECRET, ProviderFactory

BEGIN = "/accounts/organisation/"


@pytest.fixture
def provider(cast: Cast) -> IdentityProvider:
    return ProviderFactory(organisation=cast.bank, active=True, confirmed_by=cast.manager)


@pytest.mark.parametrize(
    "address", ["reporter@meridian.example", "nobody@meridian.example", "Nobody@MERIDIAN.example "]
)
def test_the_domain_alone_decides_where_one_goes(
    cast: Cast, provider: IdentityProvider, client: Client, address: str
) -> None:
    page = client.post(BEGIN, {"email": address}, follow=True).content.decode()
    assert "<strong>Meridian sign-in</strong> at <strong>login.meridian.example</strong>" in page


@pytest.mark.parametrize(
    "address", ["coordinator@lighthouse.example", "x@unknown.example", "nonsense", "рeporter@meridian.example"]
)
def test_without_one_the_answer_is_always_the_same(
    cast: Cast, provider: IdentityProvider, client: Client, address: str
) -> None:
    assert cast.coordinator.pk
    answer = client.post(BEGIN, {"email": address})
    assert answer.status_code == 422
    assert "No single sign-on is set up for this address." in answer.content.decode()


def test_nobody_is_sent_to_a_provider_by_a_link_of_somebody_else(provider: IdentityProvider, client: Client) -> None:
    for path in (f"{BEGIN}{provider.slug}/", f"{BEGIN}{provider.slug}/go/"):
        assert client.get(path).headers["Location"] == BEGIN


def test_many_addresses_from_one_network_are_slowed(db: None, client: Client) -> None:
    answers = [client.post(BEGIN, {"email": f"p@domain{number}.example"}).status_code for number in range(21)]
    assert answers == [422] * 20 + [429]


def test_the_secret_is_sealed_and_destroyed_with_the_end(cast: Cast, provider: IdentityProvider) -> None:
    assert SECRET.encode() not in bytes(provider.sealed)
    assert provider.client_secret == SECRET
    page = cast.client("bank_coordinator").get(f"/members/sign-on/{provider.pk}/").content.decode()
    assert SECRET not in page
    assert "/accounts/oidc/" in page
    cast.client("bank_coordinator", fresh=True).post(f"/members/sign-on/{provider.pk}/end/")
    provider.refresh_from_db()
    assert (provider.status, bytes(provider.sealed)) == ("ended", b"")
    assert DataKey.objects.get(pk=provider.data_key_id).destroyed_at


def test_nothing_is_confirmed_that_nobody_tried(cast: Cast) -> None:
    proposed = ProviderFactory(organisation=cast.bank)
    with pytest.raises(Conflict, match="Nobody has tried"):
        services.provider_activate(provider=proposed, actor=cast.manager)


def test_the_organisation_does_not_confirm_its_own(cast: Cast) -> None:
    proposed = ProviderFactory(organisation=cast.bank, tested_at="2026-01-01T00:00Z")
    with pytest.raises(NotPermitted):
        services.provider_activate(provider=proposed, actor=cast.bank_coordinator)
    assert (
        cast.client("bank_coordinator", fresh=True).post(f"/members/sign-on/{proposed.pk}/activate/").status_code == 404
    )


def test_a_new_one_takes_the_place_of_the_one_before(cast: Cast, provider: IdentityProvider) -> None:
    proposed = ProviderFactory(organisation=cast.bank, tested_at="2026-01-01T00:00Z")
    client = cast.client("manager", fresh=True)
    client.post(f"/members/sign-on/{proposed.pk}/activate/")
    provider.refresh_from_db()
    proposed.refresh_from_db()
    assert (provider.status, proposed.status) == ("ended", "active")


def test_a_form_that_is_not_right_keeps_what_was_typed(cast: Cast) -> None:
    client = cast.client("bank_coordinator", fresh=True)
    typed = {
        "name": "Ours",
        "issuer": "http://login.meridian.example",
        "client_id": "efc",
        "client_secret": "s",
        "second_factor": "here",
    }
    answer = client.post("/members/sign-on/oidc/", typed)
    assert answer.status_code == 422
    assert "must begin with https://" in answer.content.decode()
    assert 'value="efc"' in answer.content.decode()
    answer = client.post("/members/sign-on/saml/", {"name": "Ours", "metadata": "<a/>", "second_factor": "here"})
    assert answer.status_code == 422
    assert not IdentityProvider.objects.exists()


def test_an_organisation_sees_its_own_alone(cast: Cast, provider: IdentityProvider) -> None:
    assert "Meridian sign-in" in cast.client("bank_coordinator").get("/members/sign-on/").content.decode()
    assert "Meridian sign-in" in cast.client("manager").get("/members/sign-on/").content.decode()
    assert "Meridian sign-in" not in cast.client("coordinator").get("/members/sign-on/").content.decode()
    assert cast.client("coordinator").get(f"/members/sign-on/{provider.pk}/").status_code == 404


def test_forcing_everybody_through_the_provider_and_back(cast: Cast, provider: IdentityProvider) -> None:
    client = cast.client("bank_coordinator", fresh=True)
    for step, expected in (("enforce", True), ("release", False)):
        client.post(f"/members/sign-on/{provider.pk}/{step}/")
        provider.refresh_from_db()
        assert provider.keeps_others_out is expected


def test_a_persons_link_can_be_forgotten(cast: Cast, provider: IdentityProvider) -> None:
    link = services.link_record(provider=provider, user=cast.reporter, uid="r-1")
    client = cast.client("bank_coordinator", fresh=True)
    path = f"/members/sign-on/{provider.pk}/people/{link.pk}/forget/"
    assert "Rosa de Vries" in client.get(path).content.decode()
    client.post(path)
    assert client.post(path).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "http://login.bank.example",
        "https://127.0.0.1/",
        "https://10.0.0.8/authorize",
        "https://[::1]/",
        "https://169.254.169.254/latest",
        "https://intranet/",
        "https://db.internal/",
        "https://user:word@login.bank.example/",
        "https://login.bank.example/#a",
        "ftp://login.bank.example/",
        "https://[::1",
        "https://\u2100.example",
        "https://login.bank.example:99999/",
        "javascript:alert(1)",
        "",
    ],
)
def test_addresses_that_production_does_not_take(url: str) -> None:
    with override_settings(PRODUCTION=True), pytest.raises(ApplicationError):
        provider_url_check(url)


def test_a_provider_on_this_machine_is_for_trials_alone() -> None:
    assert provider_url_check("http://127.0.0.1:9000/") == "http://127.0.0.1:9000/"


def test_a_name_that_leads_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(outside, "GUARD", replace(outside.GUARD, resolve=lambda host: ["10.0.0.8"]))
    with override_settings(PRODUCTION=True), ProviderSession() as session:
        with pytest.raises(OSError, match="public internet"):
            session.get("https://login.bank.example/")


def test_whoever_has_no_factor_here_is_not_let_through_a_step_up(cast: Cast, rf: object) -> None:
    request = rf.post("/")  # type: ignore[attr-defined]
    cast.newcomer.set_unusable_password()
    request.user, request.session = cast.newcomer, {}
    with pytest.raises(NotPermitted, match="second factor of the portal"):
        step_up(request)


@pytest.mark.parametrize("step", ["revoke", "end"])
def test_a_provider_that_ends_leaves_no_session_behind(cast: Cast, provider: IdentityProvider, step: str) -> None:
    services.link_record(provider=provider, user=cast.reporter, uid="r-1")
    open_one, another = client_for(cast.reporter), client_for(cast.analyst)
    for client in (open_one, another):
        assert client.get("/workspace/").status_code == 200
    actor = cast.manager if step == "revoke" else cast.bank_coordinator
    services.provider_end(provider=provider, name=step, actor=actor)
    assert open_one.get("/workspace/").status_code == 302
    assert another.get("/workspace/").status_code == 200, "who never came through it"
