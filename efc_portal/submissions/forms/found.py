"""Before sending: which of the values in the reporter's own words are to be reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from efc_portal.core.forms import CheckboxesWithHints, PlainForm, choices_set
from efc_portal.indicators.types import Recognised
from efc_portal.submissions.found import key_of


class FoundForm(PlainForm):
    """Tick boxes of candidates, with what the known-good lists say of each."""

    found = forms.MultipleChoiceField(
        label=_("Which of these belong to what you report?"),
        required=False,
        help_text=_(
            "They stand in your text and have the form of an identifier. Tick those that payments or people in your "
            "report used; what you leave out stays in the text alone."
        ),
    )

    def __init__(
        self, candidates: Sequence[Recognised], hints: Mapping[Recognised, str], ticked: Sequence[str]
    ) -> None:
        super().__init__({"found": list(ticked)})
        shown = [(key_of(one), f"{one.display} · {one.label}") for one in candidates]
        self.fields["found"].widget = CheckboxesWithHints(hints={key_of(one): hints.get(one, "") for one in candidates})
        choices_set(self, "found", shown)
        self.asked = asked(candidates)


def asked(candidates: Sequence[Recognised]) -> str:
    """What the page that asks about these candidates sends back, so that nobody is asked twice."""
    return sha256("\n".join(map(key_of, candidates)).encode()).hexdigest() if candidates else ""


def typed_found(data: Any) -> list[str]:
    """The ticks that were sent."""
    return list(data.getlist("found"))
