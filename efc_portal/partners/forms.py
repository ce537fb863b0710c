"""What agencies and the secretariat fill in about organisations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AgencyKeyForm(forms.Form):
    recipient = forms.CharField(
        label=_("New age public key"),
        max_length=2000,  # a key has 62; the service says what else was pasted
        help_text=_("The line that age-keygen prints as “Public key”. It begins with age1."),
        error_messages={"required": _("Paste the public key.")},
    )
