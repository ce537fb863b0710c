"""Panels of the forms that pages are edited with."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import MultiFieldPanel


class KindPanel(MultiFieldPanel):
    """Fields that one kind of page has: shut while the page is of another."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "kind": self.kind}

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def classes(self) -> list[str]:
            shut = [] if self.instance.kind == self.panel.kind else ["collapsed"]
            return [*super().classes(), *shut]
