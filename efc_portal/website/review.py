"""A second pair of eyes: who may approve a page, and publishing what was approved.

The rule: what is published was approved by somebody who made none of the changes since the last approval, and did not
submit it. While a page waits it is locked for everybody, so that what was read is what is published.

Wagtail's models import this module while they load: it imports them inside its functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from efc_portal.core.colleagues import people_who_may
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.permissions import Permission

if TYPE_CHECKING:
    from datetime import datetime

    from wagtail.models import Page, Revision, TaskState, WorkflowState

# What a saved version holds beside what readers will see; comments are talk about a page, no change of it.
_BESIDES = frozenset(
    {
        "draft_title",
        "expired",
        "first_published_at",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "path",
        "translation_key",
        "url_path",
        "wagtail_admin_comments",
    }
)


def contributors(page: Page) -> set[UUID]:
    """Whoever changed a page since it was last approved (or loaded by the portal), or submitted it."""
    from wagtail.models import WorkflowState

    versions, authors, before = page.revisions.order_by("created_at", "pk"), set(), None
    if since := _last_approved_at(page):
        approved = versions.filter(created_at__lte=since).last()
        versions, before = versions.filter(created_at__gt=since), approved and _substance(approved)
    for version in versions:
        now = _substance(version)
        if now != before and version.user_id:
            authors.add(version.user_id)
        before = now
    waiting = WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_IN_PROGRESS).first()
    if waiting and waiting.requested_by_id:
        authors.add(waiting.requested_by_id)
    return authors


def may_approve(page: Page, user: Any) -> bool:
    """Whether somebody may decide about a page as it is now."""
    return bool(user.has_perm(Permission.SITE_APPROVE.value)) and user.pk not in contributors(page)


def approvers(page: Page) -> list[Any]:
    """The people who may approve a page as it is now."""
    authors = contributors(page)
    return [person for person in people_who_may(Permission.SITE_APPROVE) if person.pk not in authors]


def approval_check(task_state: TaskState, user: Any) -> None:
    """Refuse a decision that is not this person's, or that was taken already. Call it with the page locked."""
    from wagtail.models import TaskState

    page = task_state.workflow_state.content_object
    if TaskState.objects.get(pk=task_state.pk).status != TaskState.STATUS_IN_PROGRESS:
        raise Conflict(_("This page does not wait for a decision any more: somebody was faster. Look at it again."))
    if not user.has_perm(Permission.SITE_APPROVE.value):
        raise NotPermitted(_("Your role does not include approving pages. Editors and managers may."))
    if user.pk in contributors(page):
        raise NotPermitted(
            _("You wrote part of this page, or submitted it: somebody else approves it. You can withdraw it instead.")
        )


@transaction.atomic
def approved_publish(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish, now or at its hour, the very version that was approved. Wagtail calls it when a review ends well."""
    from wagtail.models import Page

    revision = workflow_state.current_task_state.revision
    page = Page.objects.select_for_update().get(pk=workflow_state.object_id)
    if page.latest_revision_id != revision.pk:
        raise Conflict(_("The page was changed after it was submitted. Submit it again, and approve what it is then."))
    try:
        revision.publish(user=user, skip_permission_checks=True)
    except ValidationError as error:
        raise ApplicationError(
            _("The page cannot be published as it is: %(why)s Ask for changes."), why=" ".join(error.messages)
        ) from error


def _last_approved_at(page: Page) -> datetime | None:
    from wagtail.models import TaskState

    approved = TaskState.objects.for_instance(page).filter(status=TaskState.STATUS_APPROVED)
    last = approved.order_by("-finished_at").values_list("finished_at", flat=True).first()
    return last or page.last_published_at


def _substance(revision: Revision) -> dict[str, Any]:
    return {key: value for key, value in revision.content.items() if key not in _BESIDES}
