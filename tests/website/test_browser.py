"""The public site in a real browser: axe on every kind of page, narrow and wide, light and dark."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser
from wagtail.models import Locale

from efc_portal.website.models import (
    HomePage,
)
from tests.browser import IN_CHROMIUM, SETTLED, faults, listened
from tests.website.factories import in_language

PAGES = [
    "/",
    "/about/",
    "/news/",
    "/news/?kind=call&category=coalition",
    "/news/training-virtual-currency-tracing/",
    "/news/newsletter-summer/",
    "/news/two-payment-firms-join/",
    "/reports/",
    "/reports/strategic-assessment-2026/",
    "/reports/strategic-assessment-2024/",
    "/reports/prepaid-and-gift-cards/",
    "/join/",
    "/chairs-letter/",
    "/where-to-report/?country=FI",
    "/contact/",
    "/partners/",
    "/partners/northbank/",
    "/privacy/",
    "/fr/",
    "/fr/news/training-virtual-currency-tracing/",
    "/fr/reports/strategic-assessment-2026/",
    "/de/about/",
    "/search/?q=payments",
    "/search/?q=zyzzyva",
]

BY_SCRIPT = {"Copy the citation", "Copier la citation", "5,000 characters left"}
SHIFTS = """window.shifts = 0;
    new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifts += one.value; })
        .observe({type: "layout-shift", buffered: true});"""

NUMBERED = """() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
        .filter(one => one.type !== "hidden" && one.tabIndex >= 0 && !one.disabled
            && one.checkVisibility({visibilityProperty: true}));
    all.forEach((one, number) => one.dataset.walk = number);
    return all.length;
}"""
FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return [one.dataset.walk || one.tagName, ringed || style.boxShadow !== "none"];
}"""

pytestmark = IN_CHROMIUM


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(browser: Browser, address: str, mode: Any) -> None:
    found = {}
    context = browser.new_context(base_url=address, color_scheme=mode, reduced_motion="reduce")
    page, heard = listened(context)
    for url in PAGES:
        page.goto(url)
        page.evaluate("for (const more of document.querySelectorAll('details.more-box')) more.open = true")
        if wrong := faults(page, (320, 768, 1280)):
            found[url] = wrong
    assert heard == []
    assert context.cookies() == []
    context.close()
    assert found == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_reaches_everything_in_its_order_and_shows_where_it_is(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page, heard = listened(context)
    for url in ("/", "/news/", "/reports/strategic-assessment-2026/", "/where-to-report/", "/contact/", "/search/?q=a"):
        page.goto(url)
        number = page.evaluate(NUMBERED)
        walked = []
        for _step in range(number):
            page.keyboard.press("Tab")
            here, shown = page.evaluate(FOCUSED)
            walked.append(here)
            assert shown, f"{url}: no mark around {here}"
        assert walked == [str(one) for one in range(number)], url
        assert page.evaluate("document.querySelector('[data-walk=\"0\"]').hash") == "#main", "past the menus at once"
    if width < 800:
        page.goto("/")
        page.locator("summary", has_text="Menu").focus()
        page.keyboard.press("Enter")
        assert page.get_by_role("link", name="Reports", exact=True).first.is_visible()
        page.keyboard.press("Escape")
        assert not page.locator(".menu .sheet").is_visible()
        assert page.locator("summary", has_text="Menu").evaluate("one => one === document.activeElement")
    assert heard == []
    context.close()


def test_the_site_needs_no_script_and_grows_with_the_text(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Reports", exact=True).first.click()
    page.get_by_role("heading", name="Payments and displacement").get_by_role("link").first.click()
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


def test_forced_colours_leave_everything_readable(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, forced_colors="active", reduced_motion="reduce")
    page, heard = listened(context)
    found = {}
    for url in ("/", "/news/", "/news/training-virtual-currency-tracing/", "/reports/strategic-assessment-2024/"):
        page.goto(url)
        if wrong := faults(page):
            found[url] = wrong
    assert found == {}
    assert heard == []
    context.close()


def test_on_paper_there_is_the_text_with_its_addresses_and_nothing_to_press(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, color_scheme="dark", viewport={"width": 700, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto("/reports/strategic-assessment-2026/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    assert not page.get_by_role("navigation").first.is_visible()
    assert not page.get_by_role("button").first.is_visible()
    assert page.get_by_role("cell", name="62").first.is_visible(), "what opens on request is printed open"
    after = "getComputedStyle(document.querySelector('.downloads a'), '::after').content"
    assert "attr(href)" in page.evaluate(after) or "/documents/" in page.evaluate(after)
    assert page.locator(".printed").inner_text().endswith("/reports/strategic-assessment-2026/")
    context.close()


def test_nothing_moves_while_a_page_loads_and_every_page_is_whole_without_a_script(
    browser: Browser, address: str
) -> None:
    """Layout shift as browsers measure it; and the same words with and without scripts."""
    moved, differ = {}, {}
    for width in (390, 1280):
        with_script = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
        without = browser.new_context(
            base_url=address, viewport={"width": width, "height": 800}, java_script_enabled=False
        )
        page, plain = with_script.new_page(), without.new_page()
        page.add_init_script(SHIFTS)
        for url in PAGES:
            page.goto(url, wait_until="load")
            plain.goto(url)
            page.evaluate(SETTLED)
            if shift := page.evaluate("window.shifts"):
                moved[width, url] = shift
            said, scripted = (set(one.locator("main").inner_text().splitlines()) for one in (plain, page))
            if missing := scripted - said - BY_SCRIPT:
                differ[width, url] = missing
        with_script.close()
        without.close()
    assert moved == {}
    assert differ == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_changes_the_language_and_comes_back_to_the_page(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900}, java_script_enabled=False, locale="de"
    )
    page, heard = listened(context)

    def change(language: str | re.Pattern[str]) -> None:
        if width < 800:
            page.locator("summary", has_text="Menu").click()
        page.locator(".languages:visible").get_by_role("link", name=language).click()

    page.goto("/news/two-payment-firms-join/?kind=x")
    assert page.locator("html").get_attribute("lang") == "en", "whatever the browser prefers"
    change("Français")
    assert page.get_by_role("heading", level=1).inner_text() == "Deux sociétés de paiement rejoignent la coalition"
    assert page.locator("html").get_attribute("lang") == "fr"
    change("English")
    assert page.url == f"{address}/news/two-payment-firms-join/"
    change(re.compile("^Deutsch ?: this page is not translated; the link leads to Europäische Finanzkoalition"))
    assert page.url == f"{address}/de/"
    assert heard == []
    assert context.cookies() == []
    context.close()


def test_every_language_at_once_still_fits_a_small_window(browser: Browser, address: str) -> None:
    for code, _name in settings.LANGUAGES:
        locale, _made = Locale.objects.get_or_create(language_code=code)
        home = in_language(HomePage)
        if not home.has_translation(locale) and locale != home.locale:
            home.copy_for_translation(locale).save_revision().publish()
    context = browser.new_context(base_url=address, color_scheme="light", reduced_motion="reduce")
    page, heard = listened(context)
    page.goto("/el/")
    page.evaluate("for (const list of document.querySelectorAll('details')) list.open = true")
    assert faults(page, (320, 1280)) == {}
    assert heard == []
    context.close()
