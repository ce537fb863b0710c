"""Grace, suspension and back: who may, what follows at once, and what is remembered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.notifications.models import Mail
from efc_portal.partners.models import FieldChange, Grace, Organisation
from efc_portal.partners.permissions import access_of
from efc_portal.partners.standing.services import organisation_restore, organisation_suspend, organisation_warn
from efc_portal.referrals.models import Referral
from efc_portal.referrals.services import referral_approve, referral_withdraw
from efc_portal.referrals.services.delivery import referral_deliver, referral_package
from efc_portal.submissions.services import submission_ask
from tests.cast import Cast
from tests.factories import stages

pytestmark = pytest.mark.django_db


def again(organisation: Organisation) -> Organisation:
    """As the next request reads it."""
    return Organisation.objects.get(pk=organisation.pk)


def mails(template: str) -> list[str]:
    return sorted(Mail.objects.filter(template=template).values_list("to__email", flat=True))


def soon() -> Any:
    return timezone.localdate() + timedelta(days=20)


def suspend(cast: Cast, organisation: Organisation | None = None) -> Organisation:
    held = again(organisation or cast.bank)
    organisation_suspend(actor=cast.manager, organisation=held, reason="The agreement was broken.")
    return again(held)


def test_grace_says_what_to_mend_by_when_and_everything_works_meanwhile(cast: Cast) -> None:
    assert cast.bank_coordinator
    organisation_warn(
        actor=cast.manager, organisation=again(cast.bank), what="Name a data protection contact.", until=soon()
    )
    bank = again(cast.bank)
    assert (bank.status, bank.is_active) == ("grace", True)
    assert access_of(type(cast.reporter).objects.get(pk=cast.reporter.pk)).permissions
    change = FieldChange.objects.get(organisation=bank, field="status")
    assert (change.before, change.after, change.changed_by, change.reason) == (
        "active",
        "grace",
        cast.manager,
        "Name a data protection contact.",
    )
    assert AuditEvent.objects.get(action="organisation.warn").payload["until"] == soon().isoformat()
    assert mails("standing_grace") == ["coordinator@meridian.example"]
    page = cast.client("bank_coordinator").get("/members/standing/").content.decode()
    assert "Name a data protection contact." in page
    assert "Marta" not in page, "who of the secretariat did it is not told"
    assert "To put right in time" in cast.client("bank_coordinator").get("/workspace/").content.decode()


@pytest.mark.parametrize("days", [0, -1, 400])
def test_grace_ends_on_a_day_that_can_be_kept(cast: Cast, days: int) -> None:
    with pytest.raises(ApplicationError, match="between tomorrow and a year"):
        organisation_warn(
            actor=cast.manager,
            organisation=cast.bank,
            what="x",
            until=timezone.localdate() + timedelta(days=days),
        )
    assert again(cast.bank).status == "active"


def test_suspension_ends_every_session_at_once_and_keeps_everybody_out(cast: Cast) -> None:
    clients = [cast.client("reporter"), cast.client("bank_coordinator")]
    other = cast.client("coordinator")
    for client in (*clients, other):
        assert client.get("/workspace/").status_code == 200
    assert UserSession.objects.filter(user__memberships__organisation=cast.bank).count() == 2
    bank = suspend(cast)
    assert (bank.status, bank.is_active) == ("suspended", False)
    for client in clients:
        assert client.get("/workspace/").headers["Location"].startswith("/accounts/login/")
    assert other.get("/workspace/").status_code == 200
    assert AuditEvent.objects.filter(action="session.revoke").count() == 2
    assert cast.client("reporter").get("/submissions/").status_code == 404, "signing in again opens nothing"
    assert mails("standing_suspended") == ["coordinator@meridian.example"]
    assert Client().get("/partners/meridian-bank/").status_code == 404


def test_made_active_again_it_works_and_is_listed_again(cast: Cast) -> None:
    assert cast.bank_coordinator
    suspend(cast)
    organisation_restore(actor=cast.second_manager, organisation=again(cast.bank), reason="It is mended.")
    assert again(cast.bank).is_active
    assert cast.client("reporter").get("/submissions/").status_code == 200
    assert Client().get("/partners/meridian-bank/").status_code == 200
    assert mails("standing_active") == ["coordinator@meridian.example"]
    assert [one.after for one in FieldChange.objects.filter(field="status")] == ["active", "suspended"]


@pytest.mark.parametrize("who", ["bank_coordinator", "officer", "liaison"])
def test_managers_alone_move_an_organisation(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    with pytest.raises(NotPermitted):
        organisation_suspend(actor=actor, organisation=cast.bank, reason="x")
    with pytest.raises(NotPermitted):
        organisation_warn(actor=actor, organisation=cast.bank, what="x", until=soon())
    with pytest.raises(NotPermitted):
        organisation_restore(actor=actor, organisation=cast.bank, reason="x")
    assert not FieldChange.objects.filter(field="status").exists()


def test_of_two_managers_at_once_the_second_is_told(cast: Cast) -> None:
    one, other = again(cast.bank), again(cast.bank)
    organisation_suspend(actor=cast.manager, organisation=one, reason="x")
    with pytest.raises(Conflict, match="somebody else was faster"):
        organisation_warn(actor=cast.second_manager, organisation=other, what="x", until=soon())
    assert not Grace.objects.exists()


def test_the_secretariat_is_never_suspended(cast: Cast) -> None:
    with pytest.raises(ApplicationError, match="cannot be suspended"):
        organisation_suspend(actor=cast.manager, organisation=cast.secretariat, reason="x")
    client = cast.client("manager", fresh=True)
    assert client.get(f"/members/standing/{cast.secretariat.pk}/").status_code == 404
    assert client.post(f"/members/standing/{cast.secretariat.pk}/suspend/", {"reason": "x"}).status_code == 404


def test_the_pages_ask_first_and_keep_what_was_typed(cast: Cast) -> None:
    client, address = cast.client("manager", fresh=True), f"/members/standing/{cast.bank.pk}/"
    assert "Suspend" in client.get(address).content.decode()
    wrong = client.post(f"{address}warn/", {"reason": "Name a contact.", "until": "2001-01-01"})
    assert wrong.status_code == 422
    assert "Name a contact." in wrong.content.decode()
    assert client.post(f"{address}suspend/", {"reason": " "}).status_code == 422
    assert client.post(f"{address}suspend/", {"reason": "Broken."}).headers["Location"] == address
    page = client.get(address).content.decode()
    assert "Broken." in page
    assert "Make active again" in page
    assert client.post(f"{address}suspend/", {"reason": "Broken."}).status_code == 409
    assert client.get(f"{address}leap/").status_code == 404


def test_a_step_asks_for_a_factor_again(cast: Cast) -> None:
    address = f"/members/standing/{cast.bank.pk}/suspend/"
    answer = cast.client("manager").post(address, {"reason": "Broken."})
    assert "reauthenticate" in answer.headers["Location"]
    assert again(cast.bank).status == "active"


def test_a_card_number_in_a_reason_is_cut(cast: Cast) -> None:
    organisation_suspend(actor=cast.manager, organisation=cast.bank, reason="Sent 4111 1111 1111 1111 by mail.")
    assert "4111 1111 1111 1111" not in FieldChange.objects.get(field="status").reason


def test_nothing_is_sent_to_a_suspended_agency_and_the_officer_sees_why(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    referral = stages.proposed(stages.referral_of(cast.officer, case, cast.agency), cast.officer)
    waiting = stages.proposed(stages.referral_of(cast.officer, case, cast.agency), cast.officer)
    referral_approve(referral=referral, actor=cast.manager)
    suspend(cast, cast.agency.organisation)
    for step in (referral_package, referral_deliver):
        step(referral=Referral.objects.select_related("agency__organisation", "data_key").get(pk=referral.pk))
    referral = Referral.objects.select_related("agency__organisation").get(pk=referral.pk)
    assert referral.status == "approved"
    with pytest.raises(ApplicationError, match="not active any more"):
        referral_approve(referral=waiting, actor=cast.manager)
    page = cast.client("officer").get(f"/referrals/{referral.pk}/").content.decode()
    assert "cannot receive this now" in page
    assert "Withdraw" in page
    referral_withdraw(referral=referral, justification="Suspended.", actor=cast.officer)
    assert Referral.objects.get(pk=referral.pk).status == "withdrawn"


def test_an_approved_referral_to_an_active_agency_is_not_withdrawn(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    referral = stages.proposed(stages.referral_of(cast.officer, case, cast.agency), cast.officer)
    referral_approve(referral=referral, actor=cast.manager)
    with pytest.raises(Conflict, match="on its way"):
        referral_withdraw(referral=referral, justification="x", actor=cast.officer)


def test_submissions_of_a_suspended_partner_stay_and_cannot_be_asked_about(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    suspend(cast)
    page = cast.client("officer").get(f"/cases/triage/{submission.pk}/")
    assert page.status_code == 200
    assert "nobody there can answer" in page.content.decode()
    submission = type(submission).objects.select_related("organisation").get(pk=submission.pk)
    with pytest.raises(ApplicationError, match="nobody can answer"):
        submission_ask(submission=submission, body="Which branch?", actor=cast.officer)
