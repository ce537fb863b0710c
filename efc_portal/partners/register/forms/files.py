"""What leaves the register as a file, and what comes into it as one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from efc_portal.core.forms import choices_set
from efc_portal.partners.register.export import columns_offered


class ExportForm(forms.Form):
    """`purpose` is recorded; contacts are personal data, and go along only when they are asked for."""

    format = forms.ChoiceField(
        label=_("File"),
        choices=[("csv", _("CSV, for a spreadsheet or a script")), ("xlsx", _("XLSX, a workbook"))],
        initial="csv",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a kind of file.")},
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one column.")},
    )
    contacts = forms.BooleanField(
        label=_("Add the contacts: names, e-mail addresses and telephone numbers"),
        required=False,
        help_text=_("Personal data. Leave it out unless your purpose needs it."),
    )
    purpose = forms.CharField(
        label=_("What do you need it for?"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your purpose is recorded with your name."),
        error_messages={
            "required": _("State what you need it for."),
            "min_length": _("State the purpose in a sentence that others can understand later."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = columns_offered()
        choices_set(self, "columns", [(one.key, one.label) for one in offered])
        self.fields["columns"].initial = [one.key for one in offered]


class ContactFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # the door says it in its own words
        max_length=500,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.xlsx"}),
        help_text=_("CSV or XLSX, up to 5 MB and 20,000 rows, with the names of the columns in the first row."),
        error_messages={"required": _("Choose a file first.")},
    )
