"""What members contribute in kind, and in what each kind is counted: the one table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class ContributionKind(TextChoices):
    HOURS = "hours", _("Working time")
    DATA = "data", _("Data")
    TOOLING = "tooling", _("Tools and licences")
    TRAINING = "training", _("Training")
    HOSTING = "hosting", _("Hosting")
    EXPERTISE = "expertise", _("Expertise")


# What one is of each kind, with a number before it.
UNITS: dict[ContributionKind, Any] = {
    ContributionKind.HOURS: ngettext_lazy("%(number)s hour", "%(number)s hours", "count"),
    ContributionKind.DATA: ngettext_lazy("%(number)s record", "%(number)s records", "count"),
    ContributionKind.TOOLING: ngettext_lazy("%(number)s tool", "%(number)s tools", "count"),
    ContributionKind.TRAINING: ngettext_lazy("%(number)s participant", "%(number)s participants", "count"),
    ContributionKind.HOSTING: ngettext_lazy("%(number)s server month", "%(number)s server months", "count"),
    ContributionKind.EXPERTISE: ngettext_lazy("%(number)s day of advice", "%(number)s days of advice", "count"),
}

# What is counted, under each choice of the form.
COUNTED: dict[ContributionKind, str | Promise] = {
    ContributionKind.HOURS: _("Hours that your people worked for the coalition"),
    ContributionKind.DATA: _("Records of the data sets that you shared; never details of a case"),
    ContributionKind.TOOLING: _("Tools or licences that you let others use"),
    ContributionKind.TRAINING: _("People of other organisations who took part in your training"),
    ContributionKind.HOSTING: _("Months that servers or services ran for the coalition, one for each server"),
    ContributionKind.EXPERTISE: _("Days of legal, forensic or other advice by your specialists"),
}


def quantity_text(kind: str, quantity: Decimal) -> str:
    """A quantity with its unit in the active language: “1 tool”, “1,250.5 hours”."""
    whole = quantity == quantity.to_integral_value()
    number = number_format(quantity.quantize(Decimal(1)) if whole else quantity.normalize(), force_grouping=True)
    return str(UNITS[ContributionKind(kind)] % {"count": int(quantity) if whole else 2, "number": number})
