"""How long a sighting says something: it fades, evenly, over its type's lifetime, and each new sighting renews it.

An address of the network changes hands within weeks, an account stays with its holder for years. The lifetimes are
the coalition's working assumption, declared with each type; they order and warn, and delete nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from efc_portal.indicators.types import type_of


class Freshness(TextChoices):
    FRESH = "fresh", pgettext_lazy("how recent a value is", "fresh")
    AGEING = "ageing", pgettext_lazy("how recent a value is", "ageing")
    FADED = "faded", pgettext_lazy("how recent a value is", "faded")


@dataclass(frozen=True)
class Lifetime:
    """When a value of a type was seen, first and last, and what that is worth on a day."""

    type: str
    first_seen: date
    last_seen: date

    @property
    def valid_until(self) -> date:
        """The first day on which it has faded, unless it is seen again. STIX `valid_until`."""
        return self.last_seen + timedelta(days=type_of(self.type).lifetime_days)

    def score(self, today: date) -> int:
        """What is left of it, in percent: 100 on the day it was last seen, 0 when it has faded."""
        days = type_of(self.type).lifetime_days
        left = days - max((today - self.last_seen).days, 0)
        return max(100 * left // days, 0)

    def freshness(self, today: date) -> Freshness:
        score = self.score(today)
        if score == 0:
            return Freshness.FADED
        return Freshness.FRESH if score >= 50 else Freshness.AGEING
