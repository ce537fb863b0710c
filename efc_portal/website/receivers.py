"""What follows from publishing and migrating. Wagtail says so by signals; there is no other place to hear it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_init, post_save, pre_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from efc_portal.website import freshness, services
from efc_portal.website.models import Picture, PublicDocument
from efc_portal.website.models.base import PublicPage


def connect() -> None:
    page_published.connect(_published, dispatch_uid="website.published")
    page_unpublished.connect(_unpublished, dispatch_uid="website.unpublished")
    post_page_move.connect(_moved, dispatch_uid="website.moved")
    _connect_freshness()


def _connect_freshness() -> None:
    for shown in freshness.models_shown():
        post_init.connect(freshness.shown, sender=shown)
    for page in freshness.models_saved():
        pre_save.connect(freshness.page_remember, sender=page)
        post_save.connect(freshness.page_saved, sender=page)
        post_delete.connect(freshness.page_deleted, sender=page)
    post_page_move.connect(freshness.page_moved)
    for file in (Picture, PublicDocument):
        post_save.connect(freshness.file_changed, sender=file)
        post_delete.connect(freshness.file_changed, sender=file)
    for everywhere in freshness.models_everywhere():
        post_save.connect(freshness.everywhere_changed, sender=everywhere)
        post_delete.connect(freshness.everywhere_changed, sender=everywhere)
    for part in freshness.models_of_pages():
        post_save.connect(freshness.part_saved, sender=part)
        post_delete.connect(freshness.part_deleted, sender=part)


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
