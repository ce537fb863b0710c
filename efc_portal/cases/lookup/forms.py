"""What a person fills in to look values up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from efc_portal.cases.lookup.reading import CHARACTERS_MAX, VALUES_MAX, Read, lines_of, values_read
from efc_portal.core.errors import ApplicationError
from efc_portal.core.forms import CodeField
from efc_portal.indicators.forms.fields import no_value
from efc_portal.indicators.types import TYPES, type_choices

_TOLD = 10  # lines whose fault is told in the form, when none holds a value


class WhyForm(forms.Form):
    """Why confidential values are looked at. What is written is recorded: it may not name a value itself."""

    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("Recorded with your name. Name the case or the matter, not the values themselves."),
        validators=[no_value],
        error_messages={"required": _("Say why, in a sentence.")},
    )


class LookUpForm(WhyForm):
    """Values, one a line. `read` holds what they were recognised as once the form is valid."""

    values = forms.CharField(
        label=_("Values"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One a line, a thousand at most: accounts, wallets, addresses, numbers, names of merchants."),
        error_messages={"required": _("Paste at least one value.")},
    )
    column = forms.CharField(
        label=_("Column"),
        required=False,
        max_length=80,
        help_text=_("For a pasted table: the heading of the column with the values, or its number."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    type = CodeField(
        label=_("Type"),
        required=False,
        choices=lambda: [("", _("Recognise it for me")), *type_choices()],
        is_code=TYPES.__contains__,
    )
    field_order = ("values", "column", "type", "why")

    def __init__(self, *args: Any, region: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["values"].validators = []  # a NUL spoils its line, not the whole list
        self.region = region
        self.read = Read()

    def clean_values(self) -> str:
        text: str = self.cleaned_data["values"]
        if len(text) > CHARACTERS_MAX:
            raise forms.ValidationError(
                _("This is longer than a thousand values can be. Paste the values alone, without the rest of the file.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "values" in cleaned and "column" in cleaned and "type" in cleaned:
            try:
                self._recognise(cleaned["values"], cleaned["column"], cleaned["type"])
            except ApplicationError as error:
                self.add_error("column", error.message)
        return cleaned

    def _recognise(self, text: str, column: str, kind: str) -> None:
        lines = lines_of(text, column=column)
        if not lines:
            self.add_error("values", self.fields["values"].error_messages["required"])
        elif len(lines) > VALUES_MAX:
            message = ngettext(
                "These are %(count)s value: a look-up takes a thousand. Split the list.",
                "These are %(count)s values: a look-up takes a thousand. Split the list.",
                len(lines),
            )
            self.add_error("values", message % {"count": len(lines)})
        else:
            self.read = values_read(lines, kind=kind, region=self.region)
            if not self.read.values:
                for one in self.read.wrong[:_TOLD]:
                    self.add_error("values", _("Line %(line)s: %(why)s") % {"line": one.line, "why": one.why})
