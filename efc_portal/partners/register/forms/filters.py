"""How the register is narrowed down and sorted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.core.countries import countries_named
from efc_portal.core.forms import choices_set
from efc_portal.partners.enums import OrganisationKind, OrganisationStatus, Sector
from efc_portal.partners.models import Domain, Organisation
from efc_portal.partners.register.selectors import joined_years, member_countries, people_unprotected, present_people

SORTS = {"name", "status", "country", "sector", "joined_on"}


class RegisterFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error. Only what leads somewhere can be chosen."""

    hide_optional = True

    q = forms.CharField(label=_("Name, LEI or domain"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", pgettext_lazy("kinds", "All")), *OrganisationKind.choices]
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", pgettext_lazy("sectors", "All")), *Sector.choices]
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    joined = forms.ChoiceField(label=_("Joined in"), required=False)
    people = forms.ChoiceField(
        label=_("People"),
        required=False,
        choices=[
            ("", pgettext_lazy("people", "All")),
            ("unprotected", _("Somebody without a second factor")),
            ("none", _("Nobody yet")),
        ],
    )
    status = forms.ChoiceField(required=False, choices=OrganisationStatus.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = countries_named(member_countries())
        choices_set(self, "country", [("", pgettext_lazy("countries", "All")), *countries])
        years = [(str(year), str(year)) for year in joined_years()]
        choices_set(self, "joined", [("", pgettext_lazy("years", "Any year")), *years])
        self.is_valid()

    def narrow(self, organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Everything but the standing, for the counts by standing."""
        wanted = self.cleaned_data
        if text := " ".join((wanted.get("q") or "").split()):
            domains = Domain.objects.filter(name__icontains=text.lower().removeprefix("@"))
            organisations = organisations.filter(
                Q(name__icontains=text)
                | Q(lei__startswith=text.upper().replace(" ", ""))
                | Q(pk__in=domains.values("organisation"))
            )
        for name in ("kind", "sector", "country"):
            if value := wanted.get(name):
                organisations = organisations.filter(**{name: value})
        if year := wanted.get("joined"):
            organisations = organisations.filter(joined_on__year=int(year))
        if wanted.get("people") == "unprotected":
            organisations = organisations.filter(pk__in=people_unprotected().values("organisation"))
        elif wanted.get("people") == "none":
            organisations = organisations.exclude(pk__in=present_people().values("organisation"))
        return organisations

    def apply(self, organisations: QuerySet[Organisation], *, sort: str = "") -> QuerySet[Organisation]:
        found = self.narrow(organisations)
        if status := self.cleaned_data.get("status"):
            found = found.filter(status=status)
        column = sort if sort.removeprefix("-") in SORTS else "name"
        return found.order_by(column, "name", "pk")

    @property
    def chosen(self) -> dict[str, str]:
        """What narrows the list, as an export of it is recorded."""
        return {name: value for name, value in self.cleaned_data.items() if value}
