"""Blocks of numbers. A chart always comes with the table of its figures."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, StructBlock, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from efc_portal.core.errors import ApplicationError
from efc_portal.website.charts.draw import MOST_SERIES, drawn
from efc_portal.website.charts.sheet import Figures, csv_read, figures_read, sheet_read

logger = logging.getLogger(__name__)

_PASTE = _("Paste cells from a spreadsheet, or lines of CSV. The first line holds the column headings.")


_EXAMPLE = "Year,Bank card,Virtual currency\n2022,48,21\n2024,40,33\n2026,31,45"


class KeyFigureBlock(StructBlock):
    value = CharBlock(label=_("Figure"), max_length=20)
    label = CharBlock(label=_("What it counts"), max_length=160)
    source = CharBlock(label=_("Source"), required=False)

    class Meta:
        icon = "decimal"
        template = "website/blocks/key_figure.html"
        description = _("One figure, large, and what it counts.")
        preview_value = {"value": "62 %", "label": "of reported payments were made by card", "source": "Invented"}


class TableBlock(StructBlock):
    caption = CharBlock(label=_("Caption"))
    cells = TextBlock(label=_("Cells"), help_text=_PASTE, rows=8)
    source = CharBlock(label=_("Source"), required=False)

    class Meta:
        icon = "table"
        template = "website/blocks/table.html"
        description = _("A table of text or figures, pasted from a spreadsheet.")
        preview_value = {"caption": "Payments by method", "cells": _EXAMPLE, "source": "Invented"}

    def clean(self, value: Any) -> Any:
        return _checked(super().clean(value), sheet_read)

    def get_searchable_content(self, value: Any) -> list[str]:
        return super().get_searchable_content({**value, "cells": _words(value.get("cells"), rows=True)})

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
    cells = TextBlock(label=_("Figures"), required=False, help_text=_PASTE, rows=8)
    document = DocumentChooserBlock(
        label=_("Or a CSV document of the site"),
        required=False,
        help_text=_("The chart draws from the document. Leave the figures above empty then."),
    )
    unit = CharBlock(label=_("Unit"), required=False, max_length=12, help_text=_("For example % or EUR."))
    caption = TextBlock(label=_("Caption"), required=False, rows=2)
    source = CharBlock(label=_("Source, and how the figures are made"), required=False)
    illustration = BooleanBlock(
        label=_("These figures are invented, to show how such a chart looks"),
        required=False,
        help_text=_("The page then says so beside the chart."),
    )

    class Meta:
        icon = "sliders"
        template = "website/blocks/chart.html"
        description = _("Lines, areas or bars from pasted figures or a CSV document, with the table of the figures.")
        preview_value = {
            "title": "Payments by method",
            "kind": "lines",
            "cells": _EXAMPLE,
            "document": None,
            "unit": "%",
            "caption": "",
            "source": "",
            "illustration": True,
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        field = "document" if cleaned["document"] else "cells"
        try:
            if cleaned["document"] and cleaned["cells"]:
                raise ApplicationError(_("Paste figures or choose a document, not both."))
            if text := _figures_of(cleaned):
                figures = figures_read(text, most_series=_most(cleaned["kind"]))
                if cleaned["kind"]:
                    _drawn(cleaned["kind"], figures, unit=cleaned["unit"], label=cleaned["title"])
        except ApplicationError as error:
            raise StructBlockValidationError(block_errors={field: ValidationError(error.message)}) from error
        return cleaned

    def get_searchable_content(self, value: Any) -> list[str]:
        return super().get_searchable_content({**value, "cells": _words(value.get("cells"), rows=False)})

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        label = gettext("Chart: %(title)s. Its figures are in the table below it.") % {"title": value["title"]}
        try:
            text = _figures_of(value)
            context["sheet"] = sheet_read(text)  # what readers get where nothing can be drawn
            figures = figures_read(text, most_series=_most(value["kind"]))
            context["drawings"] = _drawn(value["kind"], figures, unit=value["unit"], label=label)
        except ApplicationError as error:
            if "sheet" not in context or not _is_public(parent_context):
                context["problem"] = error.message
        return context


def _drawn(kind: str, figures: Figures, *, unit: str, label: str) -> list[SafeString]:
    """The drawings of a chart. Raises `ApplicationError`, and nothing else."""
    try:
        return drawn(kind, figures, unit=unit, label=label)
    except Exception as error:  # a page is worth more than its drawing
        logger.exception("A chart could not be drawn.")
        raise ApplicationError(
            _("These figures cannot be drawn. Correct them, or show them as a table instead.")
        ) from error


def _is_public(parent_context: Any) -> bool:
    """Whether a page is made for its readers, and not for somebody who previews a draft."""
    request = (parent_context or {}).get("request")
    return request is not None and not getattr(request, "is_preview", False)


def _words(cells: str | None, *, rows: bool) -> str:
    """Cells as search shows them, where lines of CSV would be no text: all of a table, the headings of a chart."""
    try:
        sheet = sheet_read(cells or "")
    except ApplicationError:  # an unfinished draft
        return ""
    return " · ".join(cell for row in (sheet.head, *(sheet.rows if rows else ())) for cell in row if cell)


def _most(kind: str) -> int:
    return 1 if kind == "bars" else MOST_SERIES


def _figures_of(value: Any) -> str:
    """The figures of a chart as text: what was pasted, or what its document holds now."""
    document = value.get("document")
    return csv_read(document) if document else value["cells"] or ""


def _checked(cleaned: Any, read: Callable[[str], object]) -> Any:
    """The block's value, if its cells can be read; a draft may leave them empty."""
    try:
        if cleaned["cells"]:
            read(cleaned["cells"])
    except ApplicationError as error:
        raise StructBlockValidationError(block_errors={"cells": ValidationError(error.message)}) from error
    return cleaned
