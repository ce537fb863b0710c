"""People who are asked in, and people who lost their second factor."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from efc_portal.partners.enums import FactorResetStatus, InvitationStatus, Role
from efc_portal.partners.models.organisation import Organisation


class Invitation(models.Model):
    """A place in an organisation that is offered to an address. The link to it stands in the mail alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)  # canonical (core.addresses)
    name = models.CharField(max_length=150)
    roles = ArrayField(models.CharField(max_length=20, choices=Role))
    language = models.CharField(max_length=12, choices=settings.INTERFACE_LANGUAGES, default="en")
    outside_reason = models.CharField(max_length=200, blank=True)  # why an address at a foreign domain is allowed
    status = models.CharField(max_length=20, choices=InvitationStatus, default=InvitationStatus.OPEN)
    status_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)  # the last mail; null while it waits to be sent
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    STATUS_KINDS = {
        InvitationStatus.OPEN: "wait",
        InvitationStatus.ACCEPTED: "good",
        InvitationStatus.WITHDRAWN: "quiet",
        InvitationStatus.LAPSED: "quiet",
    }

    class Meta:
        ordering = ["-invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], name="partners_invitation_one_open", condition=models.Q(status=InvitationStatus.OPEN)
            ),
            models.CheckConstraint(
                name="partners_invitation_status", condition=models.Q(status__in=InvitationStatus.values)
            ),
            models.CheckConstraint(
                name="partners_invitation_known_roles",
                condition=models.Q(roles__contained_by=Role.values) & models.Q(roles__len__gt=0),
            ),
            models.CheckConstraint(
                name="partners_invitation_accepted_by_somebody",
                condition=models.Q(~models.Q(status=InvitationStatus.ACCEPTED), accepted_by=None)
                | models.Q(status=InvitationStatus.ACCEPTED, accepted_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "status"], name="partners_invitation_of")]

    def __str__(self) -> str:
        return f"invitation {self.id}"

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]


class FactorReset(models.Model):
    """A lost second factor that is to be taken off: asked for by one, approved by another, done after a wait."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="factor_resets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    status = models.CharField(max_length=20, choices=FactorResetStatus, default=FactorResetStatus.ASKED)
    status_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)  # not before then; null until it is approved

    STATUS_KINDS = {
        FactorResetStatus.ASKED: "wait",
        FactorResetStatus.WAITING: "wait",
        FactorResetStatus.DONE: "good",
        FactorResetStatus.STOPPED: "danger",
    }
    OPEN = (FactorResetStatus.ASKED, FactorResetStatus.WAITING)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                name="partners_factorreset_one_open",
                condition=models.Q(status__in=[FactorResetStatus.ASKED, FactorResetStatus.WAITING]),
            ),
            models.CheckConstraint(
                name="partners_factorreset_status", condition=models.Q(status__in=FactorResetStatus.values)
            ),
            models.CheckConstraint(
                name="partners_factorreset_four_eyes",
                condition=models.Q(approved_by=None)
                | (~models.Q(approved_by=models.F("asked_by")) & ~models.Q(approved_by=models.F("user"))),
            ),
            models.CheckConstraint(
                name="partners_factorreset_not_one_s_own", condition=~models.Q(asked_by=models.F("user"))
            ),
            models.CheckConstraint(
                name="partners_factorreset_approved_before_it_is_done",
                condition=~models.Q(status__in=[FactorResetStatus.WAITING, FactorResetStatus.DONE])
                | models.Q(approved_by__isnull=False, due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"factor reset {self.id}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN
