"""Leaving: asked for, decided, carried out; what stays, what is erased, who takes over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.models import DataKey
from efc_portal.notifications.models import Mail
from efc_portal.partners.enums import LeaveStatus
from efc_portal.partners.models import (
    Contact,
    Domain,
    FactorReset,
    FieldChange,
    Invitation,
    LeaveRequest,
    Membership,
    Organisation,
)
from efc_portal.partners.people.resets import factor_reset_ask
from efc_portal.partners.people.services import invitation_create
from efc_portal.partners.register.services import contact_add
from efc_portal.partners.standing.leaves import (
    leave_agree,
    leave_ask,
    leave_cancel,
    leave_refuse,
    leave_withdraw,
    organisation_leave,
)
from efc_portal.partners.standing.retention import former_people_expire
from efc_portal.partners.standing.tasks import standing_run
from efc_portal.submissions.models import Submission
from tests.cast import Cast
from tests.factories import stages
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def today() -> Any:
    return timezone.localdate()


def again(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)


def asked(cast: Cast, days: int = 10, **more: Any) -> LeaveRequest:
    assert cast.manager
    return leave_ask(
        actor=cast.bank_coordinator,
        organisation=again(cast.bank),
        reason="We merge with another bank.",
        last_day=today() + timedelta(days=days),
        **more,
    )


def leave_now(cast: Cast) -> None:
    organisation_leave(actor=cast.manager, organisation=again(cast.bank), reason="It asked by letter.")


def mails(template: str) -> list[str]:
    return sorted(Mail.objects.filter(template=template).values_list("to__email", flat=True))


def test_what_the_law_needs_stays_and_the_rest_is_erased(cast: Cast) -> None:
    assert cast.bank_coordinator
    sent = stages.submission_of(cast.reporter)
    question = stages.asked_of(cast.reporter, cast.officer)
    draft = stages.draft_of(cast.reporter, attachment=True)
    contact_add(actor=None, organisation=cast.bank, kind="main", name="Desk", email="desk@meridian.example")
    invitation_create(
        actor=cast.bank_coordinator,
        organisation=cast.bank,
        email="new@meridian.example",
        name="New",
        roles=["reporter"],
    )
    lost = Membership.objects.get(user=cast.reporter)
    factor_reset_ask(actor=cast.bank_coordinator, membership=lost, reason="Lost her telephone")
    client = cast.client("reporter")
    client.get("/workspace/")
    other = stages.draft_of(cast.coordinator)
    leave_now(cast)

    bank = again(cast.bank)
    assert (bank.status, bank.is_active, bank.left_on) == ("left", False, today())
    assert FieldChange.objects.get(organisation=bank, field="status").reason == "It asked by letter."
    # ended and erased
    assert not Membership.objects.filter(organisation=bank, ended_at=None).exists()
    assert client.get("/workspace/").headers["Location"].startswith("/accounts/login/")
    assert not Submission.objects.filter(pk=draft.pk).exists()
    assert DataKey.objects.get(pk=draft.data_key_id).destroyed_at is not None
    assert not Contact.objects.filter(organisation=bank).exists()
    assert not Domain.objects.filter(organisation=bank).exists()
    assert Invitation.objects.get().status == "lapsed"
    assert FactorReset.objects.get().status == "lapsed"
    assert Client().get("/partners/meridian-bank/").status_code == 404
    # kept
    assert Submission.objects.get(pk=sent.pk).status == "triage"
    taken = Submission.objects.select_related("data_key").get(pk=question.pk)
    assert (taken.status, taken.title, taken.messages.count()) == ("triage", sent.title, 1)
    assert AuditEvent.objects.filter(action="submission.take_over", object_label=taken.reference).count() == 1
    assert cast.client("officer").get(f"/cases/triage/{taken.pk}/").status_code == 200
    assert User.objects.get(pk=cast.reporter.pk).name == "Rosa de Vries", "until the time for questions is over"
    # of others, nothing
    assert Submission.objects.filter(pk=other.pk).exists()
    assert Domain.objects.filter(organisation=cast.ngo).exists()
    assert mails("standing_left") == ["coordinator@meridian.example"]


def test_names_of_former_people_are_erased_after_the_time_for_questions_and_not_before(
    cast: Cast, settings: Any
) -> None:
    assert cast.reporter
    assert cast.coordinator
    submission = stages.submission_of(cast.reporter)
    leave_now(cast)
    Membership.objects.filter(user=cast.reporter).update(ended_at=timezone.now() - timedelta(days=364))
    assert former_people_expire() == 0
    Membership.objects.filter(user=cast.reporter).update(ended_at=timezone.now() - timedelta(days=366))
    assert former_people_expire() == 1
    assert former_people_expire() == 0
    person = User.objects.get(pk=cast.reporter.pk)
    assert (person.name, person.email) == ("Former member", f"former-{person.pk}@erased.invalid")
    assert not person.is_active
    assert not person.has_usable_password()
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert AuditEvent.objects.get(action="user.erase").object_id == str(person.pk)
    assert Submission.objects.get(pk=submission.pk).reporter_id == person.pk, "what was sent stays"
    assert User.objects.get(pk=cast.coordinator.pk).name == "Camille Laurent", "who is still a member stays"


def test_who_came_back_elsewhere_is_not_erased(cast: Cast) -> None:
    old = cast.outsider.memberships.get()
    Membership.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=900))
    Membership.objects.create(user=cast.outsider, organisation=cast.ngo, roles=["reporter"])
    assert former_people_expire() == 0


def test_asked_agreed_and_carried_out_when_the_last_day_is_over(cast: Cast) -> None:
    request = asked(cast, days=10, hand_over_to=cast.reporter)
    assert mails("leave_asked") == ["manager@efc.example"]
    leave_agree(actor=cast.manager, request=request)
    assert mails("leave_decided") == ["coordinator@meridian.example"]
    assert mails("handed_over") == ["reporter@meridian.example"]
    standing_run(today=today() + timedelta(days=10))
    assert again(cast.bank).is_active, "the last day is a day of work"
    standing_run(today=today() + timedelta(days=11))
    standing_run(today=today() + timedelta(days=12))
    bank = again(cast.bank)
    assert (bank.status, bank.left_on) == ("left", today() + timedelta(days=10))
    assert LeaveRequest.objects.get().status == LeaveStatus.DONE
    assert AuditEvent.objects.filter(action="organisation.depart").count() == 1


def test_without_a_managers_yes_nobody_leaves(cast: Cast) -> None:
    asked(cast, days=0)
    standing_run(today=today() + timedelta(days=30))
    assert again(cast.bank).is_active


def test_agreed_on_after_its_last_day_it_leaves_at_once(cast: Cast) -> None:
    request = asked(cast, days=3)
    leave_agree(actor=cast.manager, request=request, today=today() + timedelta(days=4))
    assert again(cast.bank).status == "left"


def test_it_is_taken_back_refused_or_called_off(cast: Cast) -> None:
    request = asked(cast)
    leave_withdraw(actor=cast.bank_coordinator, request=request)
    request = asked(cast)
    leave_refuse(actor=cast.manager, request=request, reason="They stay after all.")
    request = asked(cast)
    leave_agree(actor=cast.manager, request=request)
    leave_cancel(actor=cast.manager, request=request, reason="They stay after all.")
    standing_run(today=today() + timedelta(days=30))
    assert again(cast.bank).is_active
    states = set(LeaveRequest.objects.values_list("status", flat=True))
    assert states == {LeaveStatus.WITHDRAWN, LeaveStatus.REFUSED}


def test_a_wrong_role_neither_asks_nor_decides(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        leave_ask(actor=cast.reporter, organisation=cast.bank, reason="x", last_day=today())
    with pytest.raises(NotPermitted):
        leave_ask(actor=cast.coordinator, organisation=cast.bank, reason="x", last_day=today())
    request = asked(cast)
    for actor in (cast.bank_coordinator, cast.officer):
        with pytest.raises(NotPermitted):
            leave_agree(actor=actor, request=request)
        with pytest.raises(NotPermitted):
            organisation_leave(actor=actor, organisation=cast.bank, reason="x")
    with pytest.raises(NotPermitted):
        leave_withdraw(actor=cast.manager, request=request)


def test_two_managers_at_once_decide_once(cast: Cast) -> None:
    request = asked(cast)
    other = LeaveRequest.objects.select_related("organisation").get(pk=request.pk)
    leave_agree(actor=cast.manager, request=request)
    with pytest.raises(Conflict, match="somebody else was faster"):
        leave_refuse(actor=cast.second_manager, request=other, reason="x")
    seen = [again(cast.bank), again(cast.bank)]
    organisation_leave(actor=cast.manager, organisation=seen[0], reason="x")
    with pytest.raises(Conflict):
        organisation_leave(actor=cast.second_manager, organisation=seen[1], reason="x")
    assert LeaveRequest.objects.get().status == LeaveStatus.DONE, "the request ended with it"


def test_it_is_asked_once_for_a_day_that_can_be_and_a_colleague_of_ones_own(cast: Cast) -> None:
    for days in (-1, 400):
        with pytest.raises(ApplicationError, match="Choose a last day"):
            asked(cast, days=days)
    with pytest.raises(ApplicationError, match="Choose a colleague"):
        asked(cast, hand_over_to=cast.coordinator)
    asked(cast)
    with pytest.raises(Conflict, match="asked for already"):
        asked(cast)


def test_the_secretariat_never_leaves(cast: Cast) -> None:
    with pytest.raises(ApplicationError, match="cannot leave"):
        organisation_leave(actor=cast.manager, organisation=cast.secretariat, reason="x")
    client = cast.client("manager", fresh=True)
    assert client.get(f"/members/standing/{cast.secretariat.pk}/leave/").status_code == 404
    assert client.get("/members/leave/").status_code == 404


def test_who_left_may_come_back_as_a_new_member(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.bank.pk).update(lei="529900T8BM49AURSDO55")
    leave_now(cast)
    new = OrganisationFactory(name="Meridian Bank", domains=["meridian.example"], lei="529900T8BM49AURSDO55")
    assert new.pk != cast.bank.pk
    assert Client().get(f"/partners/{new.listing.slug}/").status_code == 200


def test_an_agency_that_left_keeps_what_it_was_referred_and_gets_nothing_new(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    stages.delivered(stages.referral_of(cast.officer, case, cast.agency), cast.officer, cast.manager)
    organisation_leave(actor=cast.manager, organisation=again(cast.agency.organisation), reason="It was merged.")
    with pytest.raises(ApplicationError, match="cannot receive the referral"):
        stages.referral_of(cast.officer, case, cast.agency)
    assert case.referrals.count() == 1


def test_the_coordinator_asks_on_pages_and_sees_what_is_kept_and_erased(cast: Cast) -> None:
    assert cast.reporter
    client = cast.client("bank_coordinator", fresh=True)
    page = client.get("/members/leave/").content.decode()
    assert "What is kept" in page
    assert "Drafts of submissions" in page
    assert "The audit record" in page
    form = {
        "reason": "We merge.",
        "last_day": (today() + timedelta(days=5)).isoformat(),
        "hand_over_to": str(cast.reporter.pk),
    }
    wrong = client.post("/members/leave/", {**form, "last_day": "2001-01-01"})
    assert wrong.status_code == 422
    assert "We merge." in wrong.content.decode()
    question = client.post("/members/leave/", form).content.decode()
    assert "Rosa de Vries" in question
    assert not LeaveRequest.objects.exists(), "a question changes nothing"
    assert client.post("/members/leave/", {**form, "confirm": "1"}).status_code == 302
    assert LeaveRequest.objects.get().hand_over_to == cast.reporter
    assert "Your request to leave" in client.get("/members/leave/").content.decode()
    assert client.post("/members/leave/", {"withdraw": "1"}).status_code == 302
    assert LeaveRequest.objects.get().status == LeaveStatus.WITHDRAWN


def test_a_manager_decides_on_pages(cast: Cast) -> None:
    request, client = asked(cast), cast.client("manager", fresh=True)
    address = f"/members/leave-requests/{request.pk}/"
    assert "Meridian Bank" in client.get("/members/leave-requests/").content.decode()
    assert "What ends and is erased" in client.get(address).content.decode()
    assert client.post(address, {"refuse": "1", "reason": ""}).status_code == 422
    assert client.post(address, {"agree": "1"}).status_code == 302
    assert client.post(address, {"agree": "1"}).status_code == 409
    assert client.get(f"/members/standing/{cast.bank.pk}/leave/").headers["Location"] == address
    assert client.post(address, {"cancel": "1", "reason": "They stay."}).status_code == 302
    assert cast.client("bank_coordinator").get(address).status_code == 404


def test_a_manager_lets_one_leave_at_once(cast: Cast) -> None:
    client, address = cast.client("manager", fresh=True), f"/members/standing/{cast.bank.pk}/leave/"
    form = {"reason": "By letter.", "last_day": "", "hand_over_to": "secretariat"}
    assert "At once" in client.post(address, form).content.decode()
    assert client.post(address, {**form, "confirm": "1"}).status_code == 302
    assert again(cast.bank).status == "left"
    page = client.get(f"/members/standing/{cast.bank.pk}/").content.decode()
    assert "By letter." in page
