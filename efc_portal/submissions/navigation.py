"""Submissions in the workspace's navigation and on the start page."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item, start_tile
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Submission


def _number(user: AbstractBaseUser, status: SubmissionStatus) -> int:
    return Submission.objects.visible_to(user).filter(status=status).count()


def asked(user: AbstractBaseUser) -> int:
    return _number(user, SubmissionStatus.ASKED)


def drafts(user: AbstractBaseUser) -> int:
    return _number(user, SubmissionStatus.DRAFT)


navigation_item(
    label=_("Submissions"), url_name="submissions:list", permission=Permission.SUBMISSION_VIEW_OWN, order=20
)
navigation_item(
    label=_("New submission"), url_name="submissions:new", permission=Permission.SUBMISSION_CREATE, order=10
)
start_tile(
    label=_("Questions from the secretariat"),
    url_name="submissions:list",
    query="?status=asked",
    permission=Permission.SUBMISSION_CREATE,
    order=10,
    count=asked,
    action=_("Answer them"),
    empty=_("The secretariat has no question for you."),
    urgent=True,
)
start_tile(
    label=_("Drafts to finish"),
    url_name="submissions:list",
    query="?status=draft",
    permission=Permission.SUBMISSION_CREATE,
    order=20,
    count=drafts,
    action=_("Continue"),
    empty=_("No draft is open. Begin a submission when you see something."),
)
