"""Blocks of numbers. A chart always comes with the table of its figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, StructBlock, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from efc_portal.core.errors import ApplicationError
from efc_portal.website.charts.draw import MOST_SERIES, drawn
from efc_portal.website.charts.sheet import figures_read, sheet_read

_PASTE = _("Paste cells from a spreadsheet, or lines of CSV. The first line holds the column headings.")


class KeyFigureBlock(StructBlock):
    value = CharBlock(label=_("Figure"), max_length=20)
    label = CharBlock(label=_("What it counts"), max_length=160)
    source = CharBlock(label=_("Source"), required=False)

    class Meta:
        icon = "decimal"
        template = "website/blocks/key_figure.html"


class TableBlock(StructBlock):
    caption = CharBlock(label=_("Caption"))
    cells = TextBlock(label=_("Cells"), help_text=_PASTE, rows=8)
    source = CharBlock(label=_("Source"), required=False)

    class Meta:
        icon = "table"
        template = "website/blocks/table.html"

    def clean(self, value: Any) -> Any:
        return _checked(super().clean(value), sheet_read)

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        try:
            context["sheet"] = sheet_read(value["cells"])
        except ApplicationError as error:  # the preview of an unfinished draft
            context["problem"] = error.message
        return context


class ChartBlock(StructBlock):
    title = CharBlock(label=_("What the chart shows"))
    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("lines", _("Lines: how figures change")),
            ("shares", _("Areas: how a whole is divided over time")),
            ("bars", _("Bars: figures side by side")),
        ],
        search_index=False,
    )
    cells = TextBlock(label=_("Figures"), help_text=_PASTE, rows=8)
    unit = CharBlock(label=_("Unit"), required=False, max_length=12, help_text=_("For example % or EUR."))
    caption = TextBlock(label=_("Caption"), required=False, rows=2)
    source = CharBlock(label=_("Source, and how the figures are made"), required=False)
    illustration = BooleanBlock(
        label=_("These figures are invented, to show how such a chart looks"),
        required=False,
        help_text=_("The page then says so beside the chart."),
    )

    class Meta:
        icon = "site"
        template = "website/blocks/chart.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return _checked(cleaned, lambda cells: figures_read(cells, most_series=_most(cleaned["kind"])))

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        label = _g("Chart: %(title)s. Its figures are in the table below it.") % {"title": value["title"]}
        try:
            figures = figures_read(value["cells"], most_series=_most(value["kind"]))
            context["sheet"] = sheet_read(value["cells"])
            context["drawings"] = drawn(value["kind"], figures, unit=value["unit"], label=label)
        except ApplicationError as error:  # the preview of an unfinished draft
            context["problem"] = error.message
        return context


def _most(kind: str) -> int:
    return 1 if kind == "bars" else MOST_SERIES


def _checked(cleaned: Any, read: Callable[[str], object]) -> Any:
    """The block's value, if its cells can be read; a draft may leave them empty."""
    try:
        if cleaned["cells"]:
            read(cleaned["cells"])
    except ApplicationError as error:
        raise StructBlockValidationError(block_errors={"cells": ValidationError(error.message)}) from error
    return cleaned
