"""From an application to a decision, by the services: the table, the vote, duplicates, what is kept and what is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.models import DataKey
from efc_portal.notifications.models import Mail
from efc_portal.partners.agreements.selectors import acceptance_of_application
from efc_portal.partners.applications.names import name_key, names_alike
from efc_portal.partners.applications.selectors import duplicates_of
from efc_portal.partners.applications.services.decision import (
    application_activate,
    application_admit,
    application_approve,
    application_decline,
)
from efc_portal.partners.applications.services.drafts import (
    application_discard,
    application_start,
    application_submit,
    application_withdraw,
    question_answer,
)
from efc_portal.partners.applications.services.vetting import (
    check_set,
    comment_set,
    comments_close,
    comments_open,
    question_ask,
    sponsor_answer,
    sponsor_ask,
    vetting_begin,
)
from efc_portal.partners.applications.services.voting import VoteResult, vote_call, vote_cast, vote_result
from efc_portal.partners.enums import Role
from efc_portal.partners.models import Application, ApplicationComment
from tests.cast import Cast
from tests.factories import joining
from tests.factories.partners import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db

SOON = timedelta(days=7)


def member_of_committee(cast: Cast, number: int) -> Any:
    return PersonFactory(
        organisation=cast.bank, roles=[Role.STEERING], email=f"committee{number}@meridian.example", second_factor=False
    )


def over(application: Application) -> Application:
    """The deadline of its vote is past."""
    Application.objects.filter(pk=application.pk).update(votes_until=timezone.now() - timedelta(seconds=1))
    return joining.fresh(application)


def test_from_a_draft_to_an_approval(cast: Cast) -> None:
    assert cast.coordinator
    application = joining.received(**joining.ANSWERS)
    assert application.reference
    assert application.reference.startswith("A-")
    assert (application.status, application.domain, application.lei) == ("received", "ilios.example", "")
    assert b"Eleni" not in bytes(application.sealed)
    vetting_begin(application=application, actor=cast.manager)
    with pytest.raises(ApplicationError, match="in the checklist"):
        comments_open(application=joining.fresh(application), until=timezone.now() + SOON, actor=cast.manager)
    application = joining.checked(application, cast)
    comments_open(application=application, until=timezone.now() + SOON, actor=cast.manager)
    assert Mail.objects.filter(template="candidate_to_comment", to=cast.coordinator).exists()
    comment_set(application=application, stance="support", text="We know them well.", actor=cast.coordinator)
    with pytest.raises(ApplicationError, match="still comment"):
        vote_call(application=application, until=timezone.now() + SOON, actor=cast.manager)
    comments_close(application=application, reason="All have answered.", actor=cast.manager)
    assert cast.steering
    vote_call(application=application, until=timezone.now() + SOON, actor=cast.manager)
    with pytest.raises(ApplicationError, match="not over"):
        application_approve(application=application, reason="", actor=cast.manager)
    vote_cast(application=application, choice="no", reason="", actor=cast.steering)
    vote_cast(application=application, choice="yes", reason="They convinced me.", actor=cast.steering)
    assert vote_result(application) == VoteResult(1, yes=1, no=0, abstain=0, is_over=True)
    with pytest.raises(ApplicationError, match="voted for the applicant"):
        application_decline(application=application, reasons=["other"], text="No.", actor=cast.manager)
    with pytest.raises(ApplicationError, match="No memorandum is published"):
        application_approve(application=joining.fresh(application), reason="", actor=cast.second_manager)
    joining.memorandum(cast)
    application = joining.fresh(application)
    application_approve(application=application, reason="Welcome.", actor=cast.second_manager)
    assert joining.fresh(application).decision_text == "Welcome."
    with pytest.raises(ApplicationError, match="not countersigned"):
        application_activate(application=application, actor=cast.manager)


def test_an_approved_applicant_becomes_a_member(cast: Cast) -> None:
    joining.memorandum(cast)
    application = joining.approved(cast, **joining.ANSWERS)
    joining.countersigned(application, cast)
    other = joining.fresh(application)
    organisation = application_activate(application=application, actor=cast.manager)
    assert (organisation.name, organisation.kind, organisation.is_obliged) == ("Τράπεζα Ήλιος Α.Ε.", "partner", True)
    assert organisation.register_number == "094259216"
    assert [domain.name for domain in organisation.domains.all()] == ["ilios.example"]
    assert {(one.kind, one.email) for one in organisation.contacts.all()} == {
        ("main", "eleni@ilios.example"),
        ("data_protection", "privacy@ilios.example"),
        ("signatory", "sofia@ilios.example"),
    }
    assert organisation.listing.is_shown
    assert organisation.acceptances.get().status == "countersigned"
    invitation = organisation.invitations.get()
    assert (invitation.email, invitation.roles) == ("eleni@ilios.example", ["coordinator"])
    assert joining.fresh(application).organisation == organisation
    with pytest.raises(Conflict):
        application_activate(application=other, actor=cast.second_manager)


def test_an_agency_becomes_one_with_its_competence(cast: Cast) -> None:
    joining.memorandum(cast)
    application = joining.vetting(cast, **{**joining.ANSWERS, "sector": "law_enforcement"})
    application_admit(application=application, reason="", actor=cast.second_manager)
    joining.countersigned(application, cast)
    organisation = application_activate(
        application=application, actor=cast.manager, countries=["GR"], matters=["money_laundering"]
    )
    assert (organisation.agency.countries, organisation.agency.matters) == (["GR"], ["money_laundering"])
    assert organisation.invitations.get().roles == ["liaison"]
    assert not organisation.listing.is_shown


def test_who_withdraws_after_the_approval_is_asked_no_more(cast: Cast) -> None:
    joining.memorandum(cast)
    application = joining.approved(cast)
    application_withdraw(application=application)
    assert acceptance_of_application(application.pk) is None


def test_two_managers_who_decide_at_once_decide_once(cast: Cast) -> None:
    application = joining.received()
    other = joining.fresh(application)
    vetting_begin(application=application, actor=cast.manager)
    with pytest.raises(Conflict):
        vetting_begin(application=other, actor=cast.second_manager)
    first, second = joining.fresh(application), joining.fresh(application)
    application_decline(application=first, reasons=["other"], text="No.", actor=cast.manager)
    with pytest.raises(Conflict):
        application_decline(application=second, reasons=["conduct"], text="No.", actor=cast.second_manager)
    assert joining.fresh(application).decline_reasons == ["other"]


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "missing", "quorum", "carried"),
    [
        (1, 0, 1, 2, True, True),  # two of four: who abstains takes part
        (1, 0, 0, 3, False, False),
        (1, 1, 2, 0, True, False),  # a tie does not carry
        (0, 0, 4, 0, True, False),
        (2, 1, 0, 3, True, True),
        (2, 0, 0, 3, False, False),  # two of five
    ],
)
def test_quorum_and_majority(yes: int, no: int, abstain: int, missing: int, quorum: bool, carried: bool) -> None:
    result = VoteResult(yes + no + abstain + missing, yes=yes, no=no, abstain=abstain, is_over=True)
    assert (result.has_quorum, result.carried) == (quorum, carried)


def test_who_may_vote_is_settled_at_the_call_and_the_deadline_holds(cast: Cast) -> None:
    first = member_of_committee(cast, 1)
    application = joining.voting(cast)
    late = member_of_committee(cast, 2)
    assert vote_result(application).electorate == 2
    with pytest.raises(NotPermitted, match="settled"):
        vote_cast(application=application, choice="yes", reason="", actor=late)
    with pytest.raises(NotPermitted):
        vote_cast(application=application, choice="yes", reason="", actor=cast.coordinator)
    vote_cast(application=application, choice="abstain", reason="", actor=first)
    assert not vote_result(application).is_over
    application = over(application)
    with pytest.raises(Conflict, match="deadline"):
        vote_cast(application=application, choice="yes", reason="", actor=cast.steering)
    result = vote_result(application)
    assert (result.is_over, result.has_quorum, result.carried) == (True, True, False)
    with pytest.raises(ApplicationError, match="did not carry"):
        application_approve(application=application, reason="", actor=cast.manager)
    application_decline(application=application, reasons=["vote"], text="Not now.", actor=cast.manager)


def test_the_applicants_own_people_never_vote(cast: Cast) -> None:
    own = PersonFactory(
        organisation=OrganisationFactory(name="Ilios", domains=["ilios.example"]),
        roles=[Role.STEERING],
        email="own@ilios.example",
        second_factor=False,
    )
    application = joining.voting(cast, **joining.ANSWERS)
    assert list(application.ballots.values_list("voter__email", flat=True)) == [cast.steering.email]
    with pytest.raises(NotPermitted):
        vote_cast(application=application, choice="yes", reason="", actor=own)


def test_agencies_are_admitted_without_a_vote_by_another_manager(cast: Cast) -> None:
    application = joining.vetting(cast, **{**joining.ANSWERS, "sector": "law_enforcement"})
    with pytest.raises(NotPermitted, match="another manager"):
        application_admit(application=application, reason="", actor=cast.manager)
    joining.memorandum(cast)
    application_admit(application=application, reason="", actor=cast.second_manager)
    assert application.status == "approved"
    bank = joining.vetting(cast)
    with pytest.raises(ApplicationError, match="need a vote"):
        application_admit(application=bank, reason="", actor=cast.second_manager)


def test_roles_decide_whatever_the_page_forgot(cast: Cast) -> None:
    application = joining.received()
    for who in (cast.officer, cast.coordinator, cast.steering):
        with pytest.raises(NotPermitted):
            vetting_begin(application=application, actor=who)
        with pytest.raises(NotPermitted):
            question_ask(application=application, text="Why?", actor=who)
        with pytest.raises(NotPermitted):
            check_set(application=application, item="existence", state="open", evidence="", actor=who)
    with pytest.raises(NotPermitted):
        comment_set(application=application, stance="support", text="", actor=cast.reporter)


def test_an_item_needs_evidence_and_belongs_to_the_sector(cast: Cast) -> None:
    application = joining.received()
    with pytest.raises(ApplicationError, match="evidence"):
        check_set(application=application, item="existence", state="fulfilled", evidence=" ", actor=cast.manager)
    with pytest.raises(ApplicationError, match="no item"):
        check_set(application=application, item="ethics", state="fulfilled", evidence="x", actor=cast.manager)


def test_a_sponsor_is_asked_and_answers_once(cast: Cast) -> None:
    assert cast.bank_coordinator
    application = joining.vetting(cast)
    sponsor_ask(application=application, organisation=cast.bank, actor=cast.manager)
    assert Mail.objects.filter(template="sponsor_asked", to=cast.bank_coordinator).exists()
    with pytest.raises(NotPermitted):
        sponsor_answer(application=application, confirms=True, actor=cast.coordinator)
    sponsor_answer(application=application, confirms=True, actor=cast.bank_coordinator)
    assert joining.fresh(application).sponsor_status == "confirmed"
    with pytest.raises(Conflict):
        sponsor_answer(application=application, confirms=False, actor=cast.bank_coordinator)
    with pytest.raises(ApplicationError, match="active member"):
        sponsor_ask(application=application, organisation=cast.secretariat, actor=cast.manager)


def test_a_concern_needs_words_and_comments_end(cast: Cast) -> None:
    application = joining.consulting(cast)
    with pytest.raises(ApplicationError, match="concern"):
        comment_set(application=application, stance="concern", text="", actor=cast.coordinator)
    comment_set(application=application, stance="neutral", text="Card 4111 1111 1111 1111", actor=cast.coordinator)
    comment_set(application=application, stance="support", text="4111 1111 1111 1111", actor=cast.coordinator)
    comment = ApplicationComment.objects.get()
    assert application.opened(comment.sealed, f"comment:{cast.coordinator.pk}") == "411111******1111"
    comments_close(application=application, reason="Settled.", actor=cast.manager)
    with pytest.raises(Conflict, match="over"):
        comment_set(application=application, stance="concern", text="Wait.", actor=cast.coordinator)


# --- names and duplicates


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Τράπεζα Ήλιος Α.Ε.", "ΤΡΑΠΕΖΑ ΗΛΙΟΣ", True),
        ("Crédit d’Exemple S.A.", "CREDIT D’EXEMPLE", True),
        ("Meridian Bank N.V.", "Meridien Bank", True),
        ("Банк Пример ООД", "банк пример", True),
        ("Meridian Bank", "Lighthouse for Children", False),
    ],
)
def test_names_are_compared_as_people_do(one: str, other: str, alike: bool) -> None:
    assert names_alike(name_key(one), name_key(other)) == alike


def test_members_and_earlier_applications_are_pointed_out(cast: Cast) -> None:
    member = OrganisationFactory(name="ΤΡΑΠΕΖΑ ΗΛΙΟΣ", country="GR", domains=["ilios.example"])
    earlier = joining.received(**joining.ANSWERS)
    application_withdraw(application=earlier)
    again = joining.received(**{**joining.ANSWERS, "name": "Ilios Bank"})
    found = {(one.pk, tuple(str(reason) for reason in one.reasons)) for one in duplicates_of(again)}
    assert found == {(member.pk, ("Same domain",)), (earlier.pk, ("Same register number", "Same domain"))}
    assert {str(reason) for one in duplicates_of(earlier) for reason in one.reasons} == {
        "Same name",
        "Same domain",
        "Same register number",
    }


def test_duplicates_cost_the_same_however_many_there_are(cast: Cast, django_assert_num_queries: Any) -> None:
    application = joining.received()
    for number in range(8):
        OrganisationFactory(name=f"House of Payments {number}", domains=[f"hop{number}.example"])
    with django_assert_num_queries(3):
        duplicates_of(application)


# --- the applicant's side


def test_a_second_start_for_the_same_organisation_leads_to_the_first_draft(db: None) -> None:
    first = joining.draft()
    again = application_start(
        email="ELENI@Ilios.example", name="τραπεζα ηλιος", sector="financial", country="GR", language="en"
    )
    assert again.pk == first.pk
    other = application_start(
        email="other@ilios.example", name="τραπεζα ηλιος", sector="financial", country="GR", language="en"
    )
    assert other.pk != first.pk


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("somebody@gmail.com", "Anybody can have an address"),
        ("somebody@mail.gmx.de", "Anybody can have an address"),
        ("el\u0435ni@ilios.example", "cyrillic small letter ie"),
        ("eleni", "is not an e-mail address"),
    ],
)
def test_addresses_that_cannot_be_a_members(db: None, email: str, said: str) -> None:
    with pytest.raises(ApplicationError, match=said):
        application_start(email=email, name="X", sector="financial", country="GR", language="en")
    assert not Application.objects.exists()


def test_an_unconfirmed_or_unfinished_draft_is_not_sent(db: None) -> None:
    for draft in (joining.draft(opened=False), joining.draft(about="", email="b@ilios.example")):
        with pytest.raises(ApplicationError, match="Answers are missing"):
            application_submit(application=draft)
    looks_alike = joining.draft(email="eleni@ili\u043es.example")
    with pytest.raises(ApplicationError, match="Answers are missing"):
        application_submit(application=looks_alike)
    assert looks_alike.domain.startswith("xn--")


def test_sent_once(db: None) -> None:
    application = joining.draft()
    other = joining.fresh(application)
    application_submit(application=application)
    with pytest.raises(Conflict):
        application_submit(application=other)


def test_questions_and_answers_end_with_the_application(cast: Cast) -> None:
    application = joining.received()
    question_ask(application=application, text="Which licence?", actor=cast.manager)
    question_answer(application=application, text="That of a bank.")
    assert Mail.objects.filter(template="application_answered", to=cast.manager).exists()
    assert all(b"licence" not in bytes(one.sealed) for one in application.messages.all())
    application_withdraw(application=application)
    with pytest.raises(Conflict):
        question_answer(application=joining.fresh(application), text="One more thing.")


# --- the end


def test_drafts_that_nobody_touches_go_with_their_key(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    old, young = joining.draft(), joining.draft(email="b@ilios.example")
    Application.objects.filter(pk=old.pk).update(saved_at=timezone.now() - timedelta(days=31))
    call_command("purge_expired")
    assert "drafts of applications: 1 erased" in capsys.readouterr().out
    assert list(Application.objects.all()) == [young]
    assert DataKey.objects.get(pk=old.data_key_id).wrapped is None
    assert AuditEvent.objects.filter(action="application.expire", object_id=str(old.pk)).exists()


def test_what_led_to_nothing_is_erased_after_its_time(cast: Cast, settings: Any) -> None:
    application = joining.received()
    question_ask(application=application, text="Which licence?", actor=cast.manager)
    application_decline(
        application=joining.fresh(application), reasons=["incomplete"], text="No licence.", actor=cast.manager
    )
    call_command("purge_expired")
    assert joining.fresh(application).email
    Application.objects.filter(pk=application.pk).update(
        status_at=timezone.now() - timedelta(days=settings.APPLICATION_KEEP_DAYS + 1)
    )
    call_command("purge_expired")
    erased = joining.fresh(application)
    assert (erased.status, erased.decline_reasons, erased.email, erased.decision_text) == (
        "declined",
        ["incomplete"],
        "",
        "",
    )
    assert not erased.messages.exists()
    assert erased.data_key.wrapped is None


def test_only_a_draft_is_deleted(db: None) -> None:
    with pytest.raises(Conflict):
        application_discard(application=joining.received())
