"""The append-only record of who did what to which object, and why.

Rows are only ever inserted: triggers refuse every UPDATE, DELETE and TRUNCATE, and the application's own database
role is not granted them (`grants.py`). People and objects are named by id, without foreign keys, so that a record
outlives what it speaks of and nothing above this app is imported here.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One thing that somebody, or the portal itself (`actor_id` null), did.

    `mac` is an HMAC-SHA-256 over every other column under a key the database does not hold: a row that was altered,
    copied, or written by something else than the portal, shows by itself, before and after it is sealed in a block.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=80)  # dotted: submission.finished
    category = models.CharField(max_length=20)  # enums.Category
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=254, blank=True)
    organisation_id = models.UUIDField(null=True)  # the actor's organisation at that time
    object_type = models.CharField(max_length=60, blank=True)  # submissions.submission
    object_id = models.CharField(max_length=64, blank=True)
    object_label = models.CharField(max_length=80, blank=True)  # a reference, never content
    justification = models.TextField(blank=True)
    recipient = models.CharField(max_length=254, blank=True)
    payload = models.JSONField(default=dict)
    mac = models.BinaryField()

    class Meta:
        indexes = [
            # one object's history; then one for each filter of the log, each with the log's order
            models.Index(fields=["object_type", "object_id", "id"], name="audit_event_object"),
            models.Index(fields=["at", "id"], name="audit_event_at"),
            models.Index(fields=["actor_id", "at", "id"], name="audit_event_actor"),
            models.Index(fields=["object_label", "at", "id"], name="audit_event_label"),
            models.Index(fields=["action", "at", "id"], name="audit_event_action"),
            models.Index(fields=["category", "at", "id"], name="audit_event_category"),
            # which lists and which combinations an object stood in
            GinIndex(
                fields=["payload"],
                opclasses=["jsonb_path_ops"],
                condition=models.Q(payload__has_key="references"),
                name="audit_event_references",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.action} {self.object_label}"


class AuditBlock(models.Model):
    """A sealed run of events: their Merkle root (RFC 6962), chained to the block before and signed (Ed25519)."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField(default=timezone.now)
    count = models.PositiveIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()  # the digest of the block before; 32 zero bytes for the first
    digest = models.BinaryField()  # SHA-256 over all of that (`seal.block_bytes`)
    signature = models.BinaryField()  # of the digest

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_auditblock_not_empty", condition=models.Q(count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"block {self.number}"


class AuditLeaf(models.Model):
    """Which event stands at which place of which block, and the hash it had when it was sealed."""

    event_id = models.BigIntegerField(primary_key=True)
    block_number = models.BigIntegerField()
    position = models.PositiveIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["block_number", "position"], name="audit_auditleaf_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.block_number}/{self.position}"
