"""Recording a contribution, withdrawing one, and the filters of the lists."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.core.forms import CodeField, RadioSelectWithHints, choices_set
from efc_portal.core.money import VIRTUAL_CURRENCIES, currency_choices, is_currency
from efc_portal.partners.contributions.enums import COUNTED, ContributionKind
from efc_portal.partners.enums import Sector
from efc_portal.partners.models import Contribution

_COMMA = re.compile(r"\d+,\d{1,2}")
DAY = {"type": "date", "class": "govuk-input--width-10"}


def _is_iso(code: str) -> bool:
    return code not in VIRTUAL_CURRENCIES and is_currency(code)


def _iso_choices() -> list[tuple[str, Any]]:
    return [("", _("None")), *(choice for choice in currency_choices() if choice[0] not in VIRTUAL_CURRENCIES)]


class PlainDecimalField(forms.DecimalField):
    """A number with a point or a comma before at most two digits; blanks between thousands. “1,250” is refused."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = "".join(value.split())
            if _COMMA.fullmatch(value):
                value = value.replace(",", ".")
        return super().to_python(value)


class ContributionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What did your organisation contribute?"),
        choices=ContributionKind.choices,
        widget=RadioSelectWithHints(hints=COUNTED),
        error_messages={"required": _("Choose what it is.")},
    )
    period_from = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY),
        error_messages={"required": _("Give the first day."), "invalid": _("Give the day as 2026-01-31.")},
    )
    period_to = forms.DateField(
        label=_("To"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY),
        help_text=_("The last day, within the same calendar year."),
        error_messages={"required": _("Give the last day."), "invalid": _("Give the day as 2026-01-31.")},
    )
    quantity = PlainDecimalField(
        label=_("How much"),
        max_digits=13,
        decimal_places=2,
        min_value=Decimal("0.01"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        help_text=_("In what the chosen kind counts: hours, records, tools, participants, server months or days."),
        error_messages={
            "required": _("Say how much it was."),
            "invalid": _("Give a number, such as 12 or 7.5."),
            "min_value": _("Give a number above nought."),
            "max_decimal_places": _("Give at most two digits after the point."),
        },
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In a sentence or two, for your own people and the secretariat. No details of cases or persons."),
    )
    amount = PlainDecimalField(
        label=_("What it is worth"),
        required=False,
        max_digits=14,
        decimal_places=4,
        min_value=Decimal(0),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        help_text=_("Only if your organisation wants to say so."),
        error_messages={"invalid": _("Give an amount in digits, such as 1200 or 99.50.")},
    )
    currency = CodeField(
        label=_("Currency"),
        required=False,
        choices=_iso_choices,
        is_code=_is_iso,
        error_messages={"invalid_choice": _("Choose a currency of the list.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("amount") is not None and not cleaned.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("Choose the currency of the valuation."))
        return cleaned

    @classmethod
    def like(cls, contribution: Contribution) -> ContributionForm:
        """Filled in with what an entry said, to record it anew."""
        names = ("kind", "period_from", "period_to", "description", "currency")
        plain = {name: getattr(contribution, name) for name in names}
        numbers = {
            name: f"{value.normalize():f}"
            for name in ("quantity", "amount")
            if (value := getattr(contribution, name)) is not None
        }
        return cls(initial={**plain, **numbers})


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        help_text=_("The entry stays in the ledger with this reason, and counts nowhere."),
        error_messages={"required": _("Say why the entry is withdrawn.")},
    )


class OwnFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    hide_optional = True

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", pgettext_lazy("kinds", "All")), *ContributionKind.choices]
    )
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "year", [("", pgettext_lazy("years", "All")), *((str(year), str(year)) for year in years)])

    def apply(self, queryset: QuerySet[Contribution]) -> QuerySet[Contribution]:
        self.is_valid()
        wanted = self.cleaned_data
        if kind := wanted.get("kind"):
            queryset = queryset.filter(kind=kind)
        if year := wanted.get("year"):
            queryset = queryset.filter(period_from__range=(date(int(year), 1, 1), date(int(year), 12, 31)))
        return queryset

    @property
    def filters(self) -> bool:
        return any(self.cleaned_data.values())


class AllFilterForm(OwnFilterForm):
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", pgettext_lazy("sectors", "All")), *Sector.choices]
    )
    q = forms.CharField(label=_("Organisation"), required=False, max_length=80)

    field_order = ["q", "kind", "sector", "year"]

    def apply(self, queryset: QuerySet[Contribution]) -> QuerySet[Contribution]:
        queryset = super().apply(queryset)
        wanted = self.cleaned_data
        if sector := wanted.get("sector"):
            queryset = queryset.filter(organisation__sector=sector)
        if name := wanted.get("q"):
            queryset = queryset.filter(organisation__name__icontains=name.strip())
        return queryset
