"""How a file is written, and which of its columns means what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from efc_portal.core.forms import CodeField, choices_set
from efc_portal.core.money import currency_choices, is_currency
from efc_portal.intake.reading import Dialect
from efc_portal.intake.reading.dialect import DELIMITERS
from efc_portal.intake.reading.encoding import ENCODINGS
from efc_portal.intake.rows import COLUMNS, DATES, DECIMALS, Columns, Formats
from efc_portal.intake.services.files import own_names

_DELIMITERS = {
    ",": _("Comma"),
    ";": _("Semicolon"),
    "\t": _("Tab"),
    "|": _("Vertical stroke"),
    "": _("Nothing: each line is one value"),
}
COLUMN = "column_"  # before the key of a column


class DialectForm(forms.Form):
    """How the file was read, for a person to say otherwise. Only what this kind of file can differ in is asked."""

    hide_optional = True

    encoding = forms.ChoiceField(
        label=_("Encoding of the text"),
        choices=[(name, name) for name in ENCODINGS],
        help_text=_("Right if letters with accents look right in the rows below. If not, choose another one."),
    )
    delimiter = forms.ChoiceField(
        label=_("Mark between two cells"),
        choices=[(mark, _DELIMITERS[mark]) for mark in (*DELIMITERS, "")],
        required=False,
        help_text=_("Right if each value stands in a column of its own in the rows below."),
    )
    sheet = forms.ChoiceField(
        label=_("Sheet or list"), help_text=_("Only this one is read. Upload the file again for another one.")
    )
    header = forms.BooleanField(
        label=_("The first row holds the names of the columns"),
        required=False,
        help_text=_("Without the tick, the first row is read as data."),
    )

    def __init__(self, dialect: Dialect, data: Any = None) -> None:
        self.dialect = dialect
        initial = {name: getattr(dialect, name) for name in ("encoding", "delimiter", "sheet", "header")}
        super().__init__(data, initial=initial)
        asked = {
            "encoding": bool(dialect.encoding) and dialect.kind == "csv",
            "delimiter": dialect.kind == "csv",
            "sheet": len(dialect.sheets) > 1,
            "header": dialect.kind in ("csv", "xlsx"),
        }
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]
        if "sheet" in self.fields:
            choices_set(self, "sheet", [(name, name) for name in dialect.sheets])

    def chosen(self) -> Dialect:
        """The dialect as the person has it. Ask a valid form."""
        return replace(self.dialect, **self.cleaned_data)


class ColumnsForm(forms.Form):
    """Which column is which, and how days and amounts are written. Formats are stated, never guessed."""

    hide_optional = True

    dates = forms.ChoiceField(
        label=_("How are days written in the file?"),
        choices=list(DATES.items()),
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Needed if you chose a column for the date: 03/04/2026 may be the 3rd of April or the 4th of March. Date "
            "cells of a workbook, and days written as 2026-03-31, are understood whatever you choose."
        ),
    )
    decimal = forms.ChoiceField(
        label=_("How are amounts written in the file?"),
        choices=list(DECIMALS.items()),
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Needed if you chose a column for the amount: 1.234 may be one or a thousand. Number cells of a workbook, "
            "and numbers in JSON, are understood whatever you choose."
        ),
    )
    currency = CodeField(
        label=_("Currency of amounts beside which none stands"),
        required=False,
        help_text=_("For a file whose amounts are all in one currency, or where some rows leave it out."),
        choices=lambda: [("", _("None: such a row is given back to be mended")), *currency_choices()],
        is_code=is_currency,
    )

    def __init__(self, names: Sequence[str], columns: Columns, formats: Formats | None, data: Any = None) -> None:
        self.names = list(names)
        initial: dict[str, Any] = {f"{COLUMN}{one.key}": getattr(columns, one.key) for one in COLUMNS}
        if formats is not None:
            initial |= formats.to_json()
        super().__init__(data, initial=initial)
        places = [(str(place), name or str(place + 1)) for place, name in enumerate(own_names(names))]
        own = {}
        for one in COLUMNS:
            nothing = _("Choose the column") if one.key == "value" else _("None: not in the file")
            own[f"{COLUMN}{one.key}"] = forms.TypedChoiceField(
                label=str(one.label),
                help_text=str(one.hint),
                choices=[("", nothing), *places],
                required=one.key == "value",
                coerce=int,
                empty_value=None,
                error_messages={"required": _("Say which column holds the identifiers.")},
            )
        self.fields = {**own, **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[int, str] = {}
        for one in COLUMNS:
            place = cleaned.get(f"{COLUMN}{one.key}")
            if place is None:
                continue
            if place in taken:
                self.add_error(f"{COLUMN}{one.key}", _("This column is chosen twice. Choose another, or none."))
            taken[place] = one.key
        if cleaned.get(f"{COLUMN}date") is not None and not cleaned.get("dates"):
            self.add_error("dates", _("Say how days are written: 03/04/2026 means two different days."))
        if cleaned.get(f"{COLUMN}amount") is not None and not cleaned.get("decimal"):
            self.add_error("decimal", _("Say how amounts are written: 1.234 may be much or little."))
        return cleaned

    def columns(self) -> Columns:
        places = {one.key: self.cleaned_data[f"{COLUMN}{one.key}"] for one in COLUMNS}
        return Columns(**places, width=len(self.names))

    def formats(self) -> Formats:
        given = {name: self.cleaned_data[name] for name in ("dates", "decimal", "currency") if self.cleaned_data[name]}
        return Formats(**given)
