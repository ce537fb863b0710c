"""Working on a page: Wagtail's editing view, with the house's rules about reviews, conflicts and mail."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic.models import RevisionsCompareView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsCompare, RevisionsRevertView
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageSubscription

from efc_portal.core.colleagues import SiteMessage, people_tell
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission


class _House:
    """What editing a page and going back to an earlier version of it have in common."""

    request: HttpRequest
    page: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except PermissionDenied:
            if not request.user.has_perm(Permission.SITE_APPROVE.value):
                raise
            messages.info(request, _("This page does not wait for a decision any more."))
            return redirect("wagtailadmin_home")
        return answer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        review = self.page.current_workflow_state
        if review and review.status == review.STATUS_NEEDS_CHANGES and not self.hydrate_create_view:  # type: ignore[attr-defined]
            self._tell_reason(review.current_task_state)
        answer: HttpResponse = super().get(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action-workflow-action"):
            return self._decide()
        theirs = self._saved_meanwhile()
        answer: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        if theirs and answer.status_code == 302:
            self._tell_of(theirs)
        return answer

    def _decide(self) -> HttpResponse:
        """Approve or send back. The page is locked, so nothing of the form is saved."""
        try:
            state = self.page.current_workflow_task_state
            if state is None:
                raise ApplicationError(_("This page does not wait for a decision any more. Look at it again."))
            with transaction.atomic():
                state.task.specific.on_action(
                    state, self.request.user, self.request.POST.get("workflow-action-name", ""), **self._comment()
                )
        except ApplicationError as error:
            messages.error(self.request, error.message)
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]
        decided = Page.objects.get(pk=self.page.pk)
        messages.success(self.request, _told(decided), buttons=[messages.button(self.get_edit_url(), _("Look at it"))])  # type: ignore[attr-defined]
        return redirect("wagtailadmin_home")

    def _comment(self) -> dict[str, str]:
        try:
            extra = json.loads(self.request.POST.get("workflow-action-extra-data") or "{}")
            return {"comment": str(extra.get("comment", ""))}
        except (ValueError, AttributeError):
            return {}

    def _tell_reason(self, decision: Any) -> None:
        if decision and decision.comment:
            said = _("%(who)s asked for changes: %(reason)s")
            who = decision.finished_by or _("somebody")
            messages.warning(self.request, said % {"who": who, "reason": decision.comment})

    def _saved_meanwhile(self) -> Any:
        """The latest version that somebody else saved since this form was loaded.

        Wagtail itself compares the form with the latest version alone, which may be what the same person's browser
        saved by itself: the form does not learn of that.
        """
        loaded_id = self.request.POST.get("loaded_revision_id", "")
        versions = self.page.revisions
        loaded = versions.filter(pk=loaded_id).first() if loaded_id.isdecimal() else None
        if loaded is None:
            return None
        since = _moment(self.request.POST.get("loaded_revision_created_at", "")) or loaded.created_at
        others = versions.filter(created_at__gt=since).exclude(user=self.request.user)
        return others.order_by("created_at", "pk").last()

    def _tell_of(self, theirs: Any) -> None:
        """Somebody saved a version while this one was written: theirs is kept, and compared with a click."""
        newest = Page.objects.get(pk=self.page.pk).latest_revision_id
        compare = reverse("wagtailadmin_pages:revisions_compare", args=[self.page.pk, theirs.pk, newest])
        messages.warning(
            self.request,
            _(
                "While you were writing, %(who)s saved another version of this page. Yours is the latest now and does "
                "not hold what they changed. Theirs is kept in the history: compare the two, and take over what is "
                "missing."
            )
            % {"who": theirs.user or _("somebody")},
            buttons=[messages.button(compare, _("Compare the two versions"))],
        )

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        """By the portal's own mail, which carries no content, to those who follow the page or wrote in its threads."""
        if not any(changes[kind] for kind in ("new_comments", "deleted_comments", "resolved_comments", "new_replies")):
            return
        touched = [one.pk for one in changes["resolved_comments"]] + [one.pk for one, _r in changes["new_replies"]]
        following = PageSubscription.objects.filter(page=self.page, comment_notifications=True).values("user")
        in_thread = Q(comment_replies__comment__in=touched) | Q(**{f"{COMMENTS_RELATION_NAME}__in": touched})
        people = get_user_model().objects.filter(Q(pk__in=following) | in_thread).values_list("pk", flat=True)
        people_tell(SiteMessage.COMMENTED, set(people) - {self.request.user.pk}, path=self.get_edit_url())  # type: ignore[attr-defined]


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and is_aware(moment) else None


def _told(page: Page) -> str:
    if page.workflow_in_progress or page.current_workflow_state:
        return _("“%(title)s” was sent back with your comment.") % {"title": page.title}
    if page.approved_schedule:
        return _("“%(title)s” is approved and will be published at its hour.") % {"title": page.title}
    return _("“%(title)s” is approved and public.") % {"title": page.title}


class EditPage(_House, EditView):
    """Editing a page."""


class RevertPage(_House, RevisionsRevertView):
    """Going back to an earlier version."""


class CompareVersions(RevisionsCompare):
    """Two versions side by side, also for who approves without writing: they have no place in the tree of pages."""

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = RevisionsCompareView.dispatch(self, *args, **kwargs)
        return answer
