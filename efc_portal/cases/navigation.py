"""Triage and cases in the workspace's navigation and on the start page."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from efc_portal.cases.enums import CaseStatus
from efc_portal.cases.models import Case
from efc_portal.cases.selectors import triage_queue
from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item, start_tile
from efc_portal.submissions.enums import SubmissionStatus


def waiting(user: AbstractBaseUser) -> int:
    return triage_queue(user).filter(status=SubmissionStatus.TRIAGE).count()


def in_danger(user: AbstractBaseUser) -> int:
    return triage_queue(user).filter(status=SubmissionStatus.TRIAGE, child_in_danger=True).count()


def open_cases(user: AbstractBaseUser) -> int:
    return Case.objects.visible_to(user).filter(status=CaseStatus.OPEN).count()


navigation_item(
    label=_("Triage"), url_name="cases:triage", permission=Permission.SUBMISSION_TRIAGE, order=30, count=waiting
)
navigation_item(label=_("Cases"), url_name="cases:list", permission=Permission.CASE_WORK, order=40, count=open_cases)
navigation_item(label=_("Look-up"), url_name="look_up:ask", permission=Permission.INDICATOR_LOOK_UP, order=45)
start_tile(
    label=_("A child may be in danger"),
    url_name="cases:triage",
    query="?urgency=danger",
    permission=Permission.SUBMISSION_TRIAGE,
    order=5,
    count=in_danger,
    action=_("Decide now"),
    empty=_("No submission says that a child is in danger now."),
    urgent=True,
)
start_tile(
    label=_("Waiting for triage"),
    url_name="cases:triage",
    permission=Permission.SUBMISSION_TRIAGE,
    order=30,
    count=waiting,
    action=_("Open the queue"),
    empty=_("The queue is empty."),
)
