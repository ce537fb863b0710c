"""The form initial content is written in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from wagtail.models import Page

DEMO_CHAIR = "Helena Marquardt"  # invented


@dataclass(frozen=True)
class Facts:
    """What the texts need to know of the deployment."""

    coalition: str
    secretariat: str
    address: str
    email: str
    security_email: str
    chair: str

    @classmethod
    def of_settings(cls) -> Facts:
        secretariat = {name: str(value) for name, value in settings.SECRETARIAT.items()}
        return cls(
            coalition=settings.WAGTAIL_SITE_NAME,
            secretariat=secretariat["name"],
            address=secretariat["address"],
            email=secretariat["email"],
            security_email=secretariat["security_email"],
            chair=settings.CHAIR_NAME or (DEMO_CHAIR if settings.DEMO else ""),
        )


@dataclass(frozen=True)
class ReportFile:
    """A file of a report: how to make its bytes, and what it is called."""

    make: Callable[[], bytes]
    filename: str
    title: str
    language: str = "en"
    label: str = ""


@dataclass(frozen=True)
class Piece:
    """One page of initial content. `key` names it for good, in all languages; `links` sets a page field to the page
    with that slug, below the home page or in its list."""

    key: str
    parent: type[Page] | None
    page: Page
    links: dict[str, str] = field(default_factory=dict)
    files: tuple[ReportFile, ...] = ()
    category: str = ""  # of a news item, by its name in the portal's own language; made if need be
    category_names: dict[str, str] = field(default_factory=dict)  # in other languages
    tags: tuple[str, ...] = ()


def html(text: str) -> str:
    """Rich text as editors would have typed it: without the line breaks of the source, with French's fixed spaces."""
    return re.sub(r"> +<(?=/?(?:p|ul|ol|li|h2|h3)\b)", "><", re.sub(r"[ \n]+", " ", text).strip())
