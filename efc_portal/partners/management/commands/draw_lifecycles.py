"""`manage.py draw_lifecycles`: the transition tables as pictures in `docs/lifecycles/`."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from efc_portal.core.generated import GeneratedFolder
from efc_portal.partners.lifecycles.chart import Chart
from efc_portal.partners.lifecycles.whole import whole_drawn
from efc_portal.workflow.transitions import lifecycles

FOLDER = Path(settings.BASE_DIR, "docs", "lifecycles")


class Command(GeneratedFolder):
    help = "Draw every lifecycle, and the whole workflow, from the transition tables into docs/lifecycles/."
    source = "The transition tables"
    suffix = ".svg"

    def folder(self) -> Path:
        return FOLDER

    def made(self) -> dict[str, str]:
        pictures = {f"{one.noun}.svg": Chart(one).drawn() for one in lifecycles()}
        return {**pictures, "workflow.svg": whole_drawn()}
