from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Task, TaskState

from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.website import review


class _ReviewLock(WorkflowLock):
    """Says why nobody can change the page now, and who decides."""

    def get_message(self, user: Any) -> str:
        said = gettext("This page waits for a second pair of eyes. Nobody can change it meanwhile.")
        if review.may_approve(self.object, user):
            then = gettext(
                "Read it in the preview, compare it with what readers see now, and approve it or ask for changes."
            )
        elif people := [str(person) for person in review.approvers(self.object)]:
            then = gettext("These people may approve it: %(people)s.") % {"people": ", ".join(people)}
        else:
            then = gettext("Everybody who may approve pages had a part in it. Ask a manager of the secretariat.")
        return str(escape(f"{said} {then}"))

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        return gettext("Nobody can change the page while it waits for approval.")


class ReasonForm(forms.Form):
    """Why a page is sent back."""

    comment = forms.CharField(label=_("What should change, and why"), widget=forms.Textarea({"rows": 3}))


class SecondPairOfEyes(Task):
    """The one step of the site's workflow: somebody who had no part in a page approves it, or asks for changes."""

    lock_class = _ReviewLock

    class Meta:
        verbose_name = _("second pair of eyes")

    def __str__(self) -> str:
        return gettext("Second pair of eyes")

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        return True

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return bool(user.has_perm(Permission.SITE_APPROVE.value))

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        if not review.may_approve(obj, user):
            return []
        return [("approve", _("Approve and publish"), False), ("reject", _("Ask for changes"), True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        form: type[forms.Form] = ReasonForm if action == "reject" else super().get_form_for_action(action)
        return form

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if not user.has_perm(Permission.SITE_APPROVE.value):
            return waiting.none()
        mine = [one.pk for one in waiting if user.pk not in review.contributors(one.workflow_state.content_object)]
        return waiting.filter(pk__in=mine)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Decide, once and by somebody who may. Wagtail asks `get_actions` about the page of the address alone."""
        Page.objects.select_for_update().get(pk=task_state.workflow_state.object_id)
        review.approval_check(task_state, user)
        if action_name == "reject" and not str(kwargs.get("comment") or "").strip():
            raise ApplicationError(_("Say what should change, and why. Without that nobody can mend the page."))
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return gettext("Somebody who had no part in a page approves it.")
