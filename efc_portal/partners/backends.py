"""Who a session belongs to, and roles as answers to Django's `has_perm`."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from efc_portal.accounts.models import User
from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import access_keep, access_of
from efc_portal.partners.selectors import membership_with_user

CMS_ACCESS = "wagtailadmin.access_admin"
CMS_PERMISSIONS = (Permission.SITE_EDIT, Permission.SITE_APPROVE)
_PERMISSIONS = {permission.value: (permission,) for permission in Permission}


class RolePermissions:
    """Answers the one question about Django's permissions that roles decide, before any other backend.

    It signs nobody in: it has no `get_user`, and takes no credentials.
    """

    def authenticate(self, request: HttpRequest | None) -> None:
        return None

    def has_perm(self, user_obj: object, perm: str, obj: object = None) -> bool:
        """Yes or no for the CMS and for every `Permission`; no answer for Django's other permissions.

        No is `PermissionDenied`: no other backend is asked, so that a group or a superuser's flag opens nothing.
        """
        wanted = CMS_PERMISSIONS if perm == CMS_ACCESS else _PERMISSIONS.get(perm)
        if wanted is None:
            return False
        if any(access_of(user_obj).may(one) for one in wanted):
            return True
        raise PermissionDenied


class People(AuthenticationBackend):
    """allauth's sign-in, which reads for each request whose session it is and what they may do in one statement."""

    def get_user(self, user_id: Any) -> User | None:
        membership = membership_with_user(user_id)
        if membership is None:
            without_any: User | None = super().get_user(user_id)
            return without_any
        user: User = membership.user
        if not self.user_can_authenticate(user):
            return None
        access_keep(user, membership)
        return user
