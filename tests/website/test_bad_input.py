"""What goes wrong at an editor's desk: text out of a word processor, two at one page, a linked page that is gone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page, ReferenceIndex

from efc_portal.notifications.models import Mail
from efc_portal.website.blocks.text import FEATURES
from efc_portal.website.models import NewsPage, StandardPage
from tests.cast import Cast
from tests.website.editing import PAGES, add_news, edit_news, news_form, said
from tests.website.factories import news_item

pytestmark = pytest.mark.usefixtures("demo_site")

WORD = """
<p class=MsoNormal style='mso-margin-top-alt:auto;margin:0cm'><b style='mso-bidi-font-weight:normal'><span lang=EN-GB
style='font-family:"Calibri",sans-serif;color:red;mso-fareast-language:EN-US'>Dear all<o:p></o:p></span></b></p>
<h2 style='mso-outline-level:2'><span>What we saw</span></h2>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<p><a href="https://example.org/a" onclick="steal()">a page</a> and <a href="javascript:alert(1)">a trap</a></p>
<table class=MsoTableGrid border=1><tr><td><p>cell one</p></td><td>cell two</td></tr></table>
<img src="data:image/png;base64,iVBORw0KGgo=" onerror="steal()"><script>steal()</script><style>p{color:red}</style>
<p><font face="Arial"><u>underlined</u></font></p>
"""


def test_text_of_a_word_processor_keeps_its_words_and_nothing_of_its_looks() -> None:
    converter = ContentstateConverter(features=FEATURES)
    stored = converter.to_database_format(converter.from_database_format(WORD))
    for word in ("Dear all", "What we saw", "cell one", "cell two", "underlined", "a page"):
        assert word in stored
    assert "<h2" in stored
    assert "<b>" in stored
    for rubbish in ("mso", "Mso", "style", "span", "<o:p", "<table", "<img", "data:", "onclick", "<script", "<font"):
        assert rubbish not in stored, rubbish
    assert "javascript:" not in stored
    assert 'href="https://example.org/a"' in stored


def test_what_the_editor_does_not_offer_is_not_stored_either(cast: Cast) -> None:
    """A crafted form: styles, pictures and links that the editor has no button for."""
    crafted = (
        '{"blocks":[{"key":"a","text":"One two three","type":"unstyled","depth":0,"inlineStyleRanges":'
        '[{"offset":0,"length":3,"style":"COLOR_RED"}],"entityRanges":[{"offset":4,"length":3,"key":0},'
        '{"offset":8,"length":5,"key":1}]}],"entityMap":{"0":{"type":"LINK","mutability":"MUTABLE","data":'
        '{"url":"javascript:alert(1)"}},"1":{"type":"IMAGE","mutability":"IMMUTABLE","data":{"src":"data:x"}}}}'
    )
    stored = ContentstateConverter(features=FEATURES).to_database_format(crafted)
    assert "two" in stored
    for rubbish in ("javascript:", "<h1", "COLOR", "<img", "data:x"):
        assert rubbish not in stored


class TestTwoAtOnePage:
    def form(self, page: Page, **changes: Any) -> dict[str, Any]:
        """As loaded now."""
        latest = Page.objects.get(pk=page.pk).latest_revision
        loaded = {"loaded_revision_id": latest.pk, "loaded_revision_created_at": latest.created_at.isoformat()}
        return news_form(slug=page.slug, action="save", **loaded, **changes)

    def test_neither_is_lost_and_the_second_is_told(self, cast: Cast) -> None:
        first, second = cast.client("editor"), cast.client("second_editor")
        add_news(first, action="save")
        page = NewsPage.objects.latest("pk")
        url = f"{PAGES}/{page.pk}/edit/"
        theirs, mine = self.form(page, summary="Written by Edit"), self.form(page, place="Written by Emil")
        assert "While you were writing" not in said(first.post(url, theirs, follow=True))
        answer = second.post(url, mine, follow=True)
        assert "While you were writing, Edit Kovács saved another version" in said(answer)
        assert "Compare the two versions" in said(answer)
        contents = [revision.content for revision in page.revisions.all()]
        assert any(content["summary"] == "Written by Edit" for content in contents)
        assert any(content["place"] == "Written by Emil" for content in contents)

    def test_saving_by_itself_stops_rather_than_write_over_it(self, cast: Cast) -> None:
        first, second = cast.client("editor"), cast.client("second_editor")
        add_news(first, action="save")
        page = NewsPage.objects.latest("pk")
        url = f"{PAGES}/{page.pk}/edit/"
        theirs, mine = self.form(page, summary="Written by Edit"), self.form(page, summary="Written by Emil")
        first.post(url, theirs)
        answer = second.post(url, mine, headers={"Accept": "application/json"})
        assert answer.json()["error_code"] == "invalid_revision"
        assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().summary == "Written by Edit"

    def saved_by_itself(self, client: Client, url: str, form: dict[str, Any]) -> dict[str, Any]:
        answer = client.post(url, form, headers={"Accept": "application/json"}).json()
        assert answer["success"], answer
        return {**form, "overwrite_revision_id": answer["revision_id"]}

    def test_what_ones_own_browser_saved_by_itself_is_no_conflict(self, cast: Cast) -> None:
        editor = cast.client("editor")
        add_news(editor, action="save")
        page = NewsPage.objects.latest("pk")
        url = f"{PAGES}/{page.pk}/edit/"
        opened = self.form(page)
        again = self.saved_by_itself(editor, url, {**opened, "summary": "One"})
        self.saved_by_itself(editor, url, {**again, "summary": "One afternoon"})
        for action in ("save", "submit"):
            button = {} if action == "save" else {"action-submit": "1"}
            answer = editor.post(url, {**opened, **button, "summary": "One afternoon."}, follow=True)
            assert "While you were writing" not in said(answer)
        assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().summary == "One afternoon."

    def test_another_persons_version_is_told_though_ones_own_came_after_it(self, cast: Cast) -> None:
        first, second = cast.client("editor"), cast.client("second_editor")
        add_news(first, action="save")
        page = NewsPage.objects.latest("pk")
        url = f"{PAGES}/{page.pk}/edit/"
        opened = self.form(page)
        self.saved_by_itself(first, url, {**opened, "summary": "Mine"})
        second.post(url, self.form(page, summary="Theirs"))
        first.post(url, self.form(page, summary="Mine, in another window"))
        answer = first.post(url, {**opened, "summary": "Mine"}, follow=True)
        assert "While you were writing, Emil Sørensen saved another version" in said(answer)

    def test_a_version_that_its_author_wrote_over_counts_as_another(self, cast: Cast) -> None:
        first, second = cast.client("editor"), cast.client("second_editor")
        add_news(first, action="save")
        page = NewsPage.objects.latest("pk")
        url = f"{PAGES}/{page.pk}/edit/"
        writing = self.saved_by_itself(second, url, self.form(page, summary="Half a"))
        opened = self.form(page)
        self.saved_by_itself(second, url, {**writing, "summary": "Half a sentence"})
        answer = first.post(url, {**opened, "place": "Mine"}, follow=True)
        assert "While you were writing, Emil Sørensen saved another version" in said(answer)

    @pytest.mark.parametrize("loaded", ["x", "9" * 30, "²"])
    @pytest.mark.parametrize("moment", ["x", "2026-13-45T00:00", "2026-01-01T00:00"])
    def test_a_form_that_was_tampered_with_is_saved_all_the_same(self, cast: Cast, loaded: str, moment: str) -> None:
        editor = cast.client("editor")
        add_news(editor, action="save")
        page = NewsPage.objects.latest("pk")
        for number in (loaded, str(page.latest_revision_id)):
            more = {"loaded_revision_id": number, "loaded_revision_created_at": moment}
            assert edit_news(editor, page, action="save", **more).status_code == 302

    def test_each_sees_that_the_other_is_there(self, cast: Cast) -> None:
        first, second = cast.client("editor"), cast.client("second_editor")
        page = NewsPage.objects.live().first()
        first.get(f"{PAGES}/{page.pk}/edit/")
        opened = second.get(f"{PAGES}/{page.pk}/edit/").context["editing_sessions"]
        there = second.post(opened.ping_url).json()["html"]
        assert "Edit Kovács" in there


class TestLinkedPages:
    @pytest.fixture
    def linked(self) -> Page:
        """A draft that a public page links to."""
        target = news_item(title="The target", slug="target", live=True)
        page = news_item(
            2, slug="linking", body=[("text", f'<p>See <a linktype="page" id="{target.pk}">the target</a>.</p>')]
        )
        ReferenceIndex.create_or_update_for_object(page)
        return target

    def read(self, client: Client) -> str:
        answer = client.get("/news/linking/")
        assert answer.status_code == 200
        return answer.content.decode()

    def test_a_link_works_while_the_page_is_public(self, linked: Page, client: Client) -> None:
        assert '<a href="/news/target/">the target</a>' in self.read(client)

    def test_whoever_takes_it_off_is_told_what_links_to_it(self, linked: Page, cast: Cast, client: Client) -> None:
        editor = cast.client("editor")
        asked = editor.get(f"{PAGES}/{linked.pk}/unpublish/").content.decode()
        assert "Item 2" in asked
        assert "without the link" in asked
        editor.post(f"{PAGES}/{linked.pk}/unpublish/")
        words = self.read(client)
        assert "the target" in words
        assert 'href="/news/target/"' not in words.split("<article")[1].split("</article")[0]

    def test_whoever_deletes_it_is_told_too(self, linked: Page, cast: Cast, client: Client) -> None:
        editor = cast.client("editor")
        editor.post(f"{PAGES}/{linked.pk}/unpublish/")
        assert "Item 2" in editor.get(f"{PAGES}/{linked.pk}/delete/").content.decode()
        editor.post(f"{PAGES}/{linked.pk}/delete/")
        words = self.read(client)
        assert "the target" in words
        assert "<a>the target</a>" in words

    def test_a_page_that_nothing_links_to_says_so(self, cast: Cast) -> None:
        page = news_item(3, live=True)
        assert "No page links to it." in cast.client("editor").get(f"{PAGES}/{page.pk}/unpublish/").content.decode()


class TestComments:
    def comment(self, client: Client, page: Page, text: str) -> Any:
        more = {
            "comments-TOTAL_FORMS": 1,
            "comments-0-id": "",
            "comments-0-DELETE": "",
            "comments-0-resolved": "",
            "comments-0-text": text,
            "comments-0-contentpath": "summary",
            "comments-0-position": "",
            "comments-0-replies-TOTAL_FORMS": 0,
            "comments-0-replies-INITIAL_FORMS": 0,
        }
        return edit_news(client, page, action="save", **more)

    def test_talk_about_a_page_is_kept_told_without_content_and_no_change_of_it(self, cast: Cast) -> None:
        from efc_portal.website import review

        editor, second = cast.client("editor"), cast.client("second_editor")
        add_news(editor, action="save", comment_notifications="on")
        page = NewsPage.objects.latest("pk")
        assert self.comment(second, page, "Is this the right day?").status_code == 302
        assert "Is this the right day?" in editor.get(f"{PAGES}/{page.pk}/edit/").content.decode()
        mail = Mail.objects.get(template="page_commented")
        assert mail.to_id == cast.editor.pk
        assert mail.values == {"reference": "", "path": f"{PAGES}/{page.pk}/edit/"}
        assert review.contributors(page) == {cast.editor.pk}, "who only commented may still approve"


def test_the_history_of_a_page_names_who_did_what(cast: Cast) -> None:
    editor = cast.client("editor")
    page = StandardPage.objects.get(locale__language_code="en", slug="about")
    add_news(editor)
    news = NewsPage.objects.latest("pk")
    assert "Edit Kovács" in editor.get(f"{PAGES}/{news.pk}/history/").content.decode()
    assert editor.get(f"{PAGES}/{page.pk}/history/").status_code == 200
