"""Lets the role *editor* into the public site's editing, and nobody else, whatever groups say."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import access_of

CMS_ACCESS = "wagtailadmin.access_admin"


class RolePermissions:
    """Answers the one question about Django's permissions that roles decide, before any other backend.

    It signs nobody in: it has no `get_user`, and takes no credentials.
    """

    def authenticate(self, request: HttpRequest | None) -> None:
        return None

    def has_perm(self, user_obj: object, perm: str, obj: object = None) -> bool:
        """Yes or no (`PermissionDenied`: no other backend is asked) for the CMS; no answer for everything else."""
        if perm != CMS_ACCESS:
            return False
        if access_of(user_obj).may(Permission.SITE_EDIT):
            return True
        raise PermissionDenied
