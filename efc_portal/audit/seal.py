"""Sealing: events become leaves of signed Merkle blocks, each block chained to the one before.

Whoever can change the database cannot sign: a sealed event can then neither be altered nor removed nor inserted
without `audit_verify` naming it. Cutting off the newest blocks is seen against an anchor, a block's number and digest
kept elsewhere: each sealing logs one.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import UTC, timedelta
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from efc_portal.audit.canonical import event_bytes, leaf_bytes, mac_of
from efc_portal.audit.merkle import leaf_hash, merkle_root
from efc_portal.audit.models import AuditBlock, AuditEvent, AuditLeaf
from efc_portal.core.keys import secret

logger = logging.getLogger(__name__)

BLOCK_EVENTS = 4096
START = bytes(32)  # what the first block is chained to
LATE = timedelta(hours=1)  # transactions that stay open longer are found by the nightly sealing, which looks at all


@cache
def signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secret("audit-signing"))


def public_key() -> Ed25519PublicKey:
    """With it anybody can verify the blocks' signatures."""
    return signing_key().public_key()


def block_bytes(block: AuditBlock) -> bytes:
    """The byte form of a block that its digest is computed over; `docs/audit.md` describes it for outsiders."""
    lines = (
        "efc-audit-block-1",
        str(block.number),
        str(block.count),
        block.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        bytes(block.root).hex(),
        bytes(block.previous).hex(),
    )
    return "\n".join(lines).encode()


def block_digest(block: AuditBlock) -> bytes:
    return hashlib.sha256(block_bytes(block)).digest()


def unsealed_events() -> QuerySet[AuditEvent]:
    """The events that stand in no block yet, in the order in which they will be sealed."""
    return AuditEvent.objects.filter(~Exists(AuditLeaf.objects.filter(event_id=OuterRef("pk")))).order_by("pk")


def audit_seal(*, whole: bool = False) -> int:
    """Seal what was committed and is not sealed yet; returns how many events. Only one process seals at a time.

    It looks at events newer than what was sealed an hour ago, so that it costs the same however long the record is;
    `whole` looks at all of it, for transactions that took longer to commit.
    """
    sealed, after = 0, 0 if whole else _sealed_up_to()
    while events := _seal_block(after):
        sealed, after = sealed + len(events), events[-1].pk
        if len(events) < BLOCK_EVENTS:
            break
    return sealed


def _sealed_up_to() -> int:
    """The last event of the last block that is old enough for everything before it to have been committed."""
    old = AuditBlock.objects.filter(sealed_at__lt=timezone.now() - LATE).order_by("-number").first()
    last = old and AuditLeaf.objects.filter(block_number=old.number).order_by("-position").first()
    return last.event_id if last else 0


@transaction.atomic
def _seal_block(after: int) -> list[AuditEvent]:
    """Seal one block; returns its events, none when there is nothing to seal or another process is sealing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('audit-seal'))")
        if not cursor.fetchone()[0]:
            return []
    events = list(unsealed_events().filter(pk__gt=after)[:BLOCK_EVENTS])
    if not events:
        return []
    last = AuditBlock.objects.order_by("-number").first()
    number = last.number + 1 if last else 1
    leaves = [
        AuditLeaf(event_id=event.pk, block_number=number, position=position, hash=_leaf(event))
        for position, event in enumerate(events)
    ]
    block = AuditBlock(
        number=number,
        count=len(leaves),
        root=merkle_root([bytes(leaf.hash) for leaf in leaves]),
        previous=bytes(last.digest) if last else START,
    )
    block.digest = block_digest(block)
    block.signature = signing_key().sign(block.digest)
    block.save(force_insert=True)
    AuditLeaf.objects.bulk_create(leaves)
    transaction.on_commit(
        lambda: logger.info("anchor %s:%s, %s events sealed", number, block.digest.hex(), len(leaves)), robust=True
    )
    return events


def _leaf(event: AuditEvent) -> bytes:
    data = event_bytes(event)
    if mac_of(data) != bytes(event.mac):
        logger.error("audit event %s was not written by the portal, or was altered before it was sealed", event.pk)
    return leaf_hash(leaf_bytes(data, event.mac))
