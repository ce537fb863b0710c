"""Four eyes: what is public was read and approved by somebody who did not write it. No way around that."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, Workflow

from efc_portal.audit.models import AuditEvent
from efc_portal.notifications.models import Mail
from efc_portal.website import review
from efc_portal.website.models import HomePage, NewsPage, StandardPage
from efc_portal.website.tasks import pages_publish_scheduled
from tests.cast import Cast
from tests.website.editing import PAGES, add_news, decide, edit_news, news_form, said, submitted, withdraw
from tests.website.factories import news_item

pytestmark = pytest.mark.usefixtures("demo_site")


def is_public(page: Page, words: str = "Please bring questions.") -> bool:
    answer = Client().get(page.url or f"/news/{page.slug}/")
    return answer.status_code == 200 and words in answer.content.decode()


def test_a_second_person_approves_and_everybody_sees_it_at_once(cast: Cast) -> None:
    cast.manager, cast.second_editor  # noqa: B018  make them
    page = submitted(cast.client("editor"))
    assert not is_public(page)
    answer = decide(cast.client("second_editor"), page)
    assert "is approved and public" in said(answer)
    assert is_public(page)
    events = AuditEvent.objects.filter(object_id=str(page.pk), action__startswith="page.").order_by("pk")
    assert [(event.action, event.actor_id) for event in events] == [
        ("page.submit", cast.editor.pk),
        ("page.publish", cast.second_editor.pk),
        ("page.approve", cast.second_editor.pk),
    ]


def test_nobody_approves_what_is_their_own(cast: Cast) -> None:
    editor = cast.client("editor")
    page = submitted(editor)
    assert "somebody else approves it" in said(decide(editor, page))
    assert "Approve" not in editor.get(f"{PAGES}/{page.pk}/edit/").content.decode()
    task_state = page.current_workflow_task_state
    editor.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk]))
    assert not is_public(page)


def test_who_wrote_a_part_of_it_does_not_approve_it_either(cast: Cast) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    add_news(editor, action="save")
    page = NewsPage.objects.latest("pk")
    edit_news(second, page, summary="Two afternoons.", action="save")
    edit_news(editor, page, summary="Two afternoons.", action="submit")
    assert "somebody else approves it" in said(decide(second, page))
    assert "Ask a manager" in second.get(f"{PAGES}/{page.pk}/edit/").content.decode()
    assert "is approved and public" in said(decide(cast.client("manager"), page))


def test_who_only_saved_it_unchanged_or_wrote_before_it_was_approved_may(cast: Cast) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    page = submitted(editor)
    decide(second, page)
    edit_news(second, page, summary="Changed by the second.", action="submit")
    assert "is approved and public" in said(decide(editor, page)), "the first one's part was approved long ago"
    form = {"summary": "Changed by the first.", "action": "save"}
    edit_news(editor, page, **form)
    edit_news(second, page, **form)
    edit_news(editor, page, **{**form, "action": "submit"})
    assert review.contributors(page) == {cast.editor.pk}
    assert "is approved and public" in said(decide(second, page))


def test_who_submits_does_not_approve_even_what_another_wrote(cast: Cast) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    add_news(editor, action="save")
    page = NewsPage.objects.latest("pk")
    edit_news(second, page, action="submit")
    assert review.contributors(page) == {cast.editor.pk, cast.second_editor.pk}


def test_a_version_that_was_approved_cannot_be_overwritten_and_passed_off_as_approved(cast: Cast) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    page = submitted(editor)
    decide(second, page)
    approved = Page.objects.get(pk=page.pk).latest_revision_id
    edit_news(editor, page, summary="Smuggled in.", action="save", overwrite_revision_id=approved)
    edit_news(second, page, summary="Smuggled in, and more.", action="submit")
    assert cast.editor.pk in review.contributors(page)


def test_a_page_that_waits_is_locked_for_everybody(cast: Cast) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    page = submitted(editor)
    for person in (editor, second, cast.client("manager")):
        edit_news(person, page, title="Changed", action="save")
        assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "A workshop on merchants"
    words = second.get(f"{PAGES}/{page.pk}/edit/").content.decode()
    assert "Nobody can change it meanwhile" in words
    assert "Approve and publish" in words
    assert "Emil Sørensen" in editor.get(f"{PAGES}/{page.pk}/edit/").content.decode(), "who may approve is named"


def test_asking_for_changes_sends_it_back_with_the_reason(cast: Cast) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    page = submitted(editor)
    assert "was sent back" in said(decide(second, page, "reject", "The date is a Sunday."))
    assert AuditEvent.objects.get(object_id=str(page.pk), action="page.return").actor_id == cast.second_editor.pk
    assert (
        "The date is a Sunday."
        in editor.get(f"{PAGES}/{page.pk}/workflow_history/").content.decode()
        + editor.get(f"{PAGES}/{page.pk}/edit/").content.decode()
        + editor.get(
            reverse("wagtailadmin_pages:workflow_history_detail", args=[page.pk, page.workflow_states.get().pk])
        ).content.decode()
    )
    edit_news(editor, page, date="2026-11-23", action="submit")
    decide(second, page)
    assert is_public(page)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nobody_asks_for_changes_without_saying_which(cast: Cast, reason: str) -> None:
    page, second = submitted(cast.client("editor")), cast.client("second_editor")
    assert "Say what should change, and why." in said(decide(second, page, "reject", reason))
    state = page.current_workflow_task_state
    for name in ("collect_workflow_action_data", "workflow_action"):
        url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, "reject", state.pk])
        asked = second.get(url, headers={"X-Requested-With": "XMLHttpRequest"}).json()["html"]
        assert "What should change, and why" in asked
        answer = second.post(url, {"comment": reason}, headers={"X-Requested-With": "XMLHttpRequest"})
        assert "This field is required." in answer.json()["html"]
    assert NewsPage.objects.get(pk=page.pk).workflow_in_progress
    assert "This field is required." not in said(decide(second, page))
    assert is_public(page), "to approve takes no reason"


def test_who_writes_on_reads_why_it_was_sent_back_until_it_is_submitted_anew(cast: Cast) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    page = submitted(editor)
    url, why = f"{PAGES}/{page.pk}/edit/", "The date is a <b>Sunday</b>."
    assert "asked for changes" not in said(editor.get(url))
    decide(second, page, "reject", why)
    for _time in range(2):
        form = editor.get(url)
        assert "Emil Sørensen asked for changes: The date is a &lt;b&gt;Sunday&lt;/b&gt;." in said(form)
    words = form.content.decode()
    assert "Submit for approval" in words
    assert "Withdraw and go on writing" not in words, "it is theirs again already"
    edit_news(editor, page, date="2026-11-23", action="submit")
    assert "asked for changes" not in said(editor.get(url))
    assert "Withdraw and go on writing" in editor.get(url).content.decode()


def test_the_steps_are_called_in_the_language_of_whoever_reads(cast: Cast) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    page = submitted(editor)
    history = f"{PAGES}/{page.pk}/workflow_history/"
    state = page.workflow_states.get().pk
    places = ["/cms/", f"{PAGES}/{page.pk}/edit/", f"{PAGES}/{page.pk}/history/", history, f"{history}detail/{state}/"]
    places.append("/cms/reports/workflow/")
    for place in places:
        assert re.search("Approval|Second pair of eyes", editor.get(place).content.decode()), place
    cast.editor.language = "fr"
    cast.editor.save()
    for place in places:
        words = editor.get(place).content.decode()
        assert re.search("Approbation|Second regard", words), place
        assert not re.search("Approval|Second pair of eyes", words), place
    decide(second, page)
    told = editor.get(f"{PAGES}/{page.pk}/history/").content.decode()
    assert "Second regard" in told
    assert "Second pair of eyes" not in told
    with translation.override("fr"):
        workflow = Workflow.objects.get(name="Approval")
        assert str(workflow.name) == "Approbation"
        workflow.save()
    assert list(Workflow.objects.filter(pk=workflow.pk).values_list("name", flat=True)) == ["Approval"]


def test_the_writer_withdraws_it_and_goes_on_writing(cast: Cast) -> None:
    editor = cast.client("editor")
    page = submitted(editor)
    withdraw(editor, page)
    assert AuditEvent.objects.filter(object_id=str(page.pk), action="page.withdraw").exists()
    assert edit_news(editor, page, title="Better", action="save").status_code == 302
    assert not is_public(page)


def test_a_decision_is_taken_once(cast: Cast) -> None:
    page = submitted(cast.client("editor"))
    second, manager = cast.client("second_editor"), cast.client("manager")
    decide(second, page)
    assert "does not wait for a decision any more" in said(decide(manager, page, "reject"))
    assert is_public(page)


def test_a_decision_about_one_page_cannot_be_sent_to_another(cast: Cast) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    mine = submitted(second, slug="mine")
    theirs = submitted(editor, slug="theirs")
    state = mine.current_workflow_task_state
    second.post(reverse("wagtailadmin_pages:workflow_action", args=[theirs.pk, "approve", state.pk]))
    assert not is_public(mine)
    assert not is_public(theirs)


def test_what_was_read_is_what_is_published(cast: Cast) -> None:
    page = submitted(cast.client("editor"))
    changed = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    changed.title = "Behind the approver’s back"
    changed.save_revision()
    assert "changed after it was submitted" in said(decide(cast.client("second_editor"), page))
    assert not is_public(page)


def test_a_page_that_cannot_be_published_any_more_says_why(cast: Cast) -> None:
    page = submitted(cast.client("editor"), slug="taken")
    NewsPage.objects.filter(pk=page.pk).update(slug="taken-1")
    news_item(slug="taken")
    answer = decide(cast.client("second_editor"), page)
    assert "cannot be published as it is" in said(answer)


class TestNoWayAround:
    """Every other door to publishing, tried as an editor and as a superuser with the editor's role."""

    @pytest.fixture(params=["editor", "superuser"])
    def person(self, request: Any, cast: Cast) -> Client:
        if request.param == "superuser":
            cast.editor.is_superuser = True
            cast.editor.save()
        return cast.client("editor")

    def test_the_button(self, person: Client) -> None:
        add_news(person, action="publish")
        page = NewsPage.objects.latest("pk")
        assert not page.live
        edit_news(person, page, action="publish")
        assert not is_public(page)
        form = person.get(f"{PAGES}/{page.pk}/edit/").content.decode()
        assert "action-publish" not in form
        assert "Submit for approval" in form

    def test_in_bulk(self, person: Client) -> None:
        page = news_item(live=False)
        person.post(f"/cms/bulk/wagtailcore/page/publish/?next=/cms/&id={page.pk}")
        assert not NewsPage.objects.get(pk=page.pk).live

    def test_by_the_clock(self, person: Client) -> None:
        soon = (timezone.now() + timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M")
        add_news(person, action="publish", go_live_at=soon)
        page = NewsPage.objects.latest("pk")
        NewsPage.objects.filter(pk=page.pk).update(go_live_at=timezone.now() - timedelta(minutes=1))
        pages_publish_scheduled()
        assert not is_public(page)

    def test_by_an_hour_that_ends_a_public_page(self, person: Client) -> None:
        page = news_item(live=True)
        page.save_revision().publish()
        edit_news(person, page, title=page.title, expire_at="2026-01-01 10:00", action="save")
        edit_news(person, page, title=page.title, expire_at="2026-01-01 10:00", action="publish")
        pages_publish_scheduled()
        assert NewsPage.objects.get(pk=page.pk).live

    def test_by_a_copy(self, person: Client) -> None:
        page = StandardPage.objects.get(locale__language_code="en", slug="about")
        form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk}
        for more in ({"publish_copies": "on"}, {"alias": "on", "new_slug": "copy-2"}):
            person.post(f"{PAGES}/{page.pk}/copy/", {**form, **more})
        assert not StandardPage.objects.filter(slug__startswith="copy", live=True).exists()

    def test_by_going_back(self, person: Client) -> None:
        page = news_item(live=True)
        page.save_revision().publish()
        live = NewsPage.objects.get(pk=page.pk).live_revision_id
        page.title = "A draft"
        draft = page.save_revision()
        form = news_form(slug=page.slug, action="publish")
        assert person.post(f"{PAGES}/{page.pk}/revisions/{draft.pk}/revert/", form).status_code == 302
        assert NewsPage.objects.get(pk=page.pk).live_revision_id == live

    def test_moving_and_deleting_what_is_public(self, person: Client) -> None:
        page, home = (
            StandardPage.objects.get(locale__language_code="en", slug="about"),
            HomePage.objects.get(locale__language_code="en"),
        )
        target = StandardPage.objects.get(locale__language_code="en", slug="contact")
        for step in (f"{PAGES}/{page.pk}/delete/", f"{PAGES}/{page.pk}/move/{target.pk}/confirm/"):
            person.post(step)
        person.post(f"/cms/bulk/wagtailcore/page/delete/?next=/cms/&id={page.pk}")
        person.post(f"/cms/bulk/wagtailcore/page/move/?next=/cms/&id={page.pk}", {"chooser": target.pk})
        assert StandardPage.objects.get(locale__language_code="en", slug="about").is_child_of(home)
        assert "Delete" not in person.get(f"{PAGES}/{page.pk}/edit/").content.decode()

    def test_changing_the_workflow(self, person: Client) -> None:
        for place in ("workflows/list", "workflows/tasks/index", "workflows/add", "groups", "users"):
            assert person.get(f"/cms/{place}/").headers.get("Location") == "/cms/", place

    def test_by_the_interface_for_programs(self, person: Client) -> None:
        page = news_item(live=False)
        page.save_revision()
        for action in ("publish", "unpublish", "delete", "move", "copy"):
            assert person.post(f"/cms/api/main/pages/{page.pk}/action/{action}/", {}).status_code != 200
        assert not NewsPage.objects.get(pk=page.pk).live


def test_a_superusers_flag_does_not_open_the_cms(cast: Cast) -> None:
    cast.officer.is_superuser = True
    cast.officer.save()
    assert cast.client("officer").get("/cms/").status_code == 404


def test_a_schedule_is_approved_too(cast: Cast) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    at = timezone.localtime() + timedelta(hours=2)
    page = submitted(editor, go_live_at=at.strftime("%Y-%m-%d %H:%M"))
    pages_publish_scheduled()
    assert not NewsPage.objects.get(pk=page.pk).live
    assert "will be published at its hour" in said(decide(second, page))
    assert AuditEvent.objects.filter(object_id=str(page.pk), action="page.schedule").exists()
    revision = NewsPage.objects.get(pk=page.pk).latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    pages_publish_scheduled()
    assert is_public(page)


def test_an_approved_hour_can_be_put_off_by_one_person(cast: Cast) -> None:
    editor, at = cast.client("editor"), timezone.localtime() + timedelta(hours=2)
    page = submitted(editor, go_live_at=at.strftime("%Y-%m-%d %H:%M"))
    decide(cast.client("second_editor"), page)
    revision = NewsPage.objects.get(pk=page.pk).scheduled_revision
    editor.post(f"{PAGES}/{page.pk}/revisions/{revision.pk}/unschedule/")
    assert NewsPage.objects.get(pk=page.pk).scheduled_revision is None


def test_one_person_takes_a_page_off_at_once_even_while_it_waits(cast: Cast, client: Client) -> None:
    editor = cast.client("editor")
    page = submitted(editor)
    decide(cast.client("second_editor"), page)
    edit_news(editor, page, title="Next version", action="submit")
    assert NewsPage.objects.get(pk=page.pk).workflow_in_progress
    editor.post(f"{PAGES}/{page.pk}/unpublish/")
    assert client.get("/news/a-workshop-on-merchants/").status_code == 404
    assert AuditEvent.objects.get(object_id=str(page.pk), action="page.unpublish").actor_id == cast.editor.pk


def test_the_order_of_pages_is_changed_by_one_person_and_recorded(cast: Cast) -> None:
    about, home = (
        StandardPage.objects.get(locale__language_code="en", slug="about"),
        HomePage.objects.get(locale__language_code="en"),
    )
    cast.client("editor").post(f"{PAGES}/{about.pk}/set_position/?position=3")
    assert [page.pk for page in home.get_children()].index(about.pk) == 3
    assert AuditEvent.objects.filter(object_id=str(about.pk), action="page.move").exists()


def test_deleting_a_draft_is_recorded(cast: Cast) -> None:
    page = news_item(title="A draft", live=False)
    cast.client("editor").post(f"{PAGES}/{page.pk}/delete/")
    event = AuditEvent.objects.get(action="page.delete", payload__title="A draft")
    assert event.actor_id == cast.editor.pk


def test_mail_says_where_and_not_what(cast: Cast, mailoutbox: list[Any]) -> None:
    for one in (cast.manager, cast.second_editor, cast.officer):
        assert one.pk
    editor, second = cast.client("editor"), cast.client("second_editor")
    page = submitted(editor)
    path = f"{PAGES}/{page.pk}/edit/"
    mails = Mail.objects.filter(values__path=path)
    waiting = mails.filter(template="page_waits_for_approval")
    assert {mail.to_id for mail in waiting} == {cast.manager.pk, cast.second_editor.pk}
    decide(second, page, "reject", "No.")
    edit_news(editor, page, action="submit")
    decide(second, page)
    for template in ("page_returned", "page_approved"):
        assert mails.get(template=template).to_id == cast.editor.pk
    assert mailoutbox == [], "Wagtail itself sends nothing"
    assert all("workshop" not in str(mail.values) for mail in mails)


class TestManagers:
    """Who approves without writing reaches the pages that wait, and nothing else."""

    def test_they_read_compare_and_approve(self, cast: Cast) -> None:
        page = submitted(cast.client("editor"))
        manager = cast.client("manager")
        assert "A workshop on merchants" in manager.get("/cms/").content.decode()
        form = manager.get(f"{PAGES}/{page.pk}/edit/").content.decode()
        assert "Approve and publish" in form
        assert manager.get(f"{PAGES}/{page.pk}/view_draft/").status_code == 200
        assert manager.get(f"{PAGES}/{page.pk}/revisions/compare/earliest...latest/").status_code == 200
        decide(manager, page)
        assert is_public(page)

    def test_they_reach_nothing_else(self, cast: Cast) -> None:
        page = NewsPage.objects.live().first()
        manager = cast.client("manager")
        for place in ("pages/", f"pages/{page.pk}/edit/", "images/", "documents/", "redirects/", "reports/locked/"):
            answer = manager.get(f"/cms/{place}", follow=True)
            assert answer.redirect_chain, place
            assert answer.redirect_chain[-1][0] == "/cms/", place
        assert manager.post(f"{PAGES}/{page.pk}/unpublish/").status_code == 302
        assert NewsPage.objects.get(pk=page.pk).live
        assert "Edit the public site" not in manager.get("/workspace/").content.decode()
        assert "Changes of the public site" in manager.get("/workspace/").content.decode()


def test_the_portal_itself_is_not_bound() -> None:
    assert HomePage.objects.get(locale__language_code="en").live, "what is loaded is public at once"


def test_a_form_that_is_incomplete_is_not_submitted(cast: Cast) -> None:
    answer = add_news(cast.client("editor"), summary="")
    assert answer.status_code == 200
    assert answer.context["form"].errors["summary"]
    assert news_form()["summary"]
