"""Referrals: a case, handed to a law enforcement agency, and what the agency did."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from efc_portal.cases.models import Case
from efc_portal.core.models import DataKey
from efc_portal.partners.models import Agency
from efc_portal.referrals.enums import AgencyDeclineReason, OutcomeCode, ReferralStatus, ReleaseKind
from efc_portal.referrals.querysets import ReferralQuerySet
from efc_portal.submissions.models import Submission


class Referral(models.Model):
    """One hand-over of chosen submissions of a case to one agency. Its text is sealed under its own data key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # R-2026-000017
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="referrals")
    submissions = models.ManyToManyField(Submission, related_name="referrals")
    status = models.CharField(max_length=20, choices=ReferralStatus, default=ReferralStatus.DRAFT)
    status_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)  # until when the agency is asked to acknowledge
    decline_reason = models.CharField(max_length=20, choices=AgencyDeclineReason, blank=True)
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()  # sealed JSON: title, summary, request, routing reason, notes of the answer

    objects = ReferralQuerySet.as_manager()

    STATUS_KINDS = {
        ReferralStatus.DRAFT: "quiet",
        ReferralStatus.REVIEW: "wait",
        ReferralStatus.DELIVERED: "wait",
        ReferralStatus.ACCEPTED: "good",
        ReferralStatus.CONCLUDED: "good",
        ReferralStatus.DECLINED: "quiet",
        ReferralStatus.WITHDRAWN: "quiet",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referrals_referral_status", condition=models.Q(status__in=ReferralStatus.values)
            ),
            models.CheckConstraint(
                name="referrals_four_eyes",
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("drafted_by")),
            ),
            models.CheckConstraint(
                name="referrals_approved_when_on_its_way",
                condition=models.Q(status__in=["draft", "review", "withdrawn"])
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["agency", "status", "-created_at"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def content_context(self) -> str:
        return f"referral:{self.id}:content"

    @property
    def overdue(self) -> bool:
        """Whether the day to acknowledge it by is over, and nobody did."""
        return (
            self.status == ReferralStatus.DELIVERED and self.due_on is not None and self.due_on < timezone.localdate()
        )


class Package(models.Model):
    """The encrypted file of a referral, built once. `sha256` and `size` are of the file as the agency downloads it."""

    referral = models.OneToOneField(Referral, primary_key=True, on_delete=models.PROTECT, related_name="package")
    blob = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    manifest_sha256 = models.CharField(max_length=64)
    recipient = models.CharField(max_length=120)  # the age key it is encrypted to
    built_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"package of {self.referral_id}"

    @property
    def context(self) -> str:
        return f"package:{self.referral_id}"


class Delivery(models.Model):
    """A package's arrival at an agency by one channel, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # the receiver's idempotency key
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=20)  # inbox
    delivered_at = models.DateTimeField(default=timezone.now)
    downloaded_at = models.DateTimeField(null=True)  # the first download

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "channel"], name="referrals_delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.referral_id}"


class Outcome(models.Model):
    """What came of a referral, as a code with a count."""

    id = models.BigAutoField(primary_key=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=30, choices=OutcomeCode)
    count = models.PositiveIntegerField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["reported_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "code"], name="referrals_outcome_once"),
            models.CheckConstraint(name="referrals_outcome_code", condition=models.Q(code__in=OutcomeCode.values)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.count}"


class Release(models.Model):
    """What the submitters of a referral may be told, and from when. Decided by the agency; added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="releases")
    kind = models.CharField(max_length=20, choices=ReleaseKind)
    release_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["release_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "kind"], name="referrals_release_once"),
            models.CheckConstraint(name="referrals_release_kind", condition=models.Q(kind__in=ReleaseKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.referral_id}"
