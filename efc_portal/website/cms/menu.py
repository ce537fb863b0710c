"""The buttons under a page that is being edited."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PageLockedMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)


class SubmitItem(SubmitForModerationMenuItem):
    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "label": _("Submit for approval")}


class WithdrawItem(CancelWorkflowMenuItem):
    label = _("Withdraw and go on writing")


def arrange(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Put the decision first for who may decide, and call the steps what they are."""
    names = {SubmitForModerationMenuItem: SubmitItem, CancelWorkflowMenuItem: WithdrawItem}
    items[:] = [names.get(type(item), lambda order, item=item: item)(order=item.order) for item in items]
    items[:] = [item for item in items if not isinstance(item, RestartWorkflowMenuItem)]
    page = context.get("page")
    review = page.current_workflow_state if page else None
    if review and review.status == review.STATUS_NEEDS_CHANGES:  # it was sent back: there is nothing to withdraw
        items[:] = [item for item in items if not isinstance(item, WithdrawItem)]
    task = page.current_workflow_task if page else None
    actions = task.get_actions(page, request.user) if task and context["view"] == "edit" else []
    if actions:
        icons = {"approve": "success", "reject": "edit"}
        decisions = [WorkflowMenuItem(name, label, modal, icon_name=icons[name]) for name, label, modal in actions]
        items[:] = [*decisions, *(item for item in items if not isinstance(item, PageLockedMenuItem | WithdrawItem))]
