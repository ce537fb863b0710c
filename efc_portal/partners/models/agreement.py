"""The memorandum in its versions, and who accepted which."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.frozen import Frozen
from efc_portal.core.models import DataKey
from efc_portal.partners.agreements.enums import GIVEN, AcceptanceStatus, VersionStatus
from efc_portal.partners.models.organisation import Organisation


class AgreementVersion(models.Model):
    """One version of the memorandum: its text, and the same as a PDF. Final once it is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField()  # 1, 2, …
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))  # plain; an empty line parts paragraphs
    text_sha256 = models.CharField(max_length=64)  # hex, of the text in UTF-8: what a party accepts
    changes = models.TextField(_("summary of changes"), blank=True)
    accept_by = models.DateField(_("to be accepted by"))  # the last day for those who are members already
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+")
    blob = models.CharField(max_length=200)
    size = models.PositiveIntegerField()  # of the PDF, in bytes
    sha256 = models.CharField(max_length=64)  # hex, of the PDF
    status = models.CharField(max_length=20, choices=VersionStatus, default=VersionStatus.DRAFT)
    status_at = models.DateTimeField(default=timezone.now)
    drafted_at = models.DateTimeField(default=timezone.now)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    STATUS_KINDS = {
        VersionStatus.DRAFT: "wait",
        VersionStatus.PUBLISHED: "good",
        VersionStatus.SUPERSEDED: "quiet",
        VersionStatus.DISCARDED: "quiet",
    }

    class Meta:
        ordering = ["-number", "-drafted_at"]
        constraints = [
            models.CheckConstraint(
                name="partners_agreement_status", condition=models.Q(status__in=VersionStatus.values)
            ),
            models.CheckConstraint(
                name="partners_agreement_published_on_a_day",
                condition=models.Q(
                    status__in=[VersionStatus.DRAFT, VersionStatus.DISCARDED],
                    published_at=None,
                    published_by=None,
                )
                | models.Q(
                    status__in=[VersionStatus.PUBLISHED, VersionStatus.SUPERSEDED],
                    published_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="partners_agreement_four_eyes",
                condition=models.Q(published_by=None) | ~models.Q(published_by=models.F("drafted_by")),
            ),
            models.UniqueConstraint(
                fields=["number"],
                name="partners_agreement_number_once",
                condition=~models.Q(status=VersionStatus.DISCARDED),
            ),
            models.UniqueConstraint(
                fields=["status"],
                name="partners_agreement_one_draft_one_in_force",
                condition=models.Q(status__in=[VersionStatus.DRAFT, VersionStatus.PUBLISHED]),
            ),
            Frozen(
                name="partners_agreement_frozen",
                fields=[
                    "number", "title", "text", "text_sha256", "changes", "accept_by", "data_key", "blob", "size",
                    "sha256", "drafted_by", "published_at", "published_by",
                ],
                since="published_at",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    @property
    def context(self) -> str:
        """What its file is bound to."""
        return f"agreement:{self.id}"

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.text.split("\n\n") if part.strip()]


class Acceptance(models.Model):
    """One party and one version of the memorandum: asked, accepted by a named signatory, countersigned.

    The party is an applicant (`application_id`) until it becomes a member, then an organisation. What was accepted, by
    whom and when is final from then on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, blank=True)  # P-2026-000012, given when it is accepted
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="acceptances")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="acceptances")
    application_id = models.UUIDField(null=True)
    party = models.CharField(_("party"), max_length=200)  # the name as it stood
    signatory_name = models.CharField(_("signatory"), max_length=150, blank=True)
    signatory_title = models.CharField(_("function"), max_length=150, blank=True)
    signatory_email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    language = models.CharField(max_length=12, default=settings.LANGUAGE_CODE)  # of letters to the signatory
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reminded = models.PositiveSmallIntegerField(null=True)  # the last reminder: days before the deadline
    accepted_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)  # hex, of the text accepted
    countersigned_at = models.DateTimeField(null=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(_("state"), max_length=20, choices=AcceptanceStatus, default=AcceptanceStatus.ASKED)
    status_at = models.DateTimeField(default=timezone.now)
    # the code by which an applicant's signatory shows that the mailbox is theirs
    code_mac = models.BinaryField(null=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    STATUS_KINDS = {
        AcceptanceStatus.ASKED: "wait",
        AcceptanceStatus.ACCEPTED: "",
        AcceptanceStatus.COUNTERSIGNED: "good",
        AcceptanceStatus.WITHDRAWN: "quiet",
    }

    class Meta:
        ordering = ["party", "-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="partners_acceptance_status", condition=models.Q(status__in=AcceptanceStatus.values)
            ),
            models.CheckConstraint(
                name="partners_acceptance_of_somebody",
                condition=models.Q(organisation__isnull=False) | models.Q(application_id__isnull=False),
            ),
            models.CheckConstraint(
                name="partners_acceptance_given_by_somebody",
                condition=~models.Q(status__in=GIVEN)
                | (
                    models.Q(accepted_at__isnull=False, sha256__regex=r"^[0-9a-f]{64}$")
                    & ~models.Q(signatory_name="")
                    & ~models.Q(reference="")
                ),
            ),
            models.CheckConstraint(
                name="partners_acceptance_countersigned_by_another",
                condition=~models.Q(status=AcceptanceStatus.COUNTERSIGNED)
                | (
                    models.Q(countersigned_at__isnull=False, countersigned_by__isnull=False)
                    & (models.Q(user=None) | ~models.Q(countersigned_by=models.F("user")))
                ),
            ),
            models.UniqueConstraint(
                fields=["organisation", "version"],
                name="partners_acceptance_once_an_organisation",
                condition=~models.Q(status=AcceptanceStatus.WITHDRAWN),
            ),
            models.UniqueConstraint(
                fields=["application_id", "version"],
                name="partners_acceptance_once_an_application",
                condition=~models.Q(status=AcceptanceStatus.WITHDRAWN),
            ),
            models.UniqueConstraint(
                fields=["reference"], name="partners_acceptance_reference", condition=~models.Q(reference="")
            ),
            Frozen(
                name="partners_acceptance_frozen",
                fields=[
                    "reference", "version", "party", "signatory_name", "signatory_title", "signatory_email", "user",
                    "accepted_at", "sha256",
                ],
                since="accepted_at",
                deletable=True,
            ),
            Frozen(
                name="partners_acceptance_countersigned",
                fields=["countersigned_at", "countersigned_by"],
                since="countersigned_at",
                deletable=True,
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["status", "version"], name="partners_acceptance_by_state")]

    def __str__(self) -> str:
        return self.reference or self.party

    @property
    def deadline(self) -> date | None:
        """The last day for a member; none for an applicant, who joins by accepting."""
        return self.version.accept_by if self.organisation_id else None

    @property
    def is_overdue(self) -> bool:
        deadline = self.deadline
        return self.status == AcceptanceStatus.ASKED and deadline is not None and deadline < timezone.localdate()

    @property
    def is_countersigned(self) -> bool:
        return self.status == AcceptanceStatus.COUNTERSIGNED
