"""Editors at work in a real browser: a page from its first word until a visitor finds it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from efc_portal.website.models import NewsIndexPage, NewsPage, PublicDocument, ReportPage, ReportsIndexPage
from efc_portal.website.tasks import document_read, pages_publish_scheduled
from tests.browser import IN_CHROMIUM, listened
from tests.cast import Cast
from tests.website.editing import add_news, submitted, withdraw
from tests.website.factories import in_language
from tests.website.pdfs import with_text
from tests.website.test_bad_input import WORD

pytestmark = IN_CHROMIUM


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
    dialog, calendar = page.get_by_role("dialog"), page.locator(".xdsoft_datetimepicker:visible")
    dialog.get_by_label("Go live date/time").fill(f"{tomorrow:%Y-%m-%d %H:%M}")
    expect(calendar).to_have_count(1)  # it opens a moment later, and would lie over the button
    dialog.get_by_role("heading").first.click()
    expect(calendar).to_have_count(0)
    dialog.get_by_role("button", name="Save schedule").click()
    expect(dialog).to_have_count(0)
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
