"""The yearly review: opened, reminded of once, finished; and what follows when it is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.notifications.models import Mail
from efc_portal.partners.enums import ContactKind, OrganisationKind, Sector
from efc_portal.partners.models import FieldChange, Grace, Membership, Organisation, Review, ReviewNotice
from efc_portal.partners.register.services import contact_add
from efc_portal.partners.standing import review_items as items
from efc_portal.partners.standing.reviews import (
    contacts_confirm,
    contribution_none,
    domains_confirm,
    review_finish,
    reviews_tell,
)
from efc_portal.partners.standing.services import organisation_restore, organisation_warn
from efc_portal.partners.standing.tasks import standing_run
from efc_portal.workflow.models import WorkItem
from tests.cast import Cast
from tests.factories.partners import PersonFactory

pytestmark = pytest.mark.django_db

JOINED = date(2025, 3, 10)
DUE = date(2026, 3, 10)
REMINDERS = ("review_opened", "review_soon", "review_due")


@pytest.fixture
def bank(cast: Cast) -> Organisation:
    """A bank that joined a year before `DUE`, with somebody who looks after it, and a manager at the secretariat."""
    assert cast.bank_coordinator
    assert cast.manager
    Organisation.objects.filter(pk=cast.bank.pk).update(joined_on=JOINED)
    return cast.bank


def run(day: date) -> None:
    standing_run(today=day)


def at(days: int) -> date:
    return DUE + timedelta(days=days)


def sent() -> list[tuple[str, str]]:
    """What was told so far, and to whom, in its order."""
    return list(Mail.objects.order_by("created_at").values_list("template", "to__email"))


def reminders() -> int:
    return Mail.objects.filter(template__in=REMINDERS).count()


def answer(cast: Cast, review: Review) -> None:
    """Everything that this review asks, done."""
    for kind in (ContactKind.MAIN, ContactKind.DATA_PROTECTION):
        contact_add(actor=None, organisation=cast.bank, kind=kind, name="Desk", email="desk@meridian.example")
    contacts_confirm(actor=cast.bank_coordinator, organisation=cast.bank)
    domains_confirm(actor=cast.bank_coordinator, review=review)
    contribution_none(actor=cast.bank_coordinator, review=review)


def test_it_opens_thirty_days_before_and_once(bank: Organisation) -> None:
    run(at(-31))
    assert not Review.objects.exists()
    run(at(-30))
    run(at(-30))
    review = Review.objects.get()
    assert (review.organisation, review.due_on, review.period_from) == (bank, DUE, JOINED)
    assert sent() == [("review_opened", "coordinator@meridian.example")]


def test_reminders_come_thirty_fourteen_and_three_days_before_and_on_the_day_each_once(bank: Organisation) -> None:
    days = range(-30, 1)
    counts = {}
    for number in days:
        before = reminders()
        run(at(number))
        run(at(number))
        if reminders() > before:
            counts[number] = reminders() - before
    assert counts == {-30: 1, -14: 1, -3: 1, 0: 1}


def test_after_days_without_a_run_the_latest_reminder_comes_alone(bank: Organisation) -> None:
    run(at(-30))
    run(at(-2))
    assert [template for template, _to in sent()] == ["review_opened", "review_soon"]


def test_a_run_that_was_killed_midway_leaves_nothing_told_twice(
    bank: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(at(-31))
    with pytest.raises(RuntimeError), monkeypatch.context() as patched:
        patched.setattr("efc_portal.notifications.services.work_enqueue_new", _killed)
        run(at(-30))
    assert (ReviewNotice.objects.count(), Mail.objects.count()) == (0, 0)
    run(at(-30))
    assert (ReviewNotice.objects.count(), Mail.objects.count()) == (1, 1)
    assert WorkItem.objects.filter(kind="mail.send", subject_id=Mail.objects.get().pk).count() == 1


def _killed(*_args: Any, **_more: Any) -> None:
    raise RuntimeError


def test_the_database_keeps_a_notice_from_coming_twice(bank: Organisation) -> None:
    run(at(-30))
    notice = ReviewNotice.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewNotice.objects.create(review=notice.review, kind=notice.kind, due_on=notice.due_on)


def test_overdue_it_is_told_then_in_grace_then_somebody_decides(cast: Cast, bank: Organisation) -> None:
    run(at(-30))
    Mail.objects.all().delete()
    run(at(13))
    assert [template for template, _to in sent()] == ["review_due"]
    run(at(14))
    run(at(15))
    assert sent()[1:] == [("reviews_overdue", "manager@efc.example")]
    run(at(29))
    assert Organisation.objects.get(pk=bank.pk).status == "active"
    run(at(30))
    run(at(31))
    assert Organisation.objects.get(pk=bank.pk).status == "grace"
    change = FieldChange.objects.get(organisation=bank, field="status")
    assert (change.changed_by, change.reason) == (None, "The yearly review is overdue.")
    assert Grace.objects.get().until == at(60)
    assert sent()[2:] == [("standing_grace", "coordinator@meridian.example")]
    run(at(60))
    run(at(61))
    assert sent()[3:] == [("suspensions_due", "manager@efc.example")]
    assert Organisation.objects.get(pk=bank.pk).status == "grace", "nobody is suspended by a clock"


def test_finished_in_grace_for_it_the_organisation_is_active_again(cast: Cast, bank: Organisation) -> None:
    run(at(-30))
    run(at(30))
    review = Review.objects.get()
    with pytest.raises(ApplicationError, match="Confirm your contacts"):
        review_finish(actor=cast.bank_coordinator, review=review)
    answer(cast, review)
    review_finish(actor=cast.bank_coordinator, review=review)
    assert Organisation.objects.get(pk=bank.pk).status == "active"
    assert Grace.objects.get().ended_at is not None
    with pytest.raises(Conflict, match="finished already"):
        review_finish(actor=cast.bank_coordinator, review=review)


def test_grace_for_something_else_stays_when_the_review_is_finished(cast: Cast, bank: Organisation) -> None:
    run(at(-30))
    Organisation.objects.filter(pk=bank.pk).update(status="grace")
    Grace.objects.create(organisation=bank, what="Another thing.", until=at(100))
    review = Review.objects.get()
    answer(cast, review)
    review_finish(actor=cast.bank_coordinator, review=review)
    assert Organisation.objects.get(pk=bank.pk).status == "grace"


def test_made_active_by_a_manager_it_does_not_lapse_again_the_next_day(cast: Cast, bank: Organisation) -> None:
    run(at(-30))
    run(at(30))
    organisation_restore(
        actor=cast.manager, organisation=Organisation.objects.get(pk=bank.pk), reason="They called.", today=at(31)
    )
    assert Review.objects.get().due_on == at(61)
    run(at(32))
    assert Organisation.objects.get(pk=bank.pk).status == "active"


def test_the_next_one_is_due_a_year_after_the_last(cast: Cast, bank: Organisation) -> None:
    run(at(-30))
    review = Review.objects.get()
    answer(cast, review)
    review_finish(actor=cast.bank_coordinator, review=review)
    done = Review.objects.get().done_at.date()  # type: ignore[union-attr]
    run(done + timedelta(days=330))
    assert not Review.objects.filter(done_at=None).exists()
    run(done + timedelta(days=336))
    assert abs((Review.objects.get(done_at=None).due_on - done).days - 365) <= 1


def test_who_joined_long_ago_has_thirty_days_for_the_first(bank: Organisation) -> None:
    run(at(200))
    assert Review.objects.get().due_on == at(230)
    assert Organisation.objects.get(pk=bank.pk).status == "active"


def test_the_secretariat_and_who_is_suspended_are_not_asked(cast: Cast, bank: Organisation) -> None:
    Organisation.objects.update(joined_on=JOINED)
    Organisation.objects.filter(pk=bank.pk).update(status="suspended")
    run(at(-30))
    assert not Review.objects.exists()


def test_the_coordinator_goes_through_it_on_pages(cast: Cast, bank: Organisation) -> None:
    client = cast.client("bank_coordinator")
    assert "Nothing is due" in client.get("/members/review/").content.decode()
    assert client.post("/members/review/").status_code == 404
    run(at(-30))
    page = client.get("/members/review/").content.decode()
    assert "Confirm your contacts" in page
    assert "Finish the review" not in page
    refused = client.post("/members/contacts/")
    assert refused.status_code == 422
    assert "Name a contact for this first: Membership." in refused.content.decode()
    for kind in ("main", "data_protection"):
        form = {"kind": kind, "name": "Desk", "email": f"{kind}@meridian.example", "phone": ""}
        assert client.post("/members/contacts/add/", form).status_code == 302
    assert client.post("/members/contacts/add/", form).status_code == 422, "the same again"
    assert client.post("/members/contacts/").headers["Location"] == "/members/review/"
    assert "meridian.example" in client.get("/members/review/domains/").content.decode()
    assert client.post("/members/review/domains/").status_code == 302
    assert "Nothing to record this year" in client.get("/members/review/").content.decode()
    assert client.post("/members/review/", {"none": "1"}).status_code == 302
    assert "Finish the review" in client.get("/members/review/").content.decode()
    assert client.post("/members/review/", {"finish": "1"}).status_code == 302
    assert Review.objects.get().done_by == cast.bank_coordinator


def test_contacts_are_changed_and_taken_away_and_nobody_elses(cast: Cast) -> None:
    contact = contact_add(actor=None, organisation=cast.bank, kind="press", name="Pia", email="pia@meridian.example")
    client, address = cast.client("bank_coordinator"), f"/members/contacts/{contact.pk}/"
    assert cast.client("coordinator").get(address).status_code == 404
    assert cast.client("coordinator").post(f"{address}remove/").status_code == 404
    form = {"kind": "press", "name": "Paul", "email": "nobody", "phone": ""}
    wrong = client.post(address, form)
    assert wrong.status_code == 422
    assert cast.bank.contacts.get().name == "Pia", "what was there stays"
    assert client.post(address, {**form, "email": "paul@meridian.example"}).status_code == 302
    changed = cast.bank.contacts.get()
    assert (changed.name, changed.email) == ("Paul", "paul@meridian.example")
    assert "Take this contact away?" in client.get(f"/members/contacts/{changed.pk}/remove/").content.decode()
    client.post(f"/members/contacts/{changed.pk}/remove/")
    assert not cast.bank.contacts.exists()


def test_the_list_filters(cast: Cast, bank: Organisation) -> None:
    run(at(-30))  # long ago
    client = cast.client("officer")
    assert "Meridian Bank" in client.get("/members/reviews/?state=overdue").content.decode()
    assert "Meridian Bank" in client.get("/members/reviews/?state=open&q=merid").content.decode()
    assert "No review fits" in client.get("/members/reviews/?state=done").content.decode()
    assert client.get("/members/reviews/?state=x&page=99").status_code == 200


def many(number: int, start: int = 0) -> None:
    organisations = Organisation.objects.bulk_create(
        Organisation(
            name=f"Member {start + n}",
            kind=OrganisationKind.PARTNER,
            sector=Sector.FINANCIAL,
            country="NL",
            joined_on=JOINED,
        )
        for n in range(number)
    )
    people = [PersonFactory._meta.model(email=f"c{start + n}@members.example", name="C") for n in range(number)]
    PersonFactory._meta.model.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(user=person, organisation=organisation, roles=["coordinator"])
        for person, organisation in zip(people, organisations, strict=True)
    )


def test_a_day_costs_the_same_number_of_queries_for_many(cast: Cast) -> None:
    assert cast.manager
    many(10)
    with CaptureQueriesContext(connection) as few:
        run(at(-30))
    many(190, start=10)
    with CaptureQueriesContext(connection) as more:
        run(at(-30))
    assert Review.objects.count() == 200
    assert Mail.objects.filter(template="review_opened").count() == 200
    assert len(more) <= len(few)


def test_the_list_costs_the_same_number_of_queries_for_many(cast: Cast) -> None:
    client = cast.client("manager")
    many(10)
    run(at(-30))
    client.get("/members/reviews/")
    with CaptureQueriesContext(connection) as few:
        client.get("/members/reviews/")
    many(190, start=10)
    run(at(-30))
    with CaptureQueriesContext(connection) as more:
        client.get("/members/reviews/")
    assert len(more) <= len(few)


def test_telling_again_tells_nothing(bank: Organisation) -> None:
    run(at(-30))
    assert reviews_tell(today=at(-30)) == 0


def test_nothing_contributed_is_stated_where_the_review_asks_for_it(
    cast: Cast, bank: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = dict(items._items)
    asks["contribution"] = items.ReviewItem(
        "contribution", "Contributions in kind", "review", 30, lambda review: review.no_contribution_at is not None
    )
    monkeypatch.setattr(items, "_items", asks)
    run(at(-30))
    client = cast.client("bank_coordinator")
    assert "Nothing to record this year" in client.get("/members/review/").content.decode()
    client.post("/members/review/", {"none": "1"})
    review = Review.objects.get()
    assert review.no_contribution_by == cast.bank_coordinator
    assert "Nothing to record this year" not in client.get("/members/review/").content.decode()
    answer(cast, review)
    assert client.post("/members/review/", {"finish": "1"}).status_code == 302


def test_what_is_missing_is_named_when_somebody_finishes_too_early(cast: Cast, bank: Organisation) -> None:
    run(at(-30))
    refused = cast.client("bank_coordinator").post("/members/review/", {"finish": "1"})
    assert refused.status_code == 422
    assert "This is still to be done: Confirm your contacts." in refused.content.decode()


def test_a_time_of_grace_that_is_over_is_told_once_and_listed(cast: Cast, bank: Organisation) -> None:
    organisation_warn(actor=cast.manager, organisation=cast.bank, what="Name a contact.", until=at(5), today=at(0))
    run(at(5))
    assert not Mail.objects.filter(template="grace_over").exists()
    run(at(6))
    run(at(7))
    assert [one.to for one in Mail.objects.filter(template="grace_over")] == [cast.manager]
    page = cast.client("manager").get("/members/graces/").content.decode()
    assert "Name a contact." in page
