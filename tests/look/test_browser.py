"""The components in a real browser: axe, narrow and wide, light and dark, and what the script adds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, Route

from tests.browser import IN_CHROMIUM, chromium, faults

PAGES = ["components", "form", "form/?bad", "confirmation", "public"]

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The gallery needs no database, so none is emptied between these tests."""
    with override_settings(ROOT_URLCONF="tests.look.gallery", DEBUG=False):
        thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        assert not thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


@pytest.fixture(scope="module")
def browser(server: str) -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def address(name: str) -> str:
    path, _question, query = name.partition("/?")
    return f"/gallery/{path}/?{query}"


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing(browser: Browser, server: str, width: int, mode: str) -> None:
    context = browser.new_context(
        base_url=server,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if mode == "dark" else "light",
        reduced_motion="reduce",
    )
    page, heard = context.new_page(), []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    found = {}
    for name in PAGES:
        page.goto(address(name))
        if wrong := faults(page, (width,)):
            found[name] = wrong
    assert found == {}
    assert heard == []


def test_text_at_twice_its_size_stays_on_the_page(page: Page) -> None:
    for name in PAGES:
        page.goto(address(name))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name


def test_errors_are_read_first_and_lead_to_the_control(page: Page) -> None:
    page.goto(address("form/?bad"))
    assert page.title().startswith("Error: New submission")
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    page.get_by_role("link", name="Who may know").click()
    assert page.evaluate("document.activeElement.id") == "id_tlp_0"


def test_rows_are_added_in_place(page: Page) -> None:
    page.goto(address("form"))
    page.get_by_role("button", name="Add an identifier").click()
    assert page.locator("#id_rows-TOTAL_FORMS").input_value() == "2"
    assert page.evaluate("document.activeElement.id") == "id_rows-1-value"
    assert page.get_by_role("group", name="Identifier 2").is_visible()


def test_draft_saves_itself(page: Page) -> None:
    page.goto(address("form"))
    with page.expect_request(lambda request: request.url.endswith("/autosave/")) as sent:
        page.get_by_label("Title").fill("Low-value transfers")
    assert sent.value.headers["x-autosave"] == "1"
    page.get_by_text("Draft saved at 14:32").wait_for()


def test_draft_says_when_it_could_not_be_saved(page: Page) -> None:
    page.goto(address("form"))
    page.route("**/autosave/", lambda route: route.abort())
    page.get_by_label("Title").fill("Low-value transfers")
    page.get_by_text("The draft could not be saved.").wait_for()


def test_a_second_press_sends_nothing(page: Page) -> None:
    sent: list[str] = []

    def stay(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.goto(address("form"))
    page.route(lambda url: "/gallery/form/" in url, stay)
    button = page.get_by_role("button", name="Save and continue")
    button.click()
    button.click(force=True)
    page.wait_for_timeout(200)
    assert sent == ["POST"]


def test_characters_are_counted(page: Page) -> None:
    page.goto(address("form"))
    page.get_by_label("What happened").fill("x" * 401)
    page.get_by_text("1 characters too many").wait_for()


def test_menus_open_without_a_script_and_close_by_key(page: Page) -> None:
    page.goto(address("components"))
    menu = page.locator("details.account")
    menu.locator("summary").click()
    assert menu.get_by_text("Ines Ferreira").last.is_visible()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None


def test_warns_before_the_session_ends_and_leaves_when_it_has(page: Page) -> None:
    page.clock.install()
    page.goto(address("form/?idle"))
    page.clock.run_for(115_000)
    dialog = page.get_by_role("dialog", name="You are about to be signed out")
    assert not dialog.is_visible()
    page.clock.run_for(10_000)
    assert dialog.is_visible()
    page.get_by_role("button", name="Stay signed in").click()
    dialog.wait_for(state="hidden")
    page.clock.run_for(245_000)
    page.wait_for_url("**/gallery/public/")


def test_everything_is_there_without_a_script(browser: Browser, server: str) -> None:
    page = browser.new_context(base_url=server, java_script_enabled=False).new_page()
    page.goto(address("form"))
    page.get_by_label("Title").fill("x")
    page.get_by_role("button", name="Save and continue").click()
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    assert page.get_by_role("button", name="Copy").count() == 0
