"""The public site in a real browser: axe on every kind of page, narrow and wide, light and dark; an editor at work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from efc_portal.website.loading import site_load
from efc_portal.website.models import NewsIndexPage
from tests.browser import IN_CHROMIUM, chromium, faults, listened
from tests.cast import Cast
from tests.factories.partners import OrganisationFactory

PAGES = [
    "/",
    "/about/",
    "/news/",
    "/news/training-virtual-currency-tracing/",
    "/news/newsletter-summer/",
    "/news/two-payment-firms-join/",
    "/reports/",
    "/reports/strategic-assessment-2026/",
    "/reports/prepaid-and-gift-cards/",
    "/join/",
    "/chairs-letter/",
    "/where-to-report/?country=FI",
    "/contact/",
    "/partners/",
    "/partners/northbank/",
    "/privacy/",
]

pytestmark = IN_CHROMIUM


@pytest.fixture
def address(live_server: Any) -> str:
    """A running portal with the demonstration's site, and one partner in the directory."""
    OrganisationFactory(name="Northbank", website="https://northbank.example/")
    site_load(demo=True)
    return str(live_server.url)


@pytest.fixture
def browser(address: str) -> Iterator[Browser]:
    """Begun after the portal and ended before it: Playwright's loop runs in this thread, and the database minds."""
    with chromium() as launched:
        yield launched


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(browser: Browser, address: str) -> None:
    found = {}
    for mode in ("light", "dark"):
        context = browser.new_context(base_url=address, color_scheme=mode, reduced_motion="reduce")
        page, heard = listened(context)
        for url in PAGES:
            page.goto(url)
            page.evaluate("for (const more of document.querySelectorAll('details.more-box')) more.open = true")
            if wrong := faults(page, (320, 768, 1280)):
                found[mode, url] = wrong
        assert heard == []
        assert context.cookies() == []
        context.close()
    assert found == {}


def test_the_site_needs_no_script_and_grows_with_the_text(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Reports", exact=True).first.click()
    page.get_by_role("heading", name="Payments and displacement").get_by_role("link").click()
    page.get_by_text("The figures as a table").click()
    assert page.get_by_role("cell", name="62").first.is_visible()
    context.close()

    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for url in PAGES:
        page.goto(url)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), url
    context.close()


def test_an_editor_writes_previews_and_publishes(browser: Browser, address: str, cast: Cast) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 1400, "height": 1000})
    session = cast.client("editor").cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    page, heard = listened(context)
    page.goto(f"/cms/pages/add/website/newspage/{NewsIndexPage.objects.get().pk}/")
    page.locator("#id_title").fill("A workshop on merchants")
    page.locator("#id_summary").fill("One afternoon, with invented cases.")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe[title='Preview']").first
    preview.get_by_role("heading", name="A workshop on merchants").wait_for()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("created and published").wait_for()
    assert heard == []
    context.close()

    visitor = browser.new_context(base_url=address).new_page()
    visitor.goto("/news/")
    visitor.get_by_role("link", name="A workshop on merchants").click()
    assert visitor.get_by_role("heading", level=1).inner_text() == "A workshop on merchants"
    visitor.context.close()
