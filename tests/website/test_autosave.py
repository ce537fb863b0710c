"""A page that saves itself while somebody writes, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from efc_portal.website.models import NewsPage
from tests.browser import IN_CHROMIUM
from tests.cast import Cast
from tests.website.editing import add_news
from tests.website.test_browser import signed_in

pytestmark = IN_CHROMIUM


def latest(page_id: int) -> NewsPage:
    made: NewsPage = NewsPage.objects.get(pk=page_id).get_latest_revision_as_object()
    return made


def write(page: Page, written: NewsPage, summary: str) -> None:
    """Type as a person does, until the page has saved it by itself: what the form held in its first seconds is no
    change to it."""
    page.locator("#id_summary").fill("")
    page.locator("#id_summary").press_sequentially(summary, delay=80)
    for _tenth in range(200):
        if latest(written.pk).summary == summary:
            break
        page.wait_for_timeout(100)
    assert latest(written.pk).summary == summary
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()


@pytest.mark.parametrize("button", ["Save draft", "Submit for approval"])
def test_who_writes_alone_is_in_nobodys_way(browser: Browser, address: str, cast: Cast, button: str) -> None:
    add_news(cast.client("editor"), action="save")
    written = NewsPage.objects.latest("pk")
    page, heard = signed_in(browser, address, cast, "editor")
    page.goto(f"/cms/pages/{written.pk}/edit/")
    page.wait_for_timeout(3000)
    write(page, written, "One afternoon, with invented cases of acquirers.")
    write(page, written, "One afternoon, with cases.")
    if button != "Save draft":
        page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=button).first.click()
    page.get_by_text("has been updated" if button == "Save draft" else "submitted for moderation").wait_for()
    assert page.get_by_text("While you were writing").count() == 0
    assert latest(written.pk).summary == "One afternoon, with cases."
    assert heard == []
    page.context.close()
