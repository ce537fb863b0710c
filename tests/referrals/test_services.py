"""What the services of referrals refuse, whatever a page let through."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from efc_portal.core.errors import ApplicationError, NotPermitted
from efc_portal.partners.enums import Role
from efc_portal.partners.models import Agency
from efc_portal.partners.services import membership_change_roles
from efc_portal.referrals.content import text_of
from efc_portal.referrals.enums import ReferralStatus
from efc_portal.referrals.models import Referral, Release
from efc_portal.referrals.services import referral_approve, referral_release, referral_revise
from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import stages

HOUR = timedelta(hours=1)


def draft_of(cast: Cast) -> Referral:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    return stages.referral_of(cast.officer, case, cast.agency)


@pytest.mark.django_db
def test_who_changed_a_draft_does_not_approve_it(cast: Cast) -> None:
    """One person with both roles could otherwise rewrite a colleague's draft and let it out alone."""
    membership = cast.second_officer.memberships.get()
    membership_change_roles(actor=None, membership=membership, roles=[Role.OFFICER, Role.MANAGER])
    referral = draft_of(cast)
    referral_revise(
        referral=referral,
        agency=cast.agency,
        submissions=referral.submissions.all(),
        text=text_of(referral),
        actor=cast.second_officer,
    )
    referral = stages.proposed(referral, cast.officer)
    with pytest.raises(NotPermitted):
        referral_approve(referral=referral, actor=cast.second_officer)
    referral_approve(referral=referral, actor=cast.manager)


@pytest.mark.django_db
def test_nothing_is_packaged_to_a_key_that_was_changed_after_the_approval(cast: Cast) -> None:
    referral = stages.proposed(draft_of(cast), cast.officer)
    referral_approve(referral=referral, actor=cast.manager)
    Agency.objects.filter(pk=cast.agency.pk).update(recipient_confirmed_at=None)
    work_drain_for(30)
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.APPROVED
    Agency.objects.filter(pk=cast.agency.pk).update(recipient_confirmed_at=timezone.now())
    WorkItem.objects.filter(kind="referral.package", done_at=None).update(due_at=timezone.now() - HOUR)
    work_drain_for(30)
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.DELIVERED


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_tell_the_same_at_once_are_told_so(cast: Cast) -> None:
    referral = stages.delivered(draft_of(cast), cast.officer, cast.manager)
    people, start, refused = [cast.investigator, cast.liaison], threading.Barrier(2), []

    def tell(person: object) -> None:
        start.wait()
        try:
            referral_release(referral=referral, kind="received", release_at=None, actor=person)
        except Exception as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Release.objects.filter(referral=referral).count() == 1
    assert [isinstance(error, ApplicationError) for error in refused] == [True]
