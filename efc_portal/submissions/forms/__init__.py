"""The coalition's data collection template, as forms: one for each step, and the check of the whole."""

from efc_portal.submissions.forms.found import FoundForm
from efc_portal.submissions.forms.handling import HandlingForm
from efc_portal.submissions.forms.rows import IdentifierForm, IdentifierFormSet, PaymentForm, PaymentFormSet
from efc_portal.submissions.forms.what import WhatForm
from efc_portal.submissions.forms.whole import STEPS, Step, WholeDraft

__all__ = [
    "STEPS",
    "FoundForm",
    "HandlingForm",
    "IdentifierForm",
    "IdentifierFormSet",
    "PaymentForm",
    "PaymentFormSet",
    "Step",
    "WhatForm",
    "WholeDraft",
]
