"""What follows from publishing and migrating. Wagtail says so by signals; there is no other place to hear it."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published, page_unpublished, post_page_move

from efc_portal.website import services
from efc_portal.website.models.base import PublicPage


def connect() -> None:
    page_published.connect(_published, dispatch_uid="website.published")
    page_unpublished.connect(_unpublished, dispatch_uid="website.unpublished")
    post_page_move.connect(_moved, dispatch_uid="website.moved")


def ground_after_migrate(**_kwargs: Any) -> None:
    services.site_ground_prepare()


def _published(instance: Any, **_kwargs: Any) -> None:
    _record(instance, "page.publish" if instance.live else "page.schedule")


def _unpublished(instance: Any, **_kwargs: Any) -> None:
    _record(instance, "page.unpublish")


def _moved(instance: Any, **_kwargs: Any) -> None:
    _record(instance, "page.move")


def _record(page: Any, action: str) -> None:
    if isinstance(page, PublicPage):
        services.page_change_record(page=page, action=action)
