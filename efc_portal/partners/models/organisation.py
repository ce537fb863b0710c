"""Organisations of the coalition, and who belongs to them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.partners.enums import (
    ACTIVE_STATUSES,
    ContactKind,
    LawfulBasis,
    Matter,
    OrganisationKind,
    OrganisationStatus,
    Role,
    Sector,
)


class Organisation(models.Model):
    """A partner, the secretariat, or a law enforcement agency.

    Where it stands is `status` (table: `partners/transitions.py`); `is_active` follows from it in the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)  # one of a kind among those who have not left
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    country = models.CharField(_("country"), max_length=2)  # ISO 3166-1 alpha-2; also the provider's country
    website = models.URLField(_("website"), blank=True)
    register_number = models.CharField(_("register number"), max_length=40, blank=True)  # of the national register
    lei = models.CharField(_("LEI"), max_length=20, blank=True)  # ISO 17442
    is_obliged = models.BooleanField(_("obliged entity"), null=True)  # under anti-money-laundering law; null: unknown
    lawful_basis = models.CharField(_("lawful basis"), max_length=30, choices=LawfulBasis, blank=True)
    status = models.CharField(
        _("standing"), max_length=20, choices=OrganisationStatus, default=OrganisationStatus.ACTIVE
    )
    status_at = models.DateTimeField(default=timezone.now)
    is_active = models.GeneratedField(
        expression=models.Q(status__in=ACTIVE_STATUSES),  # type: ignore[arg-type]  # Django takes conditions
        output_field=models.BooleanField(),
        db_persist=True,
    )
    joined_on = models.DateField(default=timezone.localdate)
    left_on = models.DateField(null=True)

    STATUS_KINDS = {
        OrganisationStatus.ACTIVE: "good",
        OrganisationStatus.GRACE: "wait",
        OrganisationStatus.SUSPENDED: "alarm",
        OrganisationStatus.LEFT: "quiet",
    }

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="partners_organisation_kind", condition=models.Q(kind__in=OrganisationKind.values)
            ),
            models.CheckConstraint(
                name="partners_organisation_country", condition=models.Q(country__regex=r"^[A-Z]{2}$")
            ),
            models.CheckConstraint(
                name="partners_organisation_status", condition=models.Q(status__in=OrganisationStatus.values)
            ),
            models.CheckConstraint(
                name="partners_organisation_lei",
                condition=models.Q(lei="") | models.Q(lei__regex=r"^[A-Z0-9]{18}[0-9]{2}$"),
            ),
            models.CheckConstraint(
                name="partners_organisation_left_on_a_day",
                condition=models.Q(~models.Q(status=OrganisationStatus.LEFT), left_on=None)
                | models.Q(status=OrganisationStatus.LEFT, left_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                name="partners_one_secretariat",
                condition=models.Q(kind=OrganisationKind.SECRETARIAT),
            ),
            models.UniqueConstraint(
                Lower("name"),
                name="partners_organisation_name_once",
                condition=~models.Q(status=OrganisationStatus.LEFT),
            ),
            models.UniqueConstraint(
                fields=["lei"],
                name="partners_organisation_lei_once",
                condition=~models.Q(lei="") & ~models.Q(status=OrganisationStatus.LEFT),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "name"], name="partners_organisation_standing"),
            models.Index(fields=["-joined_on", "name"], name="partners_organisation_joined"),
        ]

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    """A mail domain whose addresses belong to an organisation's people. Lower case, in the form DNS has (A-labels)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(_("domain"), max_length=253, unique=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)  # how it was confirmed, or why it is allowed

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="partners_domain_form", condition=models.Q(name__regex=r"^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$")
            )
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """Somebody an organisation names for a purpose. That alone opens nothing in the portal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("contact for"), max_length=20, choices=ContactKind)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"), max_length=254)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)  # when the organisation last said that this is right

    class Meta:
        ordering = ["kind", "name", "email"]
        constraints = [
            models.CheckConstraint(name="partners_contact_kind", condition=models.Q(kind__in=ContactKind.values)),
            models.UniqueConstraint(fields=["organisation", "kind", "email"], name="partners_contact_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"


class FieldChange(models.Model):
    """The history of one field of the register: what stood there before and after, when, by whom, and why."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="field_changes")
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [models.Index(fields=["organisation", "-changed_at"])]

    def __str__(self) -> str:
        return f"{self.field} of {self.organisation_id}"


class Membership(models.Model):
    """A person's place in an organisation, with one or more of its roles. At most one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=20, choices=Role))
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)  # then the person's account is not active either

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], name="partners_membership_one_at_a_time", condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="partners_membership_known_roles",
                condition=models.Q(roles__contained_by=Role.values) & models.Q(roles__len__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}: {', '.join(self.roles)}"


class Agency(models.Model):
    """What a law enforcement agency is competent for, and the key its packages are encrypted to."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="agency")
    countries = ArrayField(models.CharField(max_length=2), default=list)  # ISO 3166-1; empty: every country
    matters = ArrayField(models.CharField(max_length=40, choices=Matter), default=list)
    recipient = models.CharField(max_length=120, blank=True)  # age X25519 public key: age1…
    recipient_confirmed_at = models.DateTimeField(null=True)
    # the second way: a telephone number that was found somewhere else than in the portal or in the agency's mail
    channel_phone = models.CharField(_("telephone number"), max_length=30, blank=True)  # E.164: +31201234567
    channel_source = models.CharField(_("where it was found"), max_length=200, blank=True)
    channel_set_at = models.DateTimeField(null=True)
    channel_set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    channel_spoke_with = models.CharField(max_length=150, blank=True)  # who answered when the number was called
    channel_confirmed_at = models.DateTimeField(null=True)
    channel_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(
                name="partners_agency_channel_four_eyes",
                condition=models.Q(channel_confirmed_by=None)
                | models.Q(channel_set_by=None)
                | ~models.Q(channel_confirmed_by=models.F("channel_set_by")),
            ),
            models.CheckConstraint(
                name="partners_agency_channel_confirmed_is_one",
                condition=models.Q(channel_confirmed_at=None) | ~models.Q(channel_phone=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)

    @property
    def is_ready(self) -> bool:
        """Whether packages can be sent: key and channel are both confirmed."""
        return bool(self.recipient and self.recipient_confirmed_at and self.channel_confirmed_at)

    @property
    def matter_labels(self) -> list[str]:
        return [str(Matter(matter).label) for matter in self.matters]
