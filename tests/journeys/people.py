"""Five people, each at a browser of their own, who sign in as people do."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, expect

from efc_portal.accounts.models import User
from tests.browser import listened
from tests.factories.partners import PASSWORD

CODE = "000000"  # of the demonstration's second factor, which the tests' settings turn on
PATIENCE = 20_000  # milliseconds; on a machine that is busy with other tests
expect.set_options(timeout=PATIENCE)


class Person:
    """One of the cast, with what went wrong on the pages so far in `heard`."""

    def __init__(self, browser: Browser, user: User, *, script: bool = True) -> None:
        self.user = user
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce", java_script_enabled=script
        )
        self.page, self.heard = listened(self.context)
        self.page.set_default_timeout(PATIENCE)

    def sign_in(self, address: str) -> None:
        """To the start page, past password and second factor."""
        self.page.goto(f"{address}/workspace/")
        self.page.get_by_label("Email").fill(self.user.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")
        self.give_code("Your second factor", "Sign in")
        expect(self.page).to_have_url(f"{address}/workspace/")

    def give_code(self, heading: str, button: str) -> None:
        expect(self.heading(heading)).to_be_visible()
        self.page.get_by_label("Code").fill(CODE)
        self.press(button)

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("heading", level=1, name=name)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def go(self, area: str) -> None:
        """By the workspace's own navigation."""
        self.page.get_by_role("navigation").get_by_role("link", name=re.compile(f"^{area}")).first.click()

    def reads(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).first).to_be_visible()

    def reads_nothing_of(self, *words: str) -> None:
        text = self.page.locator("body").inner_text()
        found = [word for word in words if word in text]
        assert not found, found
