"""What a member says is its own, and what an officer decides on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.core.errors import ApplicationError
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.enums import OwnValueStatus
from efc_portal.indicators.forms.fields import no_value, reason_field, type_field
from efc_portal.indicators.forms.known import ListField
from efc_portal.indicators.identify import identify
from efc_portal.indicators.many import lines_of
from efc_portal.indicators.models import OwnValue

VALUES_MAX = 100


class OwnValuesForm(forms.Form):
    """Values of one kind. `recognised` holds them once the form is valid: all, or the form is not."""

    values = forms.CharField(
        label=_("Values"),
        help_text=_("One a line: accounts, merchants, domains, numbers that belong to your organisation itself."),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Enter at least one value.")},
    )
    type = type_field()
    statement = forms.CharField(
        label=_("What they are"),
        max_length=200,
        validators=[no_value],
        help_text=_("Such as: settlement accounts for card payments. Your organisation and the secretariat read it."),
        error_messages={"required": _("Say what they are, so that the secretariat can confirm them.")},
    )

    def __init__(self, *args: Any, region: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region
        self.recognised: list[Recognised] = []

    def clean_values(self) -> str:
        text: str = self.cleaned_data["values"]
        if len(lines_of(text)) > VALUES_MAX:
            raise ValidationError(_("Give at most %(most)s at once."), params={"most": VALUES_MAX})
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "values" not in cleaned or "type" not in cleaned:
            return cleaned
        for cells in lines_of(cleaned["values"]):
            try:
                self.recognised.append(identify(cells.value, type=cleaned["type"] or None, region=self.region))
            except ApplicationError as error:
                self.add_error(
                    "values",
                    ValidationError(_("Line %(line)s: %(error)s"), params={"line": cells.line, "error": error.message}),
                )
        self.recognised = list(dict.fromkeys(self.recognised))
        return cleaned


class OwnFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    hide_optional = True

    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", pgettext_lazy("states", "All")), *OwnValueStatus.choices]
    )

    def apply(self, queryset: QuerySet[OwnValue]) -> QuerySet[OwnValue]:
        self.is_valid()
        if status := self.cleaned_data.get("status"):
            queryset = queryset.filter(status=status)
        return queryset

    @property
    def filters(self) -> bool:
        return any(self.cleaned_data.values())


class ConfirmForm(forms.Form):
    known_list = ListField()
    note = reason_field(
        _("How it was checked"),
        help_text=_("Kept with the entry; the member reads it."),
        missing=_("Say how it was checked."),
    )


class DeclineForm(forms.Form):
    note = reason_field(_("Why it is not confirmed"), help_text=_("The member reads it."))
