"""Identifiers, stored so that equal ones are found and none can be read from a stolen database."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.encryption import OVERHEAD_BYTES
from efc_portal.core.models import DataKey
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.querysets import IdentifierQuerySet, KnownValueQuerySet

TYPE_PATTERN = r"^[a-z][a-z0-9_]{1,39}$"
MATCH_KEY_BYTES = 32

models.BinaryField.register_lookup(Length, "octets")  # LENGTH of a bytea counts its bytes


class Identifier(models.Model):
    """One value of one type: an account, a wallet, an address. Where it was seen are the sightings of submissions.

    `match_key` is the keyed fingerprint of type and canonical value; `value_sealed` is the canonical value, sealed
    under the shared `identifiers` data key that was current when it was first seen.
    """

    id = models.BigAutoField(primary_key=True)
    type = models.CharField(max_length=40)
    match_key = models.BinaryField(max_length=MATCH_KEY_BYTES)
    value_sealed = models.BinaryField()
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    first_seen_at = models.DateTimeField(default=timezone.now)

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match_key", "type"], name="indicators_identifier_once"),
            models.CheckConstraint(name="indicators_identifier_type", condition=models.Q(type__regex=TYPE_PATTERN)),
            models.CheckConstraint(
                name="indicators_identifier_match_key", condition=models.Q(match_key__octets=MATCH_KEY_BYTES)
            ),
            models.CheckConstraint(
                name="indicators_identifier_sealed", condition=models.Q(value_sealed__octets__gt=OVERHEAD_BYTES)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"

    @property
    def context(self) -> str:
        """What its sealed value is bound to, so that a value moved to another row does not open."""
        return f"identifier:{self.type}:{bytes(self.match_key).hex()}"


class KnownValue(models.Model):
    """A value that means nothing by itself: a public mail provider, a published example, a member's own account.

    Public values carry a plain `label`; confidential ones (a bank's own accounts) are sealed like identifiers. An
    entry is never deleted: it ends, dated and with who ended it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    type = models.CharField(max_length=40)
    match_key = models.BinaryField(max_length=MATCH_KEY_BYTES)
    label = models.CharField(_("value"), max_length=300, blank=True)
    value_sealed = models.BinaryField(null=True)
    data_key = models.ForeignKey(DataKey, null=True, on_delete=models.PROTECT, related_name="+")
    covers_below = models.BooleanField(default=False)  # of a domain: hosts, addresses and pages under it as well
    effect = models.CharField(_("effect"), max_length=10, choices=KnownEffect)
    reason = models.CharField(_("reason"), max_length=300)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = KnownValueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["match_key", "type"], name="indicators_knownvalue_once", condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(name="indicators_knownvalue_type", condition=models.Q(type__regex=TYPE_PATTERN)),
            models.CheckConstraint(
                name="indicators_knownvalue_effect", condition=models.Q(effect__in=KnownEffect.values)
            ),
            models.CheckConstraint(
                name="indicators_knownvalue_match_key", condition=models.Q(match_key__octets=MATCH_KEY_BYTES)
            ),
            models.CheckConstraint(
                name="indicators_knownvalue_label_or_sealed",
                condition=(~models.Q(label="") & models.Q(value_sealed=None, data_key=None))
                | models.Q(label="", value_sealed__octets__gt=OVERHEAD_BYTES, data_key__isnull=False),
            ),
            models.CheckConstraint(name="indicators_knownvalue_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.label or self.pk}"

    @property
    def is_active(self) -> bool:
        return self.ended_at is None

    @property
    def context(self) -> str:
        return f"known-value:{self.type}:{bytes(self.match_key).hex()}"
