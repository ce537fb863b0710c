"""Where an organisation stands: times of grace, yearly reviews with what was told about them, and leaving."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.partners.enums import LeaveStatus, NoticeKind
from efc_portal.partners.models.organisation import Organisation


class Review(models.Model):
    """One yearly review of an organisation. What it asks is `partners.standing.review_items`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reviews")
    due_on = models.DateField()
    opened_at = models.DateTimeField(default=timezone.now)
    period_from = models.DateField()  # since when contributions and changes count for this review
    contacts_confirmed_at = models.DateTimeField(null=True)
    contacts_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    domains_confirmed_at = models.DateTimeField(null=True)
    domains_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    no_contribution_at = models.DateTimeField(null=True)  # when it was stated that there was none in the period
    no_contribution_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], name="partners_review_one_open", condition=models.Q(done_at=None)
            )
        ]
        indexes = [
            models.Index(fields=["due_on"], name="partners_review_open", condition=models.Q(done_at=None)),
            models.Index(fields=["organisation", "-done_at"], name="partners_review_last"),
        ]

    def __str__(self) -> str:
        return f"review of {self.organisation_id} due {self.due_on}"

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_on < timezone.localdate()


class ReviewNotice(models.Model):
    """What was told about a review, once for each day it was due on."""

    id = models.BigAutoField(primary_key=True)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind)
    due_on = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="partners_notice_kind", condition=models.Q(kind__in=NoticeKind.values)),
            models.UniqueConstraint(fields=["review", "kind", "due_on"], name="partners_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.review_id}"


class Grace(models.Model):
    """A time in which an organisation mends something. It works as before meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="graces")
    what = models.CharField(max_length=300, blank=True)  # what to mend; empty: the review
    review = models.ForeignKey(Review, null=True, on_delete=models.CASCADE, related_name="+")  # that is overdue
    until = models.DateField()
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # when managers were told that its day has passed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], name="partners_grace_one_open", condition=models.Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"grace of {self.organisation_id} until {self.until}"

    @property
    def is_over(self) -> bool:
        return self.until < timezone.localdate()


class LeaveRequest(models.Model):
    """That an organisation leaves: why, its last day, and who answers for open submissions until then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="leave_requests")
    status = models.CharField(_("state"), max_length=20, choices=LeaveStatus, default=LeaveStatus.ASKED)
    status_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300)
    last_day = models.DateField()
    hand_over_to = models.ForeignKey(  # None: the secretariat
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    STATUS_KINDS = {
        LeaveStatus.ASKED: "wait",
        LeaveStatus.AGREED: "good",
        LeaveStatus.REFUSED: "quiet",
        LeaveStatus.WITHDRAWN: "quiet",
        LeaveStatus.DONE: "quiet",
    }

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(name="partners_leave_status", condition=models.Q(status__in=LeaveStatus.values)),
            models.UniqueConstraint(
                fields=["organisation"],
                name="partners_leave_one_open",
                condition=models.Q(status__in=[LeaveStatus.ASKED, LeaveStatus.AGREED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} leaves on {self.last_day}"
