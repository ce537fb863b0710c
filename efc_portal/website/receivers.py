"""What follows from publishing and migrating. Wagtail says so by signals; there is no other place to hear it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from efc_portal.website import services
from efc_portal.website.models.base import PublicPage
from efc_portal.website.models.media import PublicDocument
from efc_portal.website.search.documents import document_text_want
from efc_portal.website.search.services import search_document_write, search_page_forget, search_page_write


def connect() -> None:
    page_published.connect(_published, dispatch_uid="website.published")
    page_unpublished.connect(_unpublished, dispatch_uid="website.unpublished")
    post_page_move.connect(_moved, dispatch_uid="website.moved")
    post_save.connect(_document_saved, sender=PublicDocument, dispatch_uid="website.document_saved")


def ground_after_migrate(**_kwargs: Any) -> None:
    services.site_ground_prepare()


def _published(instance: Any, **_kwargs: Any) -> None:
    _record(instance, "page.publish" if instance.live else "page.schedule")
    search_page_write(page=instance)


def _unpublished(instance: Any, **_kwargs: Any) -> None:
    _record(instance, "page.unpublish")
    search_page_forget(page=instance)


def _moved(instance: Any, **_kwargs: Any) -> None:
    _record(instance, "page.move")


def _document_saved(instance: PublicDocument, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        document_text_want(document=instance)
        search_document_write(document=instance)


def _record(page: Any, action: str) -> None:
    if isinstance(page, PublicPage):
        services.page_change_record(page=page, action=action)
