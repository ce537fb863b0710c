"""What members and the steering committee say about a candidate."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from efc_portal.partners.applications.enums import Choice, Stance


class CommentForm(forms.Form):
    stance = forms.ChoiceField(
        label=_("What do you think of this candidate?"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you support it, have a concern, or neither.")},
    )
    text = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The secretariat and the steering committee read it. A concern needs a reason; name no people."),
    )


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("Shall the organisation be admitted?"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Vote yes or no, or abstain.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The secretariat and the committee can read it."),
    )


class SponsorAnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Is your organisation the sponsor?"),
        choices=[("yes", _("Yes, we speak for this organisation")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes or no.")},
    )
