"""Step five: how what was sent may be used."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from efc_portal.core.forms import PlainForm, fields_shared
from efc_portal.submissions.enums import HandlingCode, InformationGrade, SourceGrade, Tlp

YES_NO = [("no", _("No")), ("yes", _("Yes"))]
TLP_CHOICES = [
    (Tlp.RED, _("TLP:RED · only the officers and the agency that receives it")),
    (Tlp.AMBER_STRICT, _("TLP:AMBER+STRICT · the secretariat and that agency only")),
    (Tlp.AMBER, _("TLP:AMBER · they and those they work with, as far as these need to know")),
    (Tlp.GREEN, _("TLP:GREEN · the coalition")),
    (Tlp.CLEAR, _("TLP:CLEAR · everybody")),
]


@fields_shared()
class HandlingForm(PlainForm):
    child_in_danger = forms.BooleanField(
        label=_("A child may be in danger now"),
        required=False,
        help_text=_(
            "Call the police as well. Your submission goes to the front and the duty officers are told at once."
        ),
    )
    tlp = forms.ChoiceField(
        label=_("Who may know (Traffic Light Protocol 2.0)"),
        choices=TLP_CHOICES,
        initial=Tlp.AMBER,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who may know."),
            "invalid_choice": _("“%(value)s” is not a label of TLP 2.0. Choose one of the five; WHITE is now CLEAR."),
        },
    )
    source_grade = forms.ChoiceField(
        label=_("How reliable is your source?"),
        choices=SourceGrade.choices,
        widget=forms.RadioSelect,
        help_text=_("Your own records are usually A or B."),
        error_messages={"required": _("Say how reliable your source is.")},
    )
    information_grade = forms.ChoiceField(
        label=_("How sure is the information?"),
        choices=InformationGrade.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how sure the information is.")},
    )
    handling_codes = forms.MultipleChoiceField(
        label=_("Restrictions on use"),
        choices=HandlingCode.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none if there is no restriction beyond the label above."),
    )
    handling_note = forms.CharField(
        label=_("Other restrictions"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed with H3."),
    )
    contains_str = forms.ChoiceField(
        label=_("Does this contain information from a suspicious transaction report?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_(
            "Such information may be shared only with your FIU’s agreement. Whatever you answer is seen by officers "
            "alone, and nothing the portal shows or sends says that a report exists."
        ),
        error_messages={"required": _("Answer yes or no.")},
    )
    str_reference = forms.CharField(
        label=_("Reference of your FIU’s agreement"),
        required=False,
        max_length=100,
        help_text=_("Needed if you answered yes."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        codes = cleaned.get("handling_codes") or []
        if HandlingCode.H3 in codes and not cleaned.get("handling_note"):
            self.add_error("handling_note", _("You ticked H3: describe the restriction."))
        if HandlingCode.H0 in codes and HandlingCode.H2 in codes:
            self.add_error(
                "handling_codes",
                _("H2 forbids every dissemination, so H0 has no use beside it. Tick one of the two."),
            )
        if cleaned.get("contains_str") == "yes" and not (cleaned.get("str_reference") or "").strip():
            self.add_error(
                "str_reference",
                ValidationError(
                    _(
                        "Without your FIU’s agreement this information may not be shared. Enter the agreement’s "
                        "reference, or take the information out and answer no."
                    )
                ),
            )
        return cleaned
