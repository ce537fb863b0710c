"""The search form. Only what was typed can be wrong; filters that make no sense filter nothing."""

from __future__ import annotations

from collections import Counter

from django import forms
from django.utils.translation import gettext_lazy as _

from efc_portal.website.enums import EntryKind
from efc_portal.website.plain import year_read
from efc_portal.website.search.query import LONGEST
from efc_portal.website.search.selectors import Filters
from efc_portal.website.search.words import clean

LATEST = "date"


class SearchForm(forms.Form):
    hide_optional = True
    use_required_attribute = False

    q = forms.CharField(
        label=_("Search for"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    kind = forms.CharField(required=False, widget=forms.HiddenInput)
    year = forms.CharField(label=_("Year"), required=False, widget=forms.Select)
    sort = forms.CharField(
        label=_("Sorted by"),
        required=False,
        widget=forms.Select(choices=[("", _("Relevance")), (LATEST, _("Date, latest first"))]),
    )

    def clean_q(self) -> str:
        typed = clean(self.cleaned_data["q"])
        if len(typed) > LONGEST:
            raise forms.ValidationError(
                _("This is too long to search for: use at most %(longest)s characters."), params={"longest": LONGEST}
            )
        return typed

    def filters(self) -> Filters:
        kind = self.cleaned_data.get("kind")
        return Filters(
            kind=EntryKind(kind) if kind in EntryKind.values else None,
            year=year_read(self.cleaned_data.get("year", "")),
            latest_first=self.cleaned_data.get("sort") == LATEST,
        )

    def offer_years(self, years: Counter[int]) -> None:
        """Let readers choose among the years in which something was found."""
        self.fields["year"].widget.choices = [
            ("", _("All years")),
            *((year, f"{year} ({years[year]})") for year in sorted(years, reverse=True)),
        ]
