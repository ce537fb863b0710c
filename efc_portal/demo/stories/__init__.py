"""What the demo's partners report: invented, sober, financial. Each story ends at another stage of the main job."""

from __future__ import annotations

from efc_portal.demo.stories.cases import CASES
from efc_portal.demo.stories.delivered import DELIVERED
from efc_portal.demo.stories.shape import Report, Story
from efc_portal.demo.stories.waiting import WAITING

STORIES = (*DELIVERED, *CASES, *WAITING)

__all__ = ["STORIES", "Report", "Story"]
