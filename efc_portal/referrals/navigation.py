"""Referrals in the workspace's navigation and on the start page, for both sides."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item, start_tile
from efc_portal.referrals.enums import ReferralStatus as S
from efc_portal.referrals.models import Referral


def to_approve(user: AbstractBaseUser) -> int:
    """Drafts of others that wait for this person's approval."""
    return Referral.objects.visible_to(user).filter(status=S.REVIEW).exclude(drafted_by=user.pk).count()


def given_back(user: AbstractBaseUser) -> int:
    return Referral.objects.visible_to(user).filter(status=S.DRAFT, drafted_by=user.pk).count()


def delivered(user: AbstractBaseUser) -> int:
    return Referral.objects.visible_to(user).filter(status=S.DELIVERED).count()


def in_progress(user: AbstractBaseUser) -> int:
    return Referral.objects.visible_to(user).filter(status__in=(S.ACKNOWLEDGED, S.ACCEPTED)).count()


navigation_item(
    label=_("Referrals"),
    url_name="referrals:list",
    permissions=(Permission.REFERRAL_DRAFT, Permission.REFERRAL_APPROVE),
    order=50,
)
navigation_item(
    label=_("Referrals"), url_name="referrals:list", permission=Permission.REFERRAL_RECEIVE, order=50, count=delivered
)
start_tile(
    label=_("Referrals to approve"),
    url_name="referrals:list",
    query="?status=review",
    permission=Permission.REFERRAL_APPROVE,
    order=10,
    count=to_approve,
    action=_("Check and approve"),
    empty=_("No referral waits for your approval."),
    urgent=True,
)
start_tile(
    label=_("Your referral drafts"),
    url_name="referrals:list",
    query="?status=draft",
    permission=Permission.REFERRAL_DRAFT,
    order=40,
    count=given_back,
    action=_("Continue"),
    empty=_("None of your referrals is a draft."),
)
start_tile(
    label=_("New referrals"),
    url_name="referrals:list",
    permission=Permission.REFERRAL_RECEIVE,
    order=10,
    count=delivered,
    action=_("Open the inbox"),
    empty=_("Your inbox is empty. You are told by mail when a referral arrives."),
    urgent=True,
)
start_tile(
    label=_("Referrals in progress"),
    url_name="referrals:list",
    query="?folder=progress",
    permission=Permission.REFERRAL_ANSWER,
    order=20,
    count=in_progress,
    action=_("Report an outcome"),
    empty=_("No accepted referral waits for its outcome."),
)
