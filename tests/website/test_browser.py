"""The public site in a real browser: axe on every kind of page, narrow and wide, light and dark; an editor at work."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Locale

from efc_portal.website.models import (
    HomePage,
    NewsIndexPage,
    NewsPage,
    PublicDocument,
    ReportPage,
    ReportsIndexPage,
)
from efc_portal.website.tasks import document_read, pages_publish_scheduled
from tests.browser import IN_CHROMIUM, SETTLED, faults, listened
from tests.cast import Cast
from tests.website.editing import submitted, withdraw
from tests.website.factories import in_language
from tests.website.pdfs import with_text
from tests.website.test_bad_input import WORD

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


def signed_in(browser: Browser, address: str, cast: Cast, who: str) -> tuple[Page, list[str]]:
    context = browser.new_context(base_url=address, viewport={"width": 1400, "height": 1000})
    session = cast.client(who).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    return listened(context)


def approved_by_another(browser: Browser, address: str, cast: Cast, title: str) -> None:
    page, heard = signed_in(browser, address, cast, "second_editor")
    page.goto("/cms/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_text("Nobody can change it meanwhile").first.wait_for()
    page.get_by_role("button", name="Approve and publish").click()
    page.get_by_text("is approved and").first.wait_for()
    assert heard == []
    page.context.close()


def sent_to_another(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    assert page.get_by_role("button", name="Publish").count() == 0
    page.get_by_role("button", name="Submit for approval").click()
    page.get_by_text("submitted for moderation").wait_for()


def hour_comes(page: NewsPage | ReportPage) -> None:
    """What beat does each minute, when the hour that an editor set has passed."""
    passed = timezone.now() - timedelta(minutes=1)
    approved = page.revisions.get(approved_go_live_at__isnull=False)
    approved.approved_go_live_at = passed
    approved.content["go_live_at"] = passed.isoformat()
    approved.save()
    pages_publish_scheduled()


def test_news_is_written_previewed_scheduled_and_approved_by_another(
    browser: Browser, address: str, cast: Cast
) -> None:
    title = "A workshop on merchants"
    page, heard = signed_in(browser, address, cast, "editor")
    page.goto(f"/cms/pages/add/website/newspage/{in_language(NewsIndexPage).pk}/")
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill("One afternoon, with invented cases of acquirers.")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe[title='Preview']").first
    preview.get_by_role("heading", name=title).wait_for()
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    tomorrow = timezone.localtime() + timedelta(days=1)
    page.get_by_role("dialog").get_by_label("Go live date/time").fill(f"{tomorrow:%Y-%m-%d %H:%M}")
    page.get_by_role("dialog").get_by_role("button", name="Save schedule").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    sent_to_another(page)
    assert heard == []
    page.context.close()

    approved_by_another(browser, address, cast, title)
    visitor, heard = listened(browser.new_context(base_url=address, java_script_enabled=False))
    visitor.goto("/news/")
    assert visitor.get_by_role("link", name=title).count() == 0, "its hour has not come"
    hour_comes(NewsPage.objects.get(title=title))
    visitor.goto("/news/")
    visitor.get_by_role("link", name=title).click()
    assert visitor.get_by_role("heading", level=1).inner_text() == title
    visitor.goto("/search/?q=acquirer")
    assert visitor.get_by_role("link", name=title).is_visible()
    assert title in visitor.request.get("/news/feed.xml").text()
    assert title in visitor.request.get("/news/atom.xml").text()
    visitor.goto("/fr/news/")
    assert visitor.get_by_role("link", name=title).count() == 0
    visitor.context.close()

    page, heard = signed_in(browser, address, cast, "editor")
    page.goto(f"/cms/pages/{NewsPage.objects.get(title=title).pk}/edit/")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Translate").first.click()
    page.get_by_label("Français").check()
    page.get_by_role("button", name="Submit").click()
    page.locator("#id_title").fill("Un atelier sur les commerçants")
    page.locator("#id_summary").fill("Une après-midi, avec des cas inventés.")
    sent_to_another(page)
    assert heard == []
    page.context.close()
    approved_by_another(browser, address, cast, "Un atelier sur les commerçants")
    visitor, heard = listened(browser.new_context(base_url=address, java_script_enabled=False))
    visitor.goto("/fr/search/?q=atelier")
    visitor.get_by_role("link", name="Un atelier sur les commerçants").click()
    visitor.locator(".languages:visible").get_by_role("link", name="English").click()
    assert visitor.get_by_role("heading", level=1).inner_text() == title
    assert heard == []
    visitor.context.close()


def test_a_report_with_a_pdf_is_written_and_found_by_the_words_of_its_pdf(
    browser: Browser, address: str, cast: Cast
) -> None:
    title = "Cards without a name"
    page, heard = signed_in(browser, address, cast, "editor")
    page.goto(f"/cms/pages/add/website/reportpage/{in_language(ReportsIndexPage).pk}/")
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill("How value moves on them.")
    page.get_by_role("button", name="Add file").click()
    page.get_by_role("button", name="Choose a document").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.get_by_label("Title").fill(title)
    content = with_text("Reloadable vouchers were bought in kiosks.")
    dialog.get_by_label("File").set_input_files(
        {"name": "cards-without-a-name.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    dialog.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    sent_to_another(page)
    assert heard == []
    page.context.close()

    approved_by_another(browser, address, cast, title)
    document_read(PublicDocument.objects.get(title=title).pk)  # a worker does so at once
    visitor, heard = listened(browser.new_context(base_url=address, java_script_enabled=False))
    visitor.goto("/search/?q=reloadable+kiosk")
    assert visitor.locator("mark", has_text="kiosks").first.is_visible()
    visitor.goto("/reports/")
    visitor.get_by_role("link", name=title).click()
    file = visitor.request.get(visitor.locator(".downloads a").first.get_attribute("href") or "")
    assert file.headers["content-type"] == "application/pdf"
    assert file.body() == content
    assert title in visitor.request.get("/reports/atom.xml").text()
    assert heard == []
    visitor.context.close()


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


def test_asking_for_changes_takes_a_reason(browser: Browser, address: str, cast: Cast) -> None:
    written = submitted(cast.client("editor"))
    page, heard = signed_in(browser, address, cast, "manager")
    page.goto(f"/cms/pages/{written.pk}/edit/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Ask for changes").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("The date is a Sunday.")
    page.get_by_role("dialog").get_by_role("button", name="Ask for changes").click()
    page.get_by_text("was sent back with your comment").wait_for()
    assert heard == []
    page.context.close()


def test_text_pasted_from_a_word_processor_comes_without_its_looks(browser: Browser, address: str, cast: Cast) -> None:
    written = submitted(cast.client("editor"))
    withdraw(cast.client("editor"), written)
    page, _heard = signed_in(browser, address, cast, "editor")
    page.goto(f"/cms/pages/{written.pk}/edit/")
    field = page.locator("[contenteditable='true'].public-DraftEditor-content").first
    field.click()
    page.keyboard.press("Control+End")
    field.evaluate(
        """(field, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "Dear all");
            field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        WORD,
    )
    field.get_by_text("Dear all").wait_for()
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile("Dear all"))
    page.get_by_role("button", name="Save draft").first.click()
    page.get_by_text("has been updated").wait_for()
    stored = str(NewsPage.objects.get(pk=written.pk).get_latest_revision_as_object().body.raw_data[0])
    assert "Dear all" in stored
    assert "cell one" in stored
    for rubbish in ("mso", "Mso", "style=", "<span", "<o:p", "<table", "<img", "data:image", "onclick", "javascript:"):
        assert rubbish not in stored, rubbish
    page.context.close()


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
