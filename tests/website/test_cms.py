"""The CMS: editors and nobody else, behind the portal's own sign-in, and what they publish shows at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.admin.localization import get_available_admin_languages
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from efc_portal.audit.models import AuditEvent
from efc_portal.core.permissions import EDITORS_GROUP
from efc_portal.partners.services import membership_change_roles
from efc_portal.website.models import HomePage, NewsIndexPage, NewsPage, ReportsIndexPage, StandardPage
from efc_portal.website.tables_admin import ReportingPlaceViewSet
from efc_portal.website.tasks import pages_publish_scheduled
from tests.accounts.pages import CODE, code, type_password
from tests.cast import PEOPLE, Cast
from tests.website.editing import add_news, decide, news_form
from tests.website.factories import in_language, news_item

pytestmark = pytest.mark.usefixtures("demo_site")


def errors(answer: Any) -> str:
    assert answer.status_code == 200, "the form was taken, though it should have been refused"
    return str(answer.context["form"].errors)


def test_an_editor_writes_another_approves_and_everybody_sees_it_at_once(cast: Cast, client: Client) -> None:
    editor = Client()
    asked = editor.get("/cms/")
    assert asked.headers["Location"] == "/accounts/login/?next=/cms/"
    answer = type_password(editor, cast.editor.email, next="/cms/")
    assert answer.headers["Location"].startswith(CODE)
    assert editor.get("/cms/").status_code == 302, "a password alone opens nothing"
    editor.post(answer.headers["Location"], {"code": code()})
    assert editor.get("/cms/").status_code == 200

    assert "A workshop on merchants" not in client.get("/news/").content.decode()
    assert add_news(editor).status_code == 302
    assert "A workshop on merchants" not in client.get("/news/").content.decode()
    decide(cast.client("second_editor"), NewsPage.objects.latest("pk"))
    for url in ("/news/", "/news/feed.xml", "/"):
        assert "A workshop on merchants" in client.get(url).content.decode(), url
    assert "Please bring questions." in client.get("/news/a-workshop-on-merchants/").content.decode()

    event = AuditEvent.objects.get(action="page.publish", payload__url="/news/a-workshop-on-merchants/")
    assert event.actor_id == cast.second_editor.pk
    assert event.category == "operation"
    assert event.payload["title"] == "A workshop on merchants"
    assert event.object_type == "website.newspage"


def test_withdrawing_and_deleting_are_recorded_too(cast: Cast, client: Client) -> None:
    editor, page = cast.client("editor"), news_item(title="Withdrawn", slug="withdrawn")
    editor.post(f"/cms/pages/{page.pk}/unpublish/")
    assert client.get("/news/withdrawn/").status_code == 404
    assert AuditEvent.objects.get(action="page.unpublish").actor_id == cast.editor.pk
    editor.post(f"/cms/pages/{page.pk}/delete/")
    assert not NewsPage.objects.filter(slug="withdrawn").exists()
    assert AuditEvent.objects.get(action="page.delete", payload__title="Withdrawn").actor_id == cast.editor.pk


def test_a_page_appears_when_its_hour_has_come(cast: Cast, client: Client) -> None:
    page = news_item(title="At its hour", slug="at-its-hour", live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert AuditEvent.objects.get(payload__title="At its hour").action == "page.schedule"
    pages_publish_scheduled()
    assert client.get("/news/at-its-hour/").status_code == 404
    page.latest_revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    page.latest_revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    page.latest_revision.save()
    pages_publish_scheduled()
    assert client.get("/news/at-its-hour/").status_code == 200
    assert AuditEvent.objects.get(payload__title="At its hour", action="page.publish").actor_id is None


@pytest.mark.parametrize(
    "who", [name for name in PEOPLE if name not in {"editor", "second_editor", "manager", "second_manager", "newcomer"}]
)
def test_everybody_else_finds_no_cms(cast: Cast, who: str) -> None:
    person = cast.client(who)
    for url in ("/cms/", "/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/account/", "/cms/no-such-thing/"):
        assert person.get(url).status_code == 404, url
    assert add_news(person).status_code == 404


def test_an_editor_without_a_second_factor_sets_one_up_first(cast: Cast) -> None:
    newcomer = cast.client("newcomer")
    assert newcomer.get("/cms/").status_code == 302


def test_the_group_alone_opens_nothing(cast: Cast) -> None:
    cast.officer.groups.add(Group.objects.get(name=EDITORS_GROUP))
    assert cast.client("officer").get("/cms/").status_code == 404


def test_who_stops_being_an_editor_is_out_with_the_next_click(cast: Cast) -> None:
    editor = cast.client("editor")
    assert editor.get("/cms/").status_code == 200
    membership_change_roles(actor=None, membership=cast.editor.memberships.get(), roles=["officer"])
    assert editor.get("/cms/").status_code == 404


def test_wagtails_own_sign_in_leads_to_the_portals(cast: Cast) -> None:
    client = Client()
    assert client.get("/cms/login/").headers["Location"] == "/accounts/login/?next=%2Fcms%2F"
    client.post("/cms/login/", {"username": cast.editor.email, "password": "seven quiet herons by the canal"})
    assert "_auth_user_id" not in client.session
    there = client.get("/cms/login/?next=//evil.example/").headers["Location"]
    assert there == "/accounts/login/?next=%2Fcms%2F"
    assert client.get("/cms/password_reset/").status_code == 404


def test_signing_out_of_the_cms_signs_out_of_the_portal(cast: Cast) -> None:
    editor = cast.client("editor")
    assert editor.get("/cms/logout/").headers["Location"] == "/accounts/logout/"
    assert editor.get("/cms/").status_code == 200
    editor.post("/cms/logout/")
    assert "_auth_user_id" not in editor.session


@pytest.mark.parametrize("part", ["users", "groups", "sites", "collections", "workflows/list", "workflows/tasks/index"])
def test_editors_reach_pages_and_files_only(cast: Cast, part: str) -> None:
    answer = cast.client("editor").get(f"/cms/{part}/")
    assert answer.headers["Location"] == "/cms/"


def test_editors_have_nobodys_portrait_and_no_foreign_server_to_ask(cast: Cast) -> None:
    editor = cast.client("editor")
    home, account = editor.get("/cms/").content.decode(), editor.get("/cms/account/").content.decode()
    assert "gravatar" not in home
    assert "whats-new" not in home
    assert "avatar-avatar" not in account
    assert "first_name" not in account


@pytest.mark.parametrize("kind", [HomePage, NewsIndexPage, ReportsIndexPage])
def test_pages_that_the_portals_addresses_rely_on_stay(cast: Cast, client: Client, kind: type[Page]) -> None:
    editor, page = cast.client("editor"), in_language(kind)
    for step in ("delete", "unpublish", "move"):
        answer = editor.get(f"/cms/pages/{page.pk}/{step}/")
        assert answer.headers.get("Location") == "/cms/", step
        editor.post(f"/cms/pages/{page.pk}/{step}/")
    for action in ("delete", "unpublish"):
        editor.post(f"/cms/bulk/wagtailcore/page/{action}/?next=/cms/&id={page.pk}")
    assert client.get(page.url).status_code == 200
    assert "id_slug" not in editor.get(f"/cms/pages/{page.pk}/edit/").content.decode()


def test_a_page_cannot_hide_behind_another_part_of_the_portal(cast: Cast) -> None:
    form = nested_form_data(
        {
            "title": "Workspace",
            "slug": "workspace",
            "introduction": "",
            "body": streamfield([]),
            "seo_title": "",
            "search_description": "",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "action-submit": "1",
        }
    )
    editor, url = cast.client("editor"), f"/cms/pages/add/website/standardpage/{in_language(HomePage).pk}/"
    assert "belongs to another part of the portal" in errors(editor.post(url, form))
    assert editor.post(url, {**form, "slug": "working-groups"}).status_code == 302
    assert StandardPage.objects.get(locale__language_code="en", slug="working-groups").workflow_in_progress


def test_nothing_in_the_cms_can_be_made_private(cast: Cast) -> None:
    page = StandardPage.objects.get(slug="about", locale__language_code="en")
    editor = cast.client("editor")
    editor.post(f"/cms/pages/{page.pk}/privacy/", {"restriction_type": "login"})
    assert not page.get_view_restrictions().exists()


def test_an_event_needs_its_day(cast: Cast) -> None:
    editor = cast.client("editor")
    assert "needs the day" in errors(add_news(editor, kind="event"))
    days = {"kind": "event", "starts_on": "2027-03-02", "ends_on": "2027-03-01"}
    assert "cannot end before it starts" in errors(add_news(editor, **days))
    assert add_news(editor, **{**days, "ends_on": "2027-03-03"}).status_code == 302


def test_a_preview_shows_the_page_in_a_frame_of_the_cms(cast: Cast) -> None:
    editor, index = cast.client("editor"), in_language(NewsIndexPage)
    url = f"/cms/pages/add/website/newspage/{index.pk}/preview/"
    assert editor.post(url, news_form()).json()["is_valid"]
    answer = editor.get(url)
    assert "Please bring questions." in answer.content.decode()
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(("speaks", "language"), [("fr", "en"), ("en", "fr")])
def test_a_preview_is_in_the_language_of_the_page_and_the_cms_in_its_readers(
    cast: Cast, speaks: str, language: str
) -> None:
    cast.editor.language = speaks
    cast.editor.save()
    words = {
        "en": ("Skip to the main content", "European Financial Coalition, secretariat"),
        "fr": ("Aller au contenu principal", "Coalition financière européenne, secrétariat"),
    }
    editor, index = cast.client("editor"), in_language(NewsIndexPage, language)
    url = f"/cms/pages/add/website/newspage/{index.pk}/preview/"
    editor.post(url, news_form())
    draft = news_item(language=language, slug="draft", live=False)
    draft.save_revision()
    public = in_language(HomePage, language)
    for place in (url, f"/cms/pages/{draft.pk}/view_draft/", f"/cms/pages/{public.pk}/view_draft/"):
        shown = editor.get(place).content.decode()
        assert f'<html lang="{language}"' in shown, place
        for word in words[language]:
            assert word in shown, place
        for word in words[speaks]:
            assert f">{word}<" not in shown, place
    assert f'lang="{speaks}"' in editor.get("/cms/").content.decode()


class TestWords:
    """What editors read, without jargon and in their own language."""

    def form(self, cast: Cast, kind: str = "newspage", parent: type[Page] = NewsIndexPage, language: str = "en") -> str:
        cast.editor.language = language
        cast.editor.save()
        url = f"/cms/pages/add/website/{kind}/{in_language(parent).pk}/"
        return str(cast.client("editor").get(url).content.decode())

    @pytest.mark.parametrize(
        ("kind", "parent", "in_menus"),
        [
            ("newspage", NewsIndexPage, False),
            ("reportpage", ReportsIndexPage, False),
            ("standardpage", HomePage, True),
            ("chairletterpage", HomePage, True),
        ],
    )
    def test_addresses_and_search_engines(self, cast: Cast, kind: str, parent: type[Page], in_menus: bool) -> None:
        words = self.form(cast, kind, parent)
        for said in ("small letters, digits and hyphens", "Title in search engines", "Description in search engines"):
            assert said in words
        for jargon in ("domain.com", "Title tag", ">Meta description", "Meta description\n"):
            assert jargon not in words
        assert ("id_show_in_menus" in words) is in_menus

    def test_fixed_pages_say_the_same_and_have_no_address(self, cast: Cast) -> None:
        for page in (in_language(NewsIndexPage), StandardPage.objects.get(slug="contact", locale__language_code="en")):
            words = cast.client("editor").get(f"/cms/pages/{page.pk}/edit/").content.decode()
            assert "Title in search engines" in words
            assert "id_show_in_menus" in words
            assert "id_slug" not in words

    def test_the_schedule_says_whose_hours_those_are_and_who_approves_them(self, cast: Cast) -> None:
        words = self.form(cast)
        assert "The dates are approved with the page. Times are those of Europe/Brussels." in words
        assert "editing permissions" not in words

    def test_a_category_is_chosen_in_the_language_of_the_reader(self, cast: Cast) -> None:
        assert "Choose a category" in self.form(cast)
        words = self.form(cast, language="fr")
        assert "Choose news category" not in words
        assert "Choose another news category" not in words

    def test_the_interface_speaks_two_languages(self) -> None:
        assert [code for code, _name in get_available_admin_languages()] == ["en", "fr"]


def test_the_fields_of_an_event_and_of_a_newsletter_are_open_where_they_are_needed(cast: Cast) -> None:
    def shut(**fields: Any) -> list[bool]:
        page = news_item(slug=f"a-{fields['kind']}", **fields)
        form = cast.client("editor").get(f"/cms/pages/{page.pk}/edit/").content.decode()
        found = [re.search(rf'<section\s+class="([^"]*)"\s+id="panel-[^"]*-{name}-section"', form) for name in names]
        return ["collapsed" in one[1].split() for one in found if one]

    names = ("event", "newsletter")
    assert shut(kind="announcement") == [True, True]
    assert shut(kind="event", starts_on="2027-03-02") == [False, True]
    assert shut(kind="newsletter", issue=3) == [True, False]


def test_a_new_timeline_begins_with_two_moments_and_nothing_wrong() -> None:
    block = NewsPage.body.field.stream_block.child_blocks["timeline"]
    state = block.get_form_state(block.get_default())
    assert [set(moment["value"]) for moment in state["moments"]] == [{"when", "title", "text"}] * 2


def test_no_two_kinds_of_block_wear_the_same_icon_as_the_places_to_report() -> None:
    blocks = NewsPage.body.field.stream_block.child_blocks
    icons = [block.meta.icon for block in blocks.values()]
    assert len(set(icons)) == len(icons)
    assert ReportingPlaceViewSet.icon not in icons


def test_only_the_cms_has_a_looser_content_policy(cast: Cast) -> None:
    editor = cast.client("editor")
    assert "'unsafe-inline'" in editor.get("/cms/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in editor.get("/news/").headers["Content-Security-Policy"]
    assert "wagtail-userbar" not in editor.get("/news/").content.decode()
