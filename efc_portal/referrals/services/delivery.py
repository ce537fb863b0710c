"""Building the package and putting it into the agency's inbox, each exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from tempfile import TemporaryFile

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.blobs import CHUNK_BYTES, blob_delete, blob_read, blob_write
from efc_portal.core.permissions import Permission
from efc_portal.notifications import services as notifications
from efc_portal.partners.selectors import people_who_may
from efc_portal.referrals.enums import ReferralStatus
from efc_portal.referrals.models import Delivery, Package, Referral
from efc_portal.referrals.package.build import package_build
from efc_portal.referrals.packing import package_content
from efc_portal.referrals.transitions import REFERRAL
from efc_portal.workflow.services import work_enqueue

INBOX = "inbox"
ACKNOWLEDGE_WORKING_DAYS = 5
KEY_PATIENCE = timedelta(minutes=10)  # between two looks whether an agency's new key is confirmed


def referral_package(*, referral: Referral) -> None:
    """Build the encrypted package of an approved referral and ask for its delivery.

    It waits while the agency is not active, or its key or telephone number not confirmed.
    """
    if referral.status != ReferralStatus.APPROVED:
        return
    if not _may_receive(referral):  # the key was changed, or the agency suspended, since the approval
        work_enqueue("referral.package", referral.pk, delay=KEY_PATIENCE)
        return
    package = Package(referral=referral, recipient=referral.agency.recipient)
    with TemporaryFile() as out:  # holds nothing but what is already encrypted to the agency
        result = package_build(package_content(referral), recipient=package.recipient, out=out)
        out.seek(0)
        parts = iter(partial(out.read, CHUNK_BYTES), b"")
        blob = blob_write(parts, data_key=referral.data_key, context=package.context)
    try:
        with transaction.atomic():
            package.blob, package.size, package.sha256 = blob.name, blob.size, blob.sha256
            package.manifest_sha256 = result.manifest_sha256
            package.save(force_insert=True)
            REFERRAL.move(referral, "package", actor=None, sha256=blob.sha256, size=blob.size)
            work_enqueue("referral.deliver", referral.pk)
    except BaseException:
        blob_delete(blob.name)
        raise


@transaction.atomic
def referral_deliver(*, referral: Referral) -> None:
    """Put a package into the agency's inbox and tell its people that something waits.

    It waits while the agency is not active.
    """
    if referral.status != ReferralStatus.PACKAGED:
        return
    if not referral.agency.organisation.is_active:
        work_enqueue("referral.deliver", referral.pk, delay=KEY_PATIENCE)
        return
    now = timezone.now()
    Delivery.objects.create(referral=referral, channel=INBOX, delivered_at=now)
    REFERRAL.move(
        referral,
        "deliver",
        actor=None,
        category=Category.DISCLOSURE,
        recipient=referral.agency.organisation.name,
        changes={"delivered_at": now, "due_on": working_days_after(timezone.localdate(now), ACKNOWLEDGE_WORKING_DAYS)},
        channel=INBOX,
        sha256=referral.package.sha256,
    )
    notifications.mail_referral_delivered(
        people_who_may(Permission.REFERRAL_RECEIVE, organisation_id=referral.agency_id),
        reference=referral.reference,
        path=reverse("referrals:detail", args=[referral.pk]),
    )


def _may_receive(referral: Referral) -> bool:
    return referral.agency.is_ready and referral.agency.organisation.is_active


def working_days_after(day: date, number: int) -> date:
    """The day that many working days (Monday to Friday) later."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


@transaction.atomic
def package_open(*, referral: Referral, actor: User) -> Iterator[bytes]:
    """The age file of a referral, chunk by chunk, with the hand-over recorded first."""
    package = referral.package
    Delivery.objects.filter(referral=referral, channel=INBOX, downloaded_at=None).update(downloaded_at=timezone.now())
    audit_record(
        action="referral.download",
        category=Category.DISCLOSURE,
        actor=actor,
        obj=referral,
        recipient=referral.agency.organisation.name,
        sha256=package.sha256,
        size=package.size,
    )
    return blob_read(package.blob, data_key=referral.data_key, context=package.context)
