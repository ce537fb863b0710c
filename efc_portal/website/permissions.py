"""What editors may do with a page, by Wagtail's questions. Nobody may publish: that takes two (`review.py`).

The editors' group has no permission to publish, so whatever Wagtail offers refuses by itself: publishing at once, in
bulk, by a copy, an alias or a schedule, and moving or deleting what is public. What one person may do alone is said
here: take a page off, whatever its state, and put an approved hour off.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.models import Page, PagePermissionTester


class PublicPagePermissions(PagePermissionTester):
    """Permissions on any page of the public site."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return bool(self.page.live and not self.page_is_root and self._is_editor())

    def can_unschedule(self) -> bool:
        return self._is_editor()

    def can_reorder_children(self) -> bool:
        """The order of the navigation: no word that anybody wrote changes."""
        return self._is_editor()

    def can_move_to(self, destination: Page) -> bool:
        if self.page.is_child_of(destination):
            return bool(destination.permissions_for_user(self.user).can_reorder_children())
        return bool(super().can_move_to(destination))

    def _is_editor(self) -> bool:
        return self.user.is_active and "change" in getattr(self, "permissions", ())


class FixedPagePermissions(PublicPagePermissions):
    """On a page that the portal's addresses rely on: edited and published, but not taken away."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False


def fixed_page_permissions(user: Any, page: Page) -> PublicPagePermissions:
    """A fixed page stays in the portal's own language; a translation of it may go, and is then read in that one."""
    own = page.locale.language_code == settings.LANGUAGE_CODE
    return FixedPagePermissions(user, page) if own else PublicPagePermissions(user, page)
