"""Why a value is taken back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from efc_portal.submissions.enums import WithdrawalReason


class WithdrawalForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why do you take it back?"),
        choices=WithdrawalReason.choices,
        widget=forms.RadioSelect,
        help_text=_("Whoever received the value reads this."),
        error_messages={"required": _("Choose why.")},
    )
