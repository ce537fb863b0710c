"""Signing in with Chromium: through an organisation's provider by OpenID Connect and by SAML, and with a passkey.

The providers are processes of their own, at another site than the portal for the browser.
"""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser import IN_CHROMIUM, faults
from tests.cast import Cast
from tests.factories.partners import PASSWORD
from tests.journeys.people import Person
from tests.partners.sign_on.providers import oidc_provider, process
from tests.partners.sign_on.saml_issuer import STRONG
from tests.partners.sign_on.steps import CALLBACK, activated, oidc_of, saml_of

pytestmark = IN_CHROMIUM


def go_to_provider(person: Person, address: str) -> None:
    """From the sign-in page to the bank's own."""
    person.page.goto(f"{address}/accounts/login/")
    assert not faults(person.page)
    person.follow("Sign in with your organisation")
    assert not faults(person.page)
    person.page.get_by_label("Your e-mail address at work").fill(person.user.email)
    person.press("Go on")
    person.reads("sign in there, and come back")
    assert not faults(person.page)
    person.follow("Go there")
    expect(person.heading("The bank’s own sign-in")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_openid_connect_and_the_second_factor_here(
    browser: Browser, address: str, cast: Cast, tmp_path: Path, script: bool
) -> None:
    with oidc_provider(tmp_path / "provider", [f"{address}{CALLBACK}"]) as issuer:
        activated(cast, oidc_of(cast, issuer))
        reporter = Person(browser, cast.reporter, script=script)
        if script:
            go_to_provider(reporter, address)
        else:
            reporter.page.goto(f"{address}/accounts/organisation/")
            reporter.page.get_by_label("Your e-mail address at work").fill(cast.reporter.email)
            reporter.press("Go on")
            reporter.follow("Go there")
        reporter.page.get_by_label("Name").fill("rosa")
        reporter.press("Sign in here")
        reporter.give_code("Your second factor", "Sign in")
        expect(reporter.page).to_have_url(f"{address}/workspace/")


def test_saml_and_the_second_factor_there(browser: Browser, address: str, cast: Cast, tmp_path: Path) -> None:
    with process("saml_issuer", tmp_path / "provider", {}) as issuer:
        metadata = httpx.get(f"{issuer}/metadata", trust_env=False).text
        activated(cast, saml_of(cast, metadata, second_factor="provider", factor_values=[STRONG]))
        reporter = Person(browser, cast.reporter)
        go_to_provider(reporter, address)
        reporter.page.get_by_label("Address").fill(cast.reporter.email)
        reporter.press("Sign in here")
        reporter.press("Go back")
        expect(reporter.heading("The sign-in was refused")).to_be_visible()
        reporter.reads("did not confirm that you showed a second factor there")
        assert not faults(reporter.page)
        go_to_provider(reporter, address)
        reporter.page.get_by_label("Address").fill(cast.reporter.email)
        reporter.page.get_by_label("with a second factor").check()
        reporter.press("Sign in here")
        reporter.press("Go back")
        expect(reporter.page).to_have_url(f"{address}/workspace/")


def test_a_passkey_is_set_up_and_signs_in_alone(browser: Browser, address: str, cast: Cast) -> None:
    newcomer = Person(browser, cast.newcomer)
    devices = newcomer.context.new_cdp_session(newcomer.page)
    devices.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**key, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    newcomer.page.goto(f"{address}/workspace/")
    newcomer.page.get_by_label("Email").fill(cast.newcomer.email)
    newcomer.page.get_by_label("Password").fill(PASSWORD)
    newcomer.press("Sign in")
    newcomer.follow("Set up a passkey")
    newcomer.page.get_by_label("Name").fill("Work laptop")
    newcomer.press("Add it now")
    newcomer.reads("recovery codes")
    newcomer.page.goto(f"{address}/workspace/")
    expect(newcomer.page).to_have_url(f"{address}/workspace/")
    newcomer.page.goto(f"{address}/accounts/logout/")
    newcomer.page.get_by_role("main").get_by_role("button", name="Sign out").click()
    newcomer.page.goto(f"{address}/accounts/login/")
    newcomer.press("Sign in with a passkey")
    expect(newcomer.page).to_have_url(f"{address}/workspace/")
    newcomer.page.goto(f"{address}/accounts/sessions/")
    assert not faults(newcomer.page)
