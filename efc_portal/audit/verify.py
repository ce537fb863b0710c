"""Proving the record whole: every MAC, leaf, root, link and signature, in flat memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NoReturn

from cryptography.exceptions import InvalidSignature
from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from efc_portal.audit.canonical import event_bytes, leaf_bytes, mac_of
from efc_portal.audit.merkle import leaf_hash, merkle_root
from efc_portal.audit.models import AuditBlock, AuditEvent, AuditLeaf
from efc_portal.audit.seal import BLOCK_EVENTS, LATE, START, block_digest, public_key, unsealed_events
from efc_portal.core.errors import ApplicationError


class RecordBroken(ApplicationError):
    """The record is not as the portal wrote it. The sentence names the first record that shows it."""

    status = 500


@dataclass
class Report:
    """What was verified. `last` is the newest block: its number and digest are the anchor to keep elsewhere."""

    blocks: int = 0
    sealed: int = 0
    unsealed: int = 0
    unsealed_since: datetime | None = None
    last: AuditBlock | None = None


def audit_verify(*, anchors: Mapping[int, bytes] | None = None, since: datetime | None = None) -> Report:
    """Verify the record, or what was sealed from `since` on. Raises `RecordBroken` at the first finding.

    `anchors` are digests of blocks that were kept elsewhere: with one, missing last blocks are found, too.
    """
    report = Report()
    with _one_moment():
        for number, digest in (anchors or {}).items():
            _verify_anchor(number, digest)
        if since is not None:
            report.last = AuditBlock.objects.filter(sealed_at__lt=since).order_by("-number").first()
        before = report.last
        for blocks in _batches(before.number if before else 0):
            leaves, events = _contents(blocks)
            for block in blocks:
                _verify_link(block, report.last)
                _verify_contents(block, leaves.pop(block.number, []), events)
                report.blocks, report.sealed, report.last = report.blocks + 1, report.sealed + block.count, block
        _verify_no_strays(report)
        _verify_unsealed(before, report)
    return report


def block_verify(*, number: int) -> None:
    """Verify one block with all it holds and its link to the block before. Raises `RecordBroken`.

    That nothing is missing elsewhere, only `audit_verify` can tell.
    """
    found = AuditBlock.objects.in_bulk([number - 1, number])
    for needed in range(max(number - 1, 1), number + 1):
        if needed not in found:
            raise RecordBroken(_("Block %(number)s is missing."), number=needed)
    block = found[number]
    _verify_link(block, found.get(number - 1))
    leaves, events = _contents([block])
    _verify_contents(block, leaves.get(number, []), events)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything is read as of one moment, while the portal goes on writing and sealing."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _batches(after: int) -> Iterator[list[AuditBlock]]:
    """The blocks in order, in batches of a few thousand events."""
    batch: list[AuditBlock] = []
    events = 0
    for block in AuditBlock.objects.filter(number__gt=after).order_by("number").iterator(chunk_size=1000):
        if batch and events + block.count > BLOCK_EVENTS:
            yield batch
            batch, events = [], 0
        batch.append(block)
        events += block.count
    if batch:
        yield batch


def _contents(blocks: list[AuditBlock]) -> tuple[dict[int, list[AuditLeaf]], dict[int, AuditEvent]]:
    """The leaves of a batch by block, and the events they name by id; one leaf more than there should be at most."""
    found = AuditLeaf.objects.filter(block_number__gte=blocks[0].number, block_number__lte=blocks[-1].number)
    leaves: dict[int, list[AuditLeaf]] = {}
    for leaf in found.order_by("block_number", "position")[: sum(block.count for block in blocks) + 1]:
        leaves.setdefault(leaf.block_number, []).append(leaf)
    ids = [leaf.event_id for part in leaves.values() for leaf in part]
    return leaves, AuditEvent.objects.in_bulk(ids)


def _verify_anchor(number: int, digest: bytes) -> None:
    block = AuditBlock.objects.filter(number=number).first()
    if block is None:
        raise RecordBroken(
            _("Block %(number)s is missing, though an anchor names it: the end of the record was cut off."),
            number=number,
        )
    if bytes(block.digest) != digest:
        raise RecordBroken(
            _("Block %(number)s is not the block that the anchor names: the record was rewritten."), number=number
        )


def _verify_link(block: AuditBlock, before: AuditBlock | None) -> None:
    """A block's own columns, its place in the chain, and its signature."""
    expected = before.number + 1 if before else 1
    if block.number != expected:
        raise RecordBroken(_("Block %(number)s is missing."), number=expected)
    if block_digest(block) != bytes(block.digest):
        raise RecordBroken(_("Block %(number)s was altered after it was sealed."), number=block.number)
    try:
        public_key().verify(bytes(block.signature), bytes(block.digest))
    except InvalidSignature as error:
        raise RecordBroken(
            _("Block %(number)s does not carry the portal’s signature: it was altered or made by somebody else."),
            number=block.number,
        ) from error
    if bytes(block.previous) != (bytes(before.digest) if before else START):
        raise RecordBroken(
            _("Block %(number)s does not follow the block before it: one of them was replaced."), number=block.number
        )


def _verify_contents(block: AuditBlock, leaves: list[AuditLeaf], events: Mapping[int, AuditEvent]) -> None:
    """Each leaf of a block and the event it seals, then the root over all of them."""
    for position in range(block.count):
        if position >= len(leaves) or leaves[position].position > position:
            _removed(block, leaves[:position], leaves[position : position + 1])
        leaf = leaves[position]
        if leaf.position < position:
            _inserted(leaf)
        _verify_leaf(block, leaf, events.get(leaf.event_id))
    if len(leaves) > block.count:
        _inserted(leaves[block.count])
    if merkle_root([bytes(leaf.hash) for leaf in leaves]) != bytes(block.root):
        for earlier, later in pairwise(leaves):
            if later.event_id < earlier.event_id:
                raise RecordBroken(
                    _("Event %(id)s stands at another place of block %(number)s than where it was sealed."),
                    id=later.event_id,
                    number=block.number,
                )
        raise RecordBroken(
            _("Block %(number)s, events %(first)s to %(last)s, does not hold what was sealed in it."),
            number=block.number,
            first=leaves[0].event_id,
            last=leaves[-1].event_id,
        )


def _verify_leaf(block: AuditBlock, leaf: AuditLeaf, event: AuditEvent | None) -> None:
    if event is None:
        raise RecordBroken(
            _("Event %(id)s is missing: block %(number)s sealed it on %(date)s, and it was deleted since."),
            id=leaf.event_id,
            number=block.number,
            date=date_format(timezone.localtime(block.sealed_at), "SHORT_DATE_FORMAT"),
        )
    data = event_bytes(event)
    if mac_of(data) != bytes(event.mac):
        raise RecordBroken(
            _("Event %(id)s, in block %(number)s, is not as the portal wrote it: it was altered or forged."),
            id=event.pk,
            number=block.number,
        )
    if leaf_hash(leaf_bytes(data, event.mac)) != bytes(leaf.hash):
        raise RecordBroken(
            _("The leaf of event %(id)s in block %(number)s was altered."), id=event.pk, number=block.number
        )


def _removed(block: AuditBlock, before: list[AuditLeaf], after: list[AuditLeaf]) -> NoReturn:
    raise RecordBroken(
        _(
            "An event of block %(number)s was removed with its leaf, at place %(place)s: "
            "after event %(before)s, before %(after)s."
        ),
        number=block.number,
        place=len(before),
        before=before[-1].event_id if before else "–",
        after=after[0].event_id if after else "–",
    )


def _inserted(leaf: AuditLeaf) -> NoReturn:
    raise RecordBroken(
        _("Event %(id)s was inserted into block %(number)s after it was sealed."),
        id=leaf.event_id,
        number=leaf.block_number,
    )


def _verify_no_strays(report: Report) -> None:
    """Leaves of blocks that do not exist would hide their events from being sealed."""
    stray = AuditLeaf.objects.filter(block_number__gt=report.last.number if report.last else 0).first()
    if stray:
        raise RecordBroken(
            _("Event %(id)s is marked as sealed in block %(number)s, which does not exist."),
            id=stray.event_id,
            number=stray.block_number,
        )


def _verify_unsealed(before: AuditBlock | None, report: Report) -> None:
    """The MACs of what is not sealed yet."""
    events = unsealed_events()
    if before is not None:
        events = events.filter(at__gte=before.sealed_at - LATE)
    for event in events.iterator(chunk_size=2000):
        if mac_of(event_bytes(event)) != bytes(event.mac):
            raise RecordBroken(
                _("Event %(id)s, not sealed yet, is not as the portal wrote it: it was altered or forged."),
                id=event.pk,
            )
        report.unsealed += 1
        report.unsealed_since = min(event.at, report.unsealed_since or event.at)
