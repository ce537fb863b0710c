"""The ledger of what members contribute in kind."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.frozen import Frozen
from efc_portal.core.money import money_text
from efc_portal.partners.contributions.enums import ContributionKind, quantity_text
from efc_portal.partners.models.organisation import Organisation


class Contribution(models.Model):
    """One entry. It is never changed: a mistake is withdrawn with a reason, and recorded anew.

    Seen by the organisation and the secretariat alone. The period lies within one calendar year.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contributions")
    kind = models.CharField(_("kind"), max_length=20, choices=ContributionKind)
    period_from = models.DateField(_("from"))
    period_to = models.DateField(_("to"))  # the last day
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=2)  # in the unit of the kind
    description = models.TextField(_("description"), blank=True)
    amount = models.DecimalField(_("valuation"), max_digits=16, decimal_places=4, null=True)  # what it is worth
    currency = models.CharField(_("currency"), max_length=3, blank=True)  # ISO 4217
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-period_from", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                name="partners_contribution_kind", condition=models.Q(kind__in=ContributionKind.values)
            ),
            models.CheckConstraint(name="partners_contribution_of_something", condition=models.Q(quantity__gt=0)),
            models.CheckConstraint(
                name="partners_contribution_period",
                condition=models.Q(period_from__lte=models.F("period_to"))
                & models.Q(period_from__year=ExtractYear("period_to")),
            ),
            models.CheckConstraint(
                name="partners_contribution_valued_in_a_currency",
                condition=models.Q(amount=None, currency="")
                | models.Q(amount__gte=0, currency__regex=r"^[A-Z]{3}$"),
            ),
            models.CheckConstraint(
                name="partners_contribution_withdrawn_for_a_reason",
                condition=models.Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason=""),
            ),
            Frozen(
                name="partners_contribution_frozen",
                fields=[
                    "organisation", "kind", "period_from", "period_to", "quantity", "description", "amount",
                    "currency", "recorded_at", "recorded_by",
                ],
                since="recorded_at",
                deletable=True,
            ),
            Frozen(
                name="partners_contribution_stays_withdrawn",
                fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"],
                since="withdrawn_at",
                deletable=True,
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organisation", "-period_from"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.period_from:%Y}"

    @property
    def year(self) -> int:
        return self.period_from.year

    @property
    def quantity_text(self) -> str:
        return quantity_text(self.kind, self.quantity)

    @property
    def valuation_text(self) -> str:
        """The valuation with its currency; empty when none was given."""
        return money_text(self.amount, self.currency) if self.amount is not None else ""
