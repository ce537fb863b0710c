"""Identifiers, stored so that equal ones are found and none can be read from a stolen database."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.encryption import OVERHEAD_BYTES
from efc_portal.core.models import DataKey
from efc_portal.indicators.enums import KnownEffect, OwnValueStatus
from efc_portal.indicators.querysets import IdentifierQuerySet, KnownValueQuerySet, OwnValueQuerySet
from efc_portal.partners.models import Organisation

TYPE_PATTERN = r"^[a-z][a-z0-9_]{1,39}$"
MATCH_KEY_BYTES = 32
CAP_MAX = 1000  # of common values: so many submissions make half a million pairs

models.BinaryField.register_lookup(Length, "octets")  # LENGTH of a bytea counts its bytes


class Identifier(models.Model):
    """One value of one type: an account, a wallet, an address. Where it was seen are the sightings of submissions.

    `match_key` is the keyed fingerprint of type and canonical value; `value_sealed` is the canonical value, sealed
    under the shared `identifiers` data key that was current when it was first seen. `wider_keys` are the match keys of
    the values it lies under (an address's domain, a host's parent domains), so that a known value that stands for what
    is below it is found by one query; null where that was not worked out yet, or the type has none.
    """

    id = models.BigAutoField(primary_key=True)
    type = models.CharField(max_length=40)
    match_key = models.BinaryField(max_length=MATCH_KEY_BYTES)
    value_sealed = models.BinaryField()
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    first_seen_at = models.DateTimeField(default=timezone.now)
    wider_keys = ArrayField(models.BinaryField(max_length=MATCH_KEY_BYTES), null=True)

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


class CommonCap(models.Model):
    """Above how many other submissions one identifier is common, where an officer set that for it alone.

    Without a number, that of its type holds again: the row then says who took it away, and why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    identifier = models.OneToOneField(Identifier, on_delete=models.CASCADE, related_name="common_cap")
    cap = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indicators_commoncap_cap", condition=models.Q(cap=None) | models.Q(cap__range=(1, CAP_MAX))
            ),
            models.CheckConstraint(name="indicators_commoncap_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.identifier_id}: {self.cap}"


class KnownList(models.Model):
    """A named list of known values. Of a discreet one, only officers read the reasons of its entries."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=30, unique=True, null=True)  # of the lists that every portal has
    name = models.CharField(_("name"), max_length=80, unique=True)
    purpose = models.CharField(_("what stands on it"), max_length=300)
    discreet = models.BooleanField(_("discreet"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return gettext(self.name)


class KnownValue(models.Model):
    """A value that means nothing by itself: a public mail provider, a published example, a member's own account.

    Public values carry a plain `label`; confidential ones (a bank's own accounts) are sealed like identifiers. An
    entry is never changed or deleted: it ends, dated, with who ended it and why. While it stands, its value makes no
    matches; matches made before are kept and do not count.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    known_list = models.ForeignKey(KnownList, on_delete=models.PROTECT, related_name="entries", verbose_name=_("list"))
    type = models.CharField(max_length=40)
    match_key = models.BinaryField(max_length=MATCH_KEY_BYTES)
    label = models.CharField(_("value"), max_length=300, blank=True)
    value_sealed = models.BinaryField(null=True)
    data_key = models.ForeignKey(DataKey, null=True, on_delete=models.PROTECT, related_name="+")
    covers_below = models.BooleanField(
        default=False
    )  # hosts, addresses and pages under a domain, a network's addresses
    effect = models.CharField(_("effect"), max_length=10, choices=KnownEffect)
    reason = models.CharField(_("reason"), max_length=300)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")  # whose own
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = models.CharField(max_length=300, blank=True)

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
        indexes = [models.Index(fields=["match_key"]), models.Index(fields=["-added_at"])]

    def __str__(self) -> str:
        return f"{self.type} {self.label or self.pk}"

    @property
    def is_active(self) -> bool:
        return self.ended_at is None

    @property
    def context(self) -> str:
        return f"known-value:{self.type}:{bytes(self.match_key).hex()}"


class OwnValue(models.Model):
    """A value that a member says is its own. It takes effect as a `KnownValue` once an officer has confirmed it.

    `statement` is the member's word of what it is; it holds no value. Its own organisation and officers alone see both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="own_values")
    status = models.CharField(max_length=20, choices=OwnValueStatus, default=OwnValueStatus.PROPOSED)
    status_at = models.DateTimeField(default=timezone.now)
    type = models.CharField(max_length=40)
    match_key = models.BinaryField(max_length=MATCH_KEY_BYTES)
    value_sealed = models.BinaryField()
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    statement = models.CharField(_("what it is"), max_length=200)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)  # of whoever decided or ended, for the member
    known_value = models.ForeignKey(KnownValue, null=True, on_delete=models.PROTECT, related_name="own_values")

    objects = OwnValueQuerySet.as_manager()

    STATUS_KINDS = {
        OwnValueStatus.PROPOSED: "wait",
        OwnValueStatus.CONFIRMED: "good",
        OwnValueStatus.DECLINED: "quiet",
        OwnValueStatus.WITHDRAWN: "quiet",
        OwnValueStatus.ENDED: "quiet",
    }

    class Meta:
        ordering = ["-proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "match_key"],
                name="indicators_ownvalue_once",
                condition=models.Q(status__in=[OwnValueStatus.PROPOSED, OwnValueStatus.CONFIRMED]),
            ),
            models.CheckConstraint(
                name="indicators_ownvalue_status", condition=models.Q(status__in=OwnValueStatus.values)
            ),
            models.CheckConstraint(
                name="indicators_ownvalue_match_key", condition=models.Q(match_key__octets=MATCH_KEY_BYTES)
            ),
            models.CheckConstraint(
                name="indicators_ownvalue_confirmed",
                condition=~models.Q(status=OwnValueStatus.CONFIRMED) | models.Q(known_value__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["status", "proposed_at"])]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"

    @property
    def context(self) -> str:
        return f"own-value:{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether the member can still take it back."""
        return self.status in (OwnValueStatus.PROPOSED, OwnValueStatus.CONFIRMED)
