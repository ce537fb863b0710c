"""Files of contacts that wait for their confirmation, row by row."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.models import DataKey
from efc_portal.partners.enums import ContactImportStatus
from efc_portal.partners.models.organisation import Organisation


class ContactImport(models.Model):
    """A table of contacts that somebody sent in. Nothing of it counts before it is confirmed.

    The file itself is kept encrypted until it is read, its rows until they are confirmed, discarded or forgotten.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(
        _("state"), max_length=20, choices=ContactImportStatus, default=ContactImportStatus.UPLOADED
    )
    status_at = models.DateTimeField(default=timezone.now)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=130)  # as `core.content` makes it safe to show
    kind = models.CharField(max_length=4)  # csv or xlsx
    encoding = models.CharField(max_length=20, blank=True)  # of CSV, as `core.content` names it
    delimiter = models.CharField(max_length=1, blank=True)  # of CSV
    finding = models.TextField(blank=True)  # why the file as a whole could not be read
    good = models.PositiveIntegerField(default=0)  # rows that wait for the confirmation
    broken = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)  # contacts that the confirmation made
    blob = models.CharField(max_length=100, blank=True)
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+")

    STATUS_KINDS = {
        ContactImportStatus.UPLOADED: "",
        ContactImportStatus.CHECKED: "wait",
        ContactImportStatus.CONFIRMED: "good",
        ContactImportStatus.DISCARDED: "quiet",
    }

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                name="partners_contactimport_status", condition=models.Q(status__in=ContactImportStatus.values)
            ),
        ]
        indexes = [
            models.Index(fields=["-uploaded_at"], name="partners_contactimport_by_time"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def blob_context(self) -> str:
        return f"contact-import:{self.id}"

    @property
    def is_running(self) -> bool:
        return self.status == ContactImportStatus.UPLOADED


class ContactImportRow(models.Model):
    """One row of such a file. A good one is a contact to be; a broken one says which cells are wrong, and why."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ContactImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as a spreadsheet counts the rows of the file
    is_good = models.BooleanField()
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="+")
    values = models.JSONField(default=dict)  # by column: canonical in a good row, as they came in a broken one
    problems = models.JSONField(default=list)  # [{"column", "text"}], in the language of whoever sent the file

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="partners_contactimportrow_once"),
            models.CheckConstraint(
                name="partners_contactimportrow_good_or_broken",
                condition=models.Q(is_good=True, problems=[], organisation__isnull=False)
                | models.Q(models.Q(is_good=False), ~models.Q(problems=[])),
            ),
        ]
        indexes = [models.Index(fields=["batch", "is_good", "number"], name="partners_contactimportrow_page")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.batch_id}"
