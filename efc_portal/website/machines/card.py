"""The picture that others show where they link to a page: 1200 × 630, made from the page's title in the house look.

Its address names what is on it, so that it never changes: another title has another address. It is made when first
asked for, and kept.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

SOURCE = Path(__file__).with_name("card.typ")
FONTS = settings.BASE_DIR / "efc_portal" / "core" / "paper" / "fonts"
WIDTH, HEIGHT = 1200, 630


def card_path(page: Page) -> str:
    """The address of a page's picture. `page` is the specific page."""
    return reverse("card", args=[page.pk, _digest(_words(page))])


def card_png(page: Page, digest: str) -> str | None:
    """The name in the storage of a page's picture, made if need be; None when the page has no such picture (any
    more) and none was kept."""
    name = f"cards/{page.pk}-{digest}.png"
    if default_storage.exists(name):
        return name
    words = _words(page)
    if digest != _digest(words):
        return None
    made = default_storage.save(name, ContentFile(_drawn(words)))
    if made != name:  # another process was faster, and drew the same
        default_storage.delete(made)
    return name


def _words(page: Page) -> dict[str, Any]:
    """What stands on the picture, in the page's language."""
    language = page.locale.language_code
    with override(language):
        kind = page.get_kind_display() if hasattr(page, "kind") else ""
        day = date_format(page.date) if hasattr(page, "date") else ""
        return {
            "title": getattr(page, "headline", "") or page.title,
            "kicker": str(kind),
            "foot": ", ".join(part for part in (getattr(page, "edition", ""), day) if part),
            "coalition": _(settings.WAGTAIL_SITE_NAME),
            "language": language,
        }


def _digest(words: dict[str, Any]) -> str:
    design = SOURCE.read_bytes()
    return hashlib.sha256(design + json.dumps(words, sort_keys=True).encode()).hexdigest()[:16]


def _drawn(words: dict[str, Any]) -> bytes:
    """The picture as PNG. Text travels as data, never as Typst source."""
    return typst.compile(
        str(SOURCE),
        format="png",
        ppi=72,  # a point is a pixel
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(words)},
    )
