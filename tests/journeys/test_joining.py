"""From “we would like to join” to the first submission, as everybody who takes part in it plays it in Chromium."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, expect

from efc_portal.partners.models import Application, Organisation
from efc_portal.submissions.models import Submission
from efc_portal.workflow.worker import work_drain_for
from tests.browser import IN_CHROMIUM, faults
from tests.cast import Cast
from tests.factories import joining
from tests.journeys.form import report
from tests.journeys.people import CODE, Person

pytestmark = [*IN_CHROMIUM, pytest.mark.django_db(transaction=True)]

NAME, CONTACT, SIGNATORY = "Polder Payments", "femke@polder.example", "board@polder.example"
PASSWORD = "eleven grey geese over the dyke"


def letter(address: str) -> str:
    """The latest letter to an address, after whatever waits was sent."""
    work_drain_for(5)
    return str(next(one.body for one in reversed(mail.outbox) if one.to == [address]))


def link(address: str) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", letter(address))[1]


def test_from_the_application_to_the_first_submission(
    browser: Browser, address: str, tmp_path: Path, settings: Any
) -> None:
    cast = Cast()
    joining.memorandum(cast)
    manager, member = Person(browser, cast.manager), Person(browser, cast.steering)
    newcomer = Person(browser, SimpleNamespace(email=CONTACT))  # type: ignore[arg-type]  # nobody's account yet
    signatory = Person(browser, SimpleNamespace(email=SIGNATORY))  # type: ignore[arg-type]

    apply(newcomer, address)
    manager.sign_in(address)
    vet(manager, cast)
    member.sign_in(address)
    vote(member)
    approve(manager)
    accept_the_memorandum(signatory, address)
    make_a_member(manager, address)
    newcomer.page.goto(f"{address}/partners/polder-payments/")
    expect(newcomer.heading(NAME)).to_be_visible()

    come_in(newcomer, address)
    report(newcomer, tmp_path, number=1)
    assert Submission.objects.get().organisation == Organisation.objects.get(name=NAME)
    sign_in_again(newcomer, address)
    for person in (manager, member, newcomer, signatory):
        assert person.heard == [], person.user.email
        person.context.close()


def apply(newcomer: Person, address: str) -> None:
    """The address is confirmed by a mailed link; what cannot be is said beside its field, and the rest stays."""
    page = newcomer.page
    page.goto(f"{address}/join/apply/")
    page.get_by_label("Name of the organisation").fill(NAME)
    page.get_by_label("Sector").select_option("financial")
    page.get_by_label("Country").select_option("NL")
    page.get_by_label("Your e-mail address at the organisation").fill(CONTACT)
    page.wait_for_timeout(3100)  # the form takes nothing that comes faster than a person writes
    newcomer.press("Send me the link")
    page.goto(address + link(CONTACT))
    newcomer.press("Open the application")
    page.get_by_label("Number in the national register").fill("12345678")
    page.get_by_label("LEI").fill("5493001KJTIIGC8Y1R17")
    page.get_by_label("Website").fill("https://www.polder.example")
    page.get_by_role("radio", name="Yes, it is an obliged entity").check()
    page.get_by_label("What the organisation does").fill("Payments for small shops.")
    page.get_by_role("group", name="What can it contribute in kind?").get_by_role("checkbox").first.check()
    page.get_by_label("In words").fill("Two days of an analyst a month.")
    page.get_by_role("radio", name=re.compile("Legitimate interests")).check()
    page.get_by_label("Which law, or which interests").fill("Prevention of financial crime, weighed in writing.")
    page.get_by_label("Name of the data-protection contact").fill("Piet Prins")
    page.get_by_label("E-mail address of the data-protection contact").fill("privacy@polder.example")
    page.get_by_label("Your name").fill("Femke Visser")
    page.get_by_label("Your function").fill("Head of financial crime")
    page.get_by_label("Name of the signatory").fill("Bart Bosman")
    page.get_by_label("Function of the signatory").fill("Chair of the board")
    page.get_by_label("E-mail address of the signatory").fill(SIGNATORY)
    newcomer.press("Continue to check your answers")
    newcomer.reads("The check digits of this LEI do not fit")
    newcomer.heard.clear()  # the refusal itself
    page.get_by_label("LEI").fill("5493001KJTIIGC8Y1R12")
    newcomer.press("Continue to check your answers")
    page.get_by_label("I may apply for this organisation").check()
    newcomer.press("Send the application")
    expect(newcomer.heading("Your application has arrived")).to_be_visible()


def vet(manager: Person, cast: Cast) -> None:
    """Begun, one question asked and answered by hand; the checklist is filled in; members are asked, then the vote."""
    page = manager.page
    manager.go("Applications to join")
    page.get_by_role("link", name=re.compile("^A-")).first.click()
    assert faults(page) == {}
    manager.follow("Begin the vetting")
    manager.press("Begin the vetting")
    application = Application.objects.get()
    joining.checked(application, cast)
    page.reload()
    manager.follow("Ask the members")
    page.get_by_label("Last day").fill((timezone.localdate() + timedelta(days=7)).isoformat())
    manager.press("Ask the members")
    manager.follow("End the comments early")
    page.get_by_label("Reason").fill("Every member has answered.")
    manager.press("End the comments early")
    manager.follow("Call the committee to vote")
    page.get_by_label("Last day").fill((timezone.localdate() + timedelta(days=7)).isoformat())
    manager.press("Call the committee to vote")


def vote(member: Person) -> None:
    member.go("Who wants to join")
    member.page.get_by_role("link", name=f"Cast your vote {NAME}").click()
    member.page.get_by_role("radio", name="Yes", exact=True).check()
    member.press("Cast your vote")
    member.reads_nothing_of("Femke Visser", CONTACT)


def approve(manager: Person) -> None:
    manager.page.reload()
    manager.follow("Record the approval")
    manager.page.get_by_label("What the applicant is told").fill("Welcome.")
    manager.press("Record the approval")
    manager.give_code("Confirm that it is you", "Confirm")
    manager.reads("The application is approved.")


def accept_the_memorandum(signatory: Person, address: str) -> None:
    page = signatory.page
    page.goto(address + link(SIGNATORY))
    assert faults(page) == {}
    signatory.press("Send me a code")
    code = re.search(r"\b(\d{6})\b", letter(SIGNATORY))[1]
    page.get_by_label("The six digits that were mailed to you").fill(code)
    page.get_by_label("Your name").fill("Bart Bosman")
    page.get_by_role("checkbox").check()
    signatory.press("Accept the memorandum")
    signatory.reads("Polder Payments")


def make_a_member(manager: Person, address: str) -> None:
    application = Application.objects.get()
    manager.page.goto(f"{address}/members/memoranda/acceptances/?state=accepted")
    manager.follow(NAME)
    manager.follow("Countersign")
    manager.press("Countersign")
    manager.reads("It is countersigned. The receipt is ready.")
    manager.page.goto(f"{address}/members/applications/{application.pk}/")
    manager.follow("Make it a member")
    manager.press("Make it a member")
    manager.reads("The organisation is a member.")


def come_in(newcomer: Person, address: str) -> None:
    """By the invitation: a password, a passkey, an authenticator app, and codes for the day both are lost."""
    page = newcomer.page
    devtools = newcomer.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, "isUserVerified": True}})
    page.goto(address + link(CONTACT))
    newcomer.reads(f"You are invited to work with the portal for {NAME}")
    page.get_by_label("Password").fill(PASSWORD)
    newcomer.press("Accept the invitation")
    expect(newcomer.heading("One more lock on the door")).to_be_visible()
    newcomer.follow("Set up a passkey")
    newcomer.press("Add it now")
    expect(newcomer.heading("Recovery codes")).to_be_visible()
    page.goto(f"{address}/accounts/2fa/totp/activate/")
    page.get_by_role("textbox", name="Code").fill(CODE)
    newcomer.press("Switch it on")
    page.goto(f"{address}/workspace/")
    expect(newcomer.heading("Good to see you, Femke Visser")).to_be_visible()


def sign_in_again(newcomer: Person, address: str) -> None:
    """With the passkey alone, and with password and app."""
    page = newcomer.page
    sign_out(newcomer, address)
    newcomer.press("Sign in with a passkey")
    expect(newcomer.heading("Good to see you, Femke Visser")).to_be_visible()
    sign_out(newcomer, address)
    page.get_by_label("Email").fill(CONTACT)
    page.get_by_label("Password").fill(PASSWORD)
    newcomer.press("Sign in")
    newcomer.give_code("Your second factor", "Sign in")
    expect(newcomer.heading("Good to see you, Femke Visser")).to_be_visible()


def sign_out(newcomer: Person, address: str) -> None:
    """And back to the sign-in page."""
    newcomer.press("Sign out")
    expect(newcomer.page).to_have_url(f"{address}/")
    newcomer.page.goto(f"{address}/workspace/")
    newcomer.heard.clear()  # the public site is empty here, and has no icon
