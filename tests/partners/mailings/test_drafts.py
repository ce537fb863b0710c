"""Writing a letter: whom it goes to, what it must not say, and the queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.partners.enums import OrganisationStatus
from efc_portal.partners.mailings.segments import Segment, fingerprint
from efc_portal.partners.mailings.selectors import people_meant
from efc_portal.partners.mailings.services import mailing_change, mailing_create, mailing_queue
from efc_portal.partners.models import Mailing, MailingRecipient, Membership, Organisation
from efc_portal.partners.services import membership_end
from efc_portal.workflow.models import WorkItem
from tests.cast import Cast
from tests.factories.mailings import FRENCH, TEXTS, mailing_draft_of, mailing_queued_of

pytestmark = pytest.mark.django_db

FORM = {
    "subject_en": "The meeting in May",
    "body_en": "Dear colleagues,\r\nwe meet on 4 May.",
    "kinds": ["partner", "law_enforcement"],
    "roles": ["coordinator", "liaison"],
    "standing": ["active", "grace"],
}


@pytest.fixture
def members(cast: Cast) -> Cast:
    for who in ("reporter", "bank_coordinator", "coordinator", "liaison", "steering", "manager", "outsider"):
        getattr(cast, who)
    return cast


def emails(segment: Segment) -> set[str]:
    return set(segment.memberships().values_list("user__email", flat=True))


def test_a_segment_is_who_fits_everything(members: Cast) -> None:
    everybody = {"coordinator@meridian.example", "coordinator@lighthouse.example", "liaison@north.example"}
    assert emails(Segment()) == everybody
    assert emails(Segment(kinds=("law_enforcement",))) == {"liaison@north.example"}
    assert emails(Segment(countries=("BE",))) == {"coordinator@lighthouse.example"}
    assert emails(Segment(sectors=("financial",))) == {"coordinator@meridian.example"}
    others = {"reporter@meridian.example", "steering@lighthouse.example"}
    assert emails(Segment(roles=("reporter", "steering"))) == others
    assert emails(Segment(organisations=(str(members.ngo.pk),))) == {"coordinator@lighthouse.example"}
    assert emails(Segment(organisations=(str(members.ngo.pk),), countries=("NL",))) == set()


def test_who_left_or_is_suspended_is_not_written_to(members: Cast) -> None:
    Organisation.objects.filter(pk=members.ngo.pk).update(status=OrganisationStatus.SUSPENDED)
    membership_end(actor=None, membership=members.liaison.memberships.get())
    User.objects.filter(pk=members.bank_coordinator.pk).update(is_active=False)
    assert emails(Segment()) == set()
    assert emails(Segment(standing=("suspended",))) == {"coordinator@lighthouse.example"}


def test_preview_and_queue_say_exactly_who_and_how_many(members: Cast) -> None:
    client = members.client("manager", fresh=True)
    assert "Mailings will stand here" in client.get("/members/mailings/").content.decode()
    page = client.get("/members/mailings/new/").content.decode()
    assert "its text itself is mailed" in page
    answer = client.post("/members/mailings/new/", FORM | {"subject_fr": "La réunion", "body_fr": "Le 4 mai."})
    mailing = Mailing.objects.get()
    assert answer.headers["Location"] == f"/members/mailings/{mailing.pk}/preview/"
    page = client.get(answer.headers["Location"]).content.decode()
    for address in emails(Segment()):
        assert address in page
    assert "reporter@meridian.example" not in page
    assert "This is what 3 people will read." in page
    assert "Le 4 mai." in page
    assert "cannot be switched off" in page
    page = client.get(f"/members/mailings/{mailing.pk}/queue/").content.decode()
    assert "goes to 3 people" in page
    people = fingerprint(people_meant(Segment()))
    assert people in page
    answer = client.post(f"/members/mailings/{mailing.pk}/queue/", {"version": "1", "people": people})
    assert answer.headers["Location"] == f"/members/mailings/{mailing.pk}/"
    mailing.refresh_from_db()
    assert (mailing.status, mailing.recipient_count, mailing.queued_by) == ("queued", 3, members.manager)
    assert set(mailing.recipients.values_list("address", flat=True)) == emails(Segment())
    assert WorkItem.objects.filter(kind="mailing.send", subject_id=mailing.pk).count() == 1
    assert AuditEvent.objects.get(action="mailing.queue").payload["count"] == 3
    assert mail.outbox == []


def test_queueing_asks_for_a_factor_again(members: Cast) -> None:
    mailing = mailing_draft_of(members.manager)
    answer = members.client("manager").post(f"/members/mailings/{mailing.pk}/queue/", {"version": "1", "people": "x"})
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]
    mailing.refresh_from_db()
    assert mailing.status == "draft"


def test_nobody_is_written_to_who_was_not_in_the_preview(members: Cast) -> None:
    mailing, seen = mailing_draft_of(members.manager), fingerprint(people_meant(Segment()))
    Membership.objects.filter(user=members.reporter).update(roles=["coordinator"])
    with pytest.raises(Conflict, match="has changed since you looked"):
        mailing_queue(mailing=mailing, version=1, people=seen, actor=members.manager)
    assert MailingRecipient.objects.count() == 0
    answer = members.client("manager", fresh=True).post(
        f"/members/mailings/{mailing.pk}/queue/", {"version": "1", "people": seen}
    )
    assert answer.status_code == 409


def test_a_letter_is_queued_once(members: Cast) -> None:
    mailing = mailing_queued_of(members.manager)
    with pytest.raises(Exception, match="partners_mailing_person_once"):
        mailing_queue(mailing=mailing, version=1, people=fingerprint(people_meant(Segment())), actor=members.manager)


def test_an_empty_segment_is_told(members: Cast) -> None:
    mailing = mailing_draft_of(members.manager, Segment(countries=("MT",)))
    page = members.client("manager").get(f"/members/mailings/{mailing.pk}/preview/").content.decode()
    assert "Nobody of the members fits" in page
    with pytest.raises(ApplicationError, match="Nobody fits"):
        mailing_queue(mailing=mailing, version=1, people=fingerprint([]), actor=members.manager)


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("body_en", "See S-2026-000123 for more.", "Take the reference S-2026-000123 out"),
        ("subject_en", "About c-2026-45", "Take the reference c-2026-45 out"),
        ("body_en", "It was 4111 1111 1111 1111.", "full card number"),
        ("body_en", "", "Write the text."),
        ("subject_fr", "Sans texte", "take the subject of this language out"),
        ("organisations", "Meridian Bank\nNo Such House", "“No Such House”"),
        ("roles", [], "Choose at least one role."),
    ],
)
def test_what_cannot_be_sent_is_told_and_kept(members: Cast, field: str, text: Any, sentence: str) -> None:
    answer = members.client("manager").post("/members/mailings/new/", FORM | {field: text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    if isinstance(text, str):
        assert text.split("\n")[-1] in page
    assert Mailing.objects.count() == 0


def test_services_check_the_text_too(members: Cast) -> None:
    for body in ("See R-2026-000001.", "5555 5555 5555 4444"):
        with pytest.raises(ApplicationError):
            mailing_create(actor=members.manager, texts={"en": {"subject": "x", "body": body}}, segment=Segment())
    with pytest.raises(NotPermitted):
        mailing_create(actor=members.officer, texts=TEXTS, segment=Segment())


def test_named_organisations_are_kept_and_shown(members: Cast) -> None:
    client = members.client("manager")
    client.post("/members/mailings/new/", FORM | {"organisations": " meridian bank \r\n\r\nLighthouse for Children"})
    mailing = Mailing.objects.get()
    assert set(mailing.segment["organisations"]) == {str(members.bank.pk), str(members.ngo.pk)}
    page = client.get(f"/members/mailings/{mailing.pk}/edit/").content.decode()
    assert "Meridian Bank" in page
    assert "we meet on 4 May." in page


def test_two_who_change_the_same_draft(members: Cast) -> None:
    mailing = mailing_draft_of(members.manager)
    mailing_change(mailing=mailing, version=1, actor=members.second_manager, texts=FRENCH, segment=Segment())
    answer = members.client("manager").post(
        f"/members/mailings/{mailing.pk}/edit/", FORM | {"version": "1", "body_en": "My own words."}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else changed or queued this letter meanwhile" in page
    assert "My own words." in page
    with pytest.raises(Conflict):
        mailing_queue(mailing=mailing, version=1, people=fingerprint(people_meant(Segment())), actor=members.manager)


def test_a_queued_letter_cannot_be_changed(members: Cast) -> None:
    mailing = mailing_queued_of(members.manager)
    client = members.client("manager")
    assert client.get(f"/members/mailings/{mailing.pk}/edit/").status_code == 409
    with pytest.raises(Conflict):
        mailing_change(mailing=mailing, version=1, actor=members.manager, texts=FRENCH, segment=Segment())


def test_two_thousand_recipients_are_one_statement(members: Cast) -> None:
    number = 2000
    people = [User(email=f"many{n}@meridian.example", name=f"Many {n}", password="!") for n in range(number)]
    User.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(user=one, organisation=members.bank, roles=["coordinator"]) for one in people
    )
    mailing, seen = mailing_draft_of(members.manager), fingerprint(people_meant(Segment()))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        count = mailing_queue(mailing=mailing, version=1, people=seen, actor=members.manager)
    assert count == number + 3
    assert len(queries) < 15


def test_lists_cost_the_same_whatever_their_length(
    members: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = members.client("manager")
    first = mailing_queued_of(members.manager)
    addresses = ("/members/mailings/", f"/members/mailings/{first.pk}/recipients/")
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(40) as before:
            client.get(address)
        for _n in range(3):
            mailing_queued_of(members.manager)
        with django_assert_max_num_queries(len(before)):
            client.get(address)


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("auditor", 403), ("coordinator", 404)])
def test_others_stay_outside(members: Cast, who: str, status: int) -> None:
    mailing = mailing_queued_of(members.manager)
    client = members.client(who, fresh=True)
    for page in ("", "recipients/", "results/", "progress/", "unclear/", "pause/"):
        assert client.get(f"/members/mailings/{mailing.pk}/{page}").status_code == status
    assert client.post("/members/mailings/new/", FORM).status_code == status
