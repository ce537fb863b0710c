"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.forms import CodeField
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import TYPES, type_choices
from efc_portal.indicators.words import holds_value

STATE_THE_REASON = _("State the reason.")


def type_field() -> CodeField:
    return CodeField(
        label=_("Type"),
        required=False,
        choices=lambda: [("", _("Recognise it for me")), *type_choices()],
        is_code=TYPES.__contains__,
        error_messages={"invalid_choice": _("Choose a type of the list.")},
    )


def no_value(sentence: str) -> None:
    """A validator for what is kept readable."""
    if holds_value(sentence):
        raise forms.ValidationError(
            _("This sentence holds a value. It stays in the record for years: name the case or the matter instead.")
        )


def reason_field(
    label: Any, *, help_text: Any = "", required: bool = True, missing: Any = STATE_THE_REASON
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        help_text=help_text,
        required=required,
        validators=[no_value],
        error_messages={"required": missing},
    )


class ValueForm(forms.Form):
    """One value. `recognised` holds what it was recognised as once the form is valid."""

    value = forms.CharField(
        label=_("Value"),
        max_length=500,
        error_messages={"required": _("Enter the value.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    type = type_field()

    def __init__(self, *args: Any, region: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region
        self.recognised: Recognised | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if value := cleaned.get("value"):
            try:
                self.recognised = identify(value, type=cleaned.get("type") or None, region=self.region)
            except ApplicationError as error:
                self.add_error("value", error.message)
        return cleaned


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = reason_field(_("Why?"))

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text
