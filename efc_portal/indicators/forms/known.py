"""The lists of known values: entries, many at once, the lists themselves, and the filter of the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.forms import CodeField, RadioSelectWithHints
from efc_portal.core.pan import truncate_pans
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.forms.fields import ValueForm, reason_field
from efc_portal.indicators.many import ROWS_MAX, Cells, lines_of, table_of
from efc_portal.indicators.models import CAP_MAX, KnownList, KnownValue
from efc_portal.indicators.types import TYPES, type_choices

FILE_MAX_BYTES = 1024 * 1024

_SHOWN = _(
    "Shown to whoever enters the value, unless the list is discreet. Do not name whose it is if nobody may know."
)


class ListField(forms.ModelChoiceField):
    """A list to choose; discreet ones say so."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=KnownList.objects.all(),
            label=_("List"),
            empty_label=_("Choose a list"),
            error_messages={"required": _("Choose the list."), "invalid_choice": _("Choose a list.")},
            **options,
        )

    def label_from_instance(self, obj: Any) -> str:
        return gettext("%(name)s (discreet)") % {"name": obj} if obj.discreet else str(obj)


def effect_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What it does"),
        choices=[(KnownEffect.INFORM, _("Inform")), (KnownEffect.REFUSE, _("Refuse"))],
        initial=KnownEffect.INFORM,
        widget=RadioSelectWithHints(
            hints={
                KnownEffect.INFORM: _("The value is accepted, the reason stands beside it, and it makes no matches."),
                KnownEffect.REFUSE: _("Whoever enters the value reads the reason and cannot send it."),
            }
        ),
        error_messages={"required": _("Choose what it does.")},
    )


class KnownValueForm(ValueForm):
    """A value to put on a list; `again` is the value of an entry that has ended, which then is not asked for."""

    known_list = ListField()
    effect = effect_field()
    covers_below = forms.BooleanField(
        label=_("Stands for everything below it as well"),
        required=False,
        help_text=_("Of a domain: its hosts, mail addresses and pages. Of a network: its addresses."),
    )
    reason = reason_field(_("Reason"), help_text=_SHOWN)

    def __init__(self, *args: Any, again: Recognised | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if again is not None:
            del self.fields["value"], self.fields["type"]
            self.recognised = again

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        one = self.recognised
        if one and cleaned.get("covers_below") and not one.declaration.has_below(one.canonical):
            self.add_error("covers_below", _("Only a domain or a network has anything under it."))
        return cleaned


class ManyForm(forms.Form):
    """Values to put on a list, pasted or in a file. `rows` holds what was given once the form is valid."""

    known_list = ListField()
    effect = effect_field()
    shape = forms.ChoiceField(
        label=_("How the values are written"),
        choices=[("lines", _("One value a line")), ("csv", _("CSV"))],
        initial="lines",
        widget=RadioSelectWithHints(
            hints={"csv": _("With the columns value, type and reason; the last two may be empty or left out.")}
        ),
    )
    text = forms.CharField(
        label=_("Values"), required=False, widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"})
    )
    file = forms.FileField(
        label=_("Or a text file"), required=False, help_text=_("In UTF-8, at most 1 MB. Used when the field is empty.")
    )
    reason = reason_field(_("Reason for all that have none of their own"), help_text=_SHOWN, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = cleaned.get("text") or self._of_file(cleaned.get("file"))
        if not text.strip():
            if not self.errors:
                self.add_error("text", _("Paste the values, or choose a file."))
            return cleaned
        self.given, _cut = truncate_pans(text)  # as it goes back to the page: never a whole card number
        try:
            self.rows: list[Cells] = table_of(self.given) if cleaned.get("shape") == "csv" else lines_of(self.given)
        except ApplicationError as error:
            self.add_error("text", error.message)
        else:
            if len(self.rows) > ROWS_MAX:
                self.add_error(
                    "text",
                    ValidationError(
                        _("These are %(number)s values. Give at most %(most)s at once."),
                        params={"number": len(self.rows), "most": ROWS_MAX},
                    ),
                )
        return cleaned

    def _of_file(self, file: Any) -> str:
        if file is None:
            return ""
        if file.size > FILE_MAX_BYTES:
            self.add_error("file", _("The file is larger than 1 MB. Send it in parts."))
            return ""
        try:
            return file.read().decode("utf-8-sig").replace("\x00", "")
        except UnicodeDecodeError:
            self.add_error("file", _("The file is not text in UTF-8. Save it again as CSV in UTF-8."))
            return ""

    def carried(self) -> list[tuple[str, str]]:
        """What the page of the check carries on to the confirmation."""
        cleaned = self.cleaned_data
        return [
            ("known_list", str(cleaned["known_list"].pk)),
            ("effect", cleaned["effect"]),
            ("shape", cleaned["shape"]),
            ("reason", cleaned["reason"]),
        ]


class KnownListForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, error_messages={"required": _("Give the list a name.")})
    purpose = forms.CharField(
        label=_("What stands on it"),
        max_length=300,
        error_messages={"required": _("Say in a sentence what stands on it.")},
    )
    discreet = forms.BooleanField(
        label=_("Discreet"),
        required=False,
        help_text=_("Others than officers read only that a value is known, not why, and not whose it is."),
    )


class KnownFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    hide_optional = True

    known_list = forms.ModelChoiceField(
        label=_("List"), required=False, queryset=KnownList.objects.all(), empty_label=pgettext_lazy("lists", "All")
    )
    type = CodeField(
        label=_("Type"),
        required=False,
        choices=lambda: [("", pgettext_lazy("types", "All")), *type_choices()],
        is_code=TYPES.__contains__,
    )
    effect = forms.ChoiceField(
        label=_("What it does"),
        required=False,
        choices=[
            ("", pgettext_lazy("effects", "All")),
            (KnownEffect.INFORM, _("Inform")),
            (KnownEffect.REFUSE, _("Refuse")),
        ],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("In force")), ("ended", _("Ended")), ("all", pgettext_lazy("states", "All"))],
    )

    def apply(self, queryset: QuerySet[KnownValue]) -> QuerySet[KnownValue]:
        self.is_valid()
        wanted = self.cleaned_data
        if known_list := wanted.get("known_list"):
            queryset = queryset.filter(known_list=known_list)
        if code := wanted.get("type"):
            queryset = queryset.filter(type=code)
        if effect := wanted.get("effect"):
            queryset = queryset.filter(effect=effect)
        if (state := wanted.get("state")) != "all":
            queryset = queryset.filter(ended_at__isnull=state != "ended")
        return queryset.order_by("-added_at", "type", "label", "id")

    @property
    def filters(self) -> bool:
        return any(self.cleaned_data.values())


class CapForm(forms.Form):
    """Above how many other submissions one value is common."""

    cap = forms.IntegerField(
        label=_("Common above so many other submissions"),
        required=False,
        min_value=1,
        max_value=CAP_MAX,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        help_text=_("Leave it empty to let the number of its type hold."),
        error_messages={
            "invalid": _("Give a whole number, such as 200."),
            "min_value": _("Give a number from 1 on."),
            "max_value": _("Give a number up to 1,000: every pair of submissions is a match of its own."),
        },
    )
    reason = reason_field(_("Why?"))
