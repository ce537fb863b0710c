"""Roles as answers to Django's `has_perm`: for the portal's own permissions, and for entering the CMS."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import access_of

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
