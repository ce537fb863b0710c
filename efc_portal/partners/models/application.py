"""Applications to join, and what is asked, checked, commented and voted about them.

In clear stand only what lists sort by, what tells duplicates, states and dates. Everything personal and every free
text is sealed under a data key of each application's own; destroying it erases them all.
"""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.models import DataKey
from efc_portal.partners.applications.enums import (
    ApplicationStatus,
    CheckState,
    Choice,
    DeclineReason,
    SponsorStatus,
    Stance,
)
from efc_portal.partners.enums import Sector
from efc_portal.partners.models.organisation import Organisation


class Application(models.Model):
    """One organisation's wish to join. Until it is sent it is a draft that the applicant alone sees."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True, null=True)  # A-2026-000012, given when it is sent
    status = models.CharField(max_length=20, choices=ApplicationStatus, default=ApplicationStatus.DRAFT)
    status_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)  # the applicant's last act while it was a draft
    confirmed_at = models.DateTimeField(null=True)  # when the address was confirmed by a link
    submitted_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=12, default=settings.LANGUAGE_CODE)  # of the applicant

    name = models.CharField(_("organisation"), max_length=200)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    country = models.CharField(_("country"), max_length=2)  # ISO 3166-1 alpha-2
    website = models.URLField(_("website"), blank=True)
    register_number = models.CharField(_("register number"), max_length=40, blank=True)
    lei = models.CharField(_("LEI"), max_length=20, blank=True)
    domain = models.CharField(_("domain"), max_length=253)  # of its mail addresses, as DNS has it

    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sponsor = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="sponsored")
    sponsor_status = models.CharField(max_length=20, choices=SponsorStatus, blank=True)
    sponsor_at = models.DateTimeField(null=True)
    comments_until = models.DateTimeField(null=True)
    votes_until = models.DateTimeField(null=True)
    decline_reasons = ArrayField(models.CharField(max_length=20, choices=DeclineReason), default=list)
    organisation = models.OneToOneField(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="application"
    )  # what it became

    erased_at = models.DateTimeField(null=True)
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()  # JSON: the answers by their names (`applications/answers.py`)
    decision_sealed = models.BinaryField(default=b"")  # the decision's reasons in words

    STATUS_KINDS = {
        ApplicationStatus.DRAFT: "quiet",
        ApplicationStatus.RECEIVED: "wait",
        ApplicationStatus.APPROVED: "good",
        ApplicationStatus.ACTIVATED: "good",
        ApplicationStatus.DECLINED: "quiet",
        ApplicationStatus.WITHDRAWN: "quiet",
    }

    class Meta:
        ordering = ["-submitted_at", "-reference"]
        constraints = [
            models.CheckConstraint(
                name="partners_application_status", condition=models.Q(status__in=ApplicationStatus.values)
            ),
            models.CheckConstraint(
                name="partners_application_reference",
                condition=models.Q(status=ApplicationStatus.DRAFT, reference=None, submitted_at=None)
                | models.Q(
                    ~models.Q(status=ApplicationStatus.DRAFT),
                    reference__regex=r"^A-[0-9]{4}-[0-9]{6}$",
                    submitted_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="partners_application_country", condition=models.Q(country__regex=r"^[A-Z]{2}$")
            ),
            models.CheckConstraint(
                name="partners_application_declined_for_reasons",
                condition=~models.Q(status=ApplicationStatus.DECLINED) | models.Q(decline_reasons__len__gt=0),
            ),
            models.CheckConstraint(
                name="partners_application_nothing_left_once_erased",
                condition=models.Q(erased_at=None) | models.Q(sealed=b"", decision_sealed=b""),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-submitted_at"], name="partners_application_by_status"),
            models.Index(fields=["domain"], name="partners_application_by_domain"),
        ]

    def __str__(self) -> str:
        return self.reference or f"draft {self.id}"

    @property
    def seal_context(self) -> str:
        return f"application:{self.id}"

    @cached_property
    def answers(self) -> dict[str, Any]:
        """What the applicant wrote, by the names of the questions; nothing once it is erased."""
        if self.erased_at:
            return {}
        opened: dict[str, Any] = self.data_key.unseal_json(self.sealed, self.seal_context)
        return opened

    @property
    def email(self) -> str:
        """The confirmed address of the contact; empty once it is erased."""
        return str(self.answers.get("email", ""))

    @property
    def decision_text(self) -> str:
        return self.opened(self.decision_sealed, "decision")

    def seal(self, text: str, what: str) -> bytes:
        """A text sealed as a part of this application; empty for none."""
        return self.data_key.seal_text(text, f"{self.seal_context}:{what}") if text else b""

    def opened(self, sealed: bytes | memoryview, what: str) -> str:
        if self.erased_at or not len(sealed):
            return ""
        return self.data_key.unseal_text(sealed, f"{self.seal_context}:{what}")


class ApplicationMessage(models.Model):
    """A question of the secretariat, or what the applicant wrote."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    from_secretariat = models.BooleanField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="partners_applicationmessage_from",
                condition=models.Q(from_secretariat=True, author__isnull=False)
                | models.Q(from_secretariat=False, author=None),
            )
        ]

    def __str__(self) -> str:
        return f"message on {self.application_id}"


class ApplicationCheck(models.Model):
    """What was found about one item of the checklist (`applications/checklist.py`), with the evidence."""

    id = models.BigAutoField(primary_key=True)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="checks")
    item = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=CheckState, default=CheckState.OPEN)
    sealed = models.BinaryField(default=b"")  # the evidence
    checked_at = models.DateTimeField(default=timezone.now)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "item"], name="partners_applicationcheck_once"),
            models.CheckConstraint(
                name="partners_applicationcheck_state", condition=models.Q(state__in=CheckState.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} of {self.application_id}"


class ApplicationComment(models.Model):
    """What a member says about an application. One for each person, who may change it while comments are open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="comments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=20, choices=Stance)
    sealed = models.BinaryField(default=b"")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "author"], name="partners_applicationcomment_once"),
            models.CheckConstraint(
                name="partners_applicationcomment_stance", condition=models.Q(stance__in=Stance.values)
            ),
        ]

    def __str__(self) -> str:
        return f"comment on {self.application_id}"


class Ballot(models.Model):
    """One vote of one member of the steering committee. Who has one was settled when the vote was called."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="ballots")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20, choices=Choice, blank=True)  # empty: not cast
    sealed = models.BinaryField(default=b"")  # the reason, if one was given
    cast_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "voter"], name="partners_ballot_once"),
            models.CheckConstraint(
                name="partners_ballot_cast_or_not",
                condition=models.Q(choice="", cast_at=None) | models.Q(choice__in=Choice.values, cast_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["voter"], name="partners_ballot_open", condition=models.Q(choice=""))]

    def __str__(self) -> str:
        return f"vote of {self.voter_id} on {self.application_id}"
