"""A lost second factor: four eyes, a wait, and the person who can stop it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.partners.enums import FactorResetStatus
from efc_portal.partners.models import FactorReset
from efc_portal.partners.people.resets import factor_reset_do
from efc_portal.partners.people.retention import resets_expire
from efc_portal.partners.people.services import (
    factor_reset_approve,
    factor_reset_ask,
    factor_reset_cancel,
    factor_reset_refuse,
    person_suspend,
)
from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.worker import work_drain_for
from tests.accounts.pages import is_signed_in
from tests.accounts.test_password_reset import choose, link_for
from tests.cast import Cast, client_for
from tests.factories.partners import PersonFactory
from tests.partners.people.links import let_tokens_expire, links_to

pytestmark = pytest.mark.django_db
THEIRS = "reporter@meridian.example"


def asked(cast: Cast) -> FactorReset:
    return factor_reset_ask(
        actor=cast.bank_coordinator, membership=cast.reporter.memberships.get(), reason="Telephone lost on a train."
    )


def approved(cast: Cast) -> FactorReset:
    reset = asked(cast)
    factor_reset_approve(actor=cast.manager, reset=reset)
    return reset


def wait_is_over() -> None:
    """As if the hours had passed: for the reset, and for the work that waits for it."""
    FactorReset.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    work_is_due()


def work_is_due() -> None:
    WorkItem.objects.filter(kind="factor_reset.do").update(due_at=timezone.now() - timedelta(hours=1))


def has_factor(cast: Cast) -> bool:
    return Authenticator.objects.filter(user=cast.reporter).exists()


def test_asked_by_one_and_approved_by_another_it_is_done_after_the_wait(cast: Cast) -> None:
    somewhere = client_for(cast.reporter)
    client = cast.client("bank_coordinator", fresh=True)
    one = cast.reporter.memberships.get()
    assert client.post(f"/members/people/{one.pk}/reset/", {"reason": "Telephone lost."}).status_code == 302
    reset = FactorReset.objects.get()
    assert len(links_to(THEIRS)) == 1
    manager = cast.client("manager", fresh=True)
    assert "I spoke with the person" in manager.get(f"/members/people/resets/{reset.pk}/").content.decode()
    assert manager.post(f"/members/people/resets/{reset.pk}/approve/").status_code == 302
    assert len(links_to(THEIRS)) == 2
    assert has_factor(cast)
    assert is_signed_in(somewhere)
    wait_is_over()
    assert len(links_to(THEIRS)) == 3
    assert not has_factor(cast)
    assert not is_signed_in(somewhere)
    reset.refresh_from_db()
    assert reset.status == FactorResetStatus.DONE
    assert AuditEvent.objects.filter(action="factor_reset.do", object_id=str(reset.pk)).count() == 1
    assert client_for(cast.reporter).get("/workspace/").headers["Location"] == "/accounts/second-factor/"


def test_before_its_time_nothing_makes_it_happen(cast: Cast) -> None:
    reset = approved(cast)
    assert timedelta(hours=23) < reset.due_at - timezone.now() <= timedelta(hours=24)
    choose(Client(), link_for(cast))  # a new password makes the wait no shorter
    factor_reset_do(pk=reset.pk)
    work_is_due()
    work_drain_for(5)
    assert has_factor(cast)
    reset.refresh_from_db()
    assert reset.status == FactorResetStatus.WAITING
    assert WorkItem.objects.filter(kind="factor_reset.do", done_at=None).exists(), "it comes again when it is time"


def test_it_needs_two_who_are_not_the_person(cast: Cast) -> None:
    reset = asked(cast)
    with pytest.raises(NotPermitted, match="somebody else approves"):
        factor_reset_approve(actor=cast.bank_coordinator, reset=reset)
    for nobody in (cast.reporter, cast.coordinator, cast.officer, cast.liaison):
        with pytest.raises(NotPermitted):
            factor_reset_approve(actor=nobody, reset=reset)
    second = PersonFactory(organisation=cast.bank, roles=["coordinator"])
    factor_reset_approve(actor=second, reset=reset)
    with pytest.raises(Conflict):
        factor_reset_approve(actor=cast.manager, reset=reset)


def test_nobody_asks_or_approves_for_themself(cast: Cast) -> None:
    own = cast.bank_coordinator.memberships.get()
    with pytest.raises(NotPermitted, match="for yourself"):
        factor_reset_ask(actor=cast.bank_coordinator, membership=own, reason="Lost")
    reset = factor_reset_ask(actor=cast.manager, membership=own, reason="Lost")
    with pytest.raises(NotPermitted, match="for yourself"):
        factor_reset_approve(actor=cast.bank_coordinator, reset=reset)


def test_a_manager_is_reset_by_other_managers_alone(cast: Cast) -> None:
    place = cast.manager.memberships.get()
    for nobody in (cast.officer, cast.auditor, cast.bank_coordinator):
        with pytest.raises(NotPermitted):
            factor_reset_ask(actor=nobody, membership=place, reason="Lost")
    reset = factor_reset_ask(actor=cast.second_manager, membership=place, reason="Lost")
    for nobody in (cast.officer, cast.second_manager, cast.manager):
        with pytest.raises(NotPermitted):
            factor_reset_approve(actor=nobody, reset=reset)


def test_once_at_a_time_and_only_where_there_is_something_to_take_off(cast: Cast) -> None:
    asked(cast)
    with pytest.raises(Conflict, match="asked for already"):
        asked(cast)
    with pytest.raises(ApplicationError, match="has no second factor"):
        factor_reset_ask(
            actor=cast.bank_coordinator, membership=cast.newcomer.memberships.get(), reason="Never had one"
        )


@pytest.mark.parametrize("stage", [asked, approved])
def test_the_person_stops_it_by_the_link_without_signing_in(cast: Cast, stage: object) -> None:
    reset = stage(cast)
    address, visitor = links_to(THEIRS)[-1], Client()
    for _look in range(2):
        assert "This was not me" in visitor.get(address).content.decode()
    assert "It is stopped" in visitor.post(address).content.decode()
    wait_is_over()
    work_drain_for(5)
    assert has_factor(cast)
    reset.refresh_from_db()
    assert reset.status == FactorResetStatus.STOPPED
    assert links_to("coordinator@meridian.example"), "who asked is told"
    assert visitor.post(address).status_code == 410


def test_the_link_of_the_first_letter_still_works_after_the_second(cast: Cast) -> None:
    approved_one = asked(cast)
    first = links_to(THEIRS)[0]
    factor_reset_approve(actor=cast.manager, reset=approved_one)
    assert len(links_to(THEIRS)) == 2
    assert Client().post(first).status_code == 200
    approved_one.refresh_from_db()
    assert approved_one.status == FactorResetStatus.STOPPED


def test_the_person_stops_it_when_signed_in(cast: Cast) -> None:
    reset, client = approved(cast), cast.client("reporter")
    assert "/accounts/factor-reset/" in client.get("/accounts/").content.decode()
    assert "This was not me" in client.get("/accounts/factor-reset/").content.decode()
    assert client.post("/accounts/factor-reset/").status_code == 302
    reset.refresh_from_db()
    assert reset.status == FactorResetStatus.STOPPED
    assert client.get("/accounts/factor-reset/").status_code == 404


def test_guessed_and_old_links_stop_nothing(cast: Cast) -> None:
    reset = asked(cast)
    address = links_to(THEIRS)[0]
    for guess in ("x", "0123456789abcdef." + "a" * 43):
        assert Client().post(f"/accounts/factor-reset/{guess}/").status_code == 410
    let_tokens_expire()
    assert Client().post(address).status_code == 410
    reset.refresh_from_db()
    assert reset.status == FactorResetStatus.ASKED


def test_after_it_is_done_the_link_says_so(cast: Cast) -> None:
    approved(cast)
    address = links_to(THEIRS)[-1]
    wait_is_over()
    work_drain_for(5)
    answer = Client().get(address)
    assert answer.status_code == 400
    assert "were taken off already" in answer.content.decode()


def test_refused_and_cancelled_it_takes_nothing_off(cast: Cast) -> None:
    factor_reset_refuse(actor=cast.manager, reset=asked(cast))
    again = approved(cast)
    factor_reset_cancel(actor=cast.bank_coordinator, reset=again)
    wait_is_over()
    work_drain_for(5)
    assert has_factor(cast)
    assert {one.status for one in FactorReset.objects.all()} == {"refused", "cancelled"}


def test_whom_it_concerns_no_more_keeps_the_factors(cast: Cast) -> None:
    reset = approved(cast)
    person_suspend(actor=cast.manager, membership=cast.reporter.memberships.get(), reason="Left in a hurry")
    wait_is_over()
    work_drain_for(5)
    reset.refresh_from_db()
    assert reset.status == FactorResetStatus.LAPSED
    assert has_factor(cast)


def test_a_wish_that_nobody_approves_lapses_after_a_week(cast: Cast) -> None:
    reset = asked(cast)
    assert resets_expire() == 0
    FactorReset.objects.update(asked_at=timezone.now() - timedelta(days=8))
    assert resets_expire() == 1
    reset.refresh_from_db()
    assert reset.status == FactorResetStatus.LAPSED


def test_who_may_approve_is_told_and_finds_it_on_the_start_page(cast: Cast) -> None:
    assert cast.manager
    asked(cast)
    work_drain_for(5)
    assert {one.to[0] for one in mail.outbox} == {THEIRS, "manager@efc.example"}
    assert "Lost second factors to approve" in cast.client("manager").get("/workspace/").content.decode()
    assert Client().get("/members/people/resets/").status_code == 302
