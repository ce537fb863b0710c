"""`manage.py describe_types`: a page of `docs/indicators/` for each type of identifier, from its declaration."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from efc_portal.core.generated import GeneratedFolder
from efc_portal.indicators.describe import index, page
from efc_portal.indicators.types import TYPES

FOLDER = Path(settings.BASE_DIR, "docs", "indicators")


class Command(GeneratedFolder):
    help = "Describe every type of identifier, from its declaration and by trying its examples, in docs/indicators/."
    source = "The declarations of types"
    suffix = ".md"

    def folder(self) -> Path:
        return FOLDER

    def made(self) -> dict[str, str]:
        return {"README.md": index(), **{f"{one.code}.md": page(one) for one in TYPES.values()}}
