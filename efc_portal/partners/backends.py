"""Lets the role *editor* into the public site's editing, and nothing else."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend

from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import access_of

CMS_ACCESS = "wagtailadmin.access_admin"


class EditorPermissions(BaseBackend):
    def has_perm(self, user_obj: object, perm: str, obj: object = None) -> bool:
        return perm == CMS_ACCESS and access_of(user_obj).may(Permission.SITE_EDIT)
