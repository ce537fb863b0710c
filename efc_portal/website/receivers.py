"""What follows from publishing, reviewing and migrating: Wagtail says so by signals, and nowhere else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models.signals import post_delete, post_init, post_save, pre_save
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    task_approved,
    task_rejected,
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from efc_portal.audit.services import Actor
from efc_portal.core.colleagues import SiteMessage, people_tell
from efc_portal.website import freshness, review, services
from efc_portal.website.models import Picture, PublicDocument
from efc_portal.website.models.base import PublicPage
from efc_portal.website.search.documents import document_text_want
from efc_portal.website.search.services import search_document_write, search_page_forget, search_page_write


def connect() -> None:
    page_published.connect(_published, dispatch_uid="website.published")
    page_unpublished.connect(_unpublished, dispatch_uid="website.unpublished")
    post_page_move.connect(_moved, dispatch_uid="website.moved")
    post_save.connect(_document_saved, sender=PublicDocument, dispatch_uid="website.document_saved")
    post_delete.connect(_deleted, dispatch_uid="website.deleted")
    post_save.connect(_redirect_saved, sender=Redirect, dispatch_uid="website.redirect_saved")
    post_delete.connect(_redirect_deleted, sender=Redirect, dispatch_uid="website.redirect_deleted")
    task_approved.connect(_approved, dispatch_uid="website.approved")
    task_rejected.connect(_returned, dispatch_uid="website.returned")
    workflow_cancelled.connect(_withdrawn, dispatch_uid="website.withdrawn")
    # Under the very names of Wagtail's own mails, and before them: those would quote the page, and fail with the mail
    # server. Django takes the first receiver of a name and passes over the next.
    for signal, sender, receiver, name in (
        (task_submitted, TaskState, _submitted, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, WorkflowState, _silent, "workflow_state_submitted_email_notification"),
        (workflow_approved, WorkflowState, _tell_approved, "workflow_state_approved_email_notification"),
        (workflow_rejected, WorkflowState, _tell_returned, "workflow_state_rejected_email_notification"),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=name)
    _connect_freshness()


def _connect_freshness() -> None:
    for shown in freshness.models_shown():
        post_init.connect(freshness.shown, sender=shown)
    for page in freshness.models_saved():
        pre_save.connect(freshness.page_remember, sender=page)
        post_save.connect(freshness.page_saved, sender=page)
        post_delete.connect(freshness.page_deleted, sender=page)
    post_page_move.connect(freshness.page_moved)
    for file in (Picture, PublicDocument):
        post_save.connect(freshness.file_changed, sender=file)
        post_delete.connect(freshness.file_changed, sender=file)
    for everywhere in freshness.models_everywhere():
        post_save.connect(freshness.everywhere_changed, sender=everywhere)
        post_delete.connect(freshness.everywhere_changed, sender=everywhere)
    for part in freshness.models_of_pages():
        post_save.connect(freshness.part_saved, sender=part)
        post_delete.connect(freshness.part_deleted, sender=part)


def ground_after_migrate(**_kwargs: Any) -> None:
    services.site_ground_prepare()


def _published(instance: Any, **_kwargs: Any) -> None:
    _record(instance, "page.publish" if instance.live else "page.schedule")
    search_page_write(page=instance)


def _unpublished(instance: Any, **_kwargs: Any) -> None:
    _record(instance, "page.unpublish")
    search_page_forget(page=instance)


def _moved(instance: Any, **_kwargs: Any) -> None:
    _record(instance, "page.move")


def _document_saved(instance: PublicDocument, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        document_text_want(document=instance)
        search_document_write(document=instance)


def _deleted(instance: Any, **_kwargs: Any) -> None:
    _record(instance, "page.delete")


def _redirect_saved(instance: Redirect, **_kwargs: Any) -> None:
    services.redirect_record(redirect=instance, action="redirect.save")


def _redirect_deleted(instance: Redirect, **_kwargs: Any) -> None:
    services.redirect_record(redirect=instance, action="redirect.delete")


def _submitted(instance: TaskState, user: Any = None, **_kwargs: Any) -> None:
    page = instance.workflow_state.content_object
    _record(page, "page.submit", user)
    people_tell(SiteMessage.WAITS, [person.pk for person in review.approvers(page)], path=page_path(page))


def _approved(instance: TaskState, user: Any = None, **_kwargs: Any) -> None:
    _record(instance.workflow_state.content_object, "page.approve", user)


def _returned(instance: TaskState, user: Any = None, **_kwargs: Any) -> None:
    _record(instance.workflow_state.content_object, "page.return", user)


def _withdrawn(instance: WorkflowState, user: Any = None, **_kwargs: Any) -> None:
    _record(instance.content_object, "page.withdraw", user)


def _tell_approved(instance: WorkflowState, user: Any = None, **_kwargs: Any) -> None:
    _tell_submitter(SiteMessage.APPROVED, instance, user)


def _tell_returned(instance: WorkflowState, user: Any = None, **_kwargs: Any) -> None:
    _tell_submitter(SiteMessage.RETURNED, instance, user)


def _silent(**_kwargs: Any) -> None:
    """Superusers have no part in the site."""


def _tell_submitter(message: SiteMessage, state: WorkflowState, user: Any) -> None:
    submitter: UUID | None = state.requested_by_id
    if submitter and submitter != getattr(user, "pk", None):
        people_tell(message, [submitter], path=page_path(state.content_object))


def page_path(page: Any) -> str:
    """Where a page is worked on in the CMS."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _record(page: Any, action: str, actor: Actor | None = None) -> None:
    if action != "page.delete" and isinstance(page, Page):
        page = page.specific
    if isinstance(page, PublicPage):
        services.page_change_record(page=page, action=action, actor=actor)
