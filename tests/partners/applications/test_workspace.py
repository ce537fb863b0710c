"""The secretariat vets and decides, members comment, the committee votes: by their pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from efc_portal.audit.models import AuditEvent
from efc_portal.partners.applications.checklist import items_for
from efc_portal.partners.applications.services.vetting import comments_close
from efc_portal.partners.applications.services.voting import vote_cast
from efc_portal.partners.models import Application
from tests.cast import Cast
from tests.factories import joining

pytestmark = pytest.mark.django_db

PERSONAL = ("Eleni Pappa", "eleni@", "Petros", "Sofia", "privacy@", "+30 210")


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def later(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}"


def take(client: Client, application: Application, step: str, **fields: Any) -> Any:
    address = f"/members/applications/{application.pk}/{step}/"
    assert client.get(address).status_code == 200
    return client.post(address, fields)


def test_from_received_to_approved_by_pages(cast: Cast) -> None:
    application = joining.received(**joining.ANSWERS)
    place = f"/members/applications/{application.pk}/"
    manager, member = cast.client("manager", fresh=True), cast.client("coordinator")
    assert "Eleni Pappa" in text_of(manager.get(place))
    assert take(manager, application, "begin").status_code == 302
    assert "in the checklist" in text_of(take(manager, application, "consult", until=later(14)))
    for item in items_for("financial"):
        done = manager.post(f"{place}checklist/{item.code}/", {"state": "fulfilled", "evidence": "Extract of today."})
        assert done.status_code == 302
    assert take(manager, application, "sponsor", organisation=str(cast.ngo.pk)).status_code == 302
    assert "Answer as the sponsor" in text_of(member.get("/members/candidates/"))
    assert member.post(f"/members/candidates/{application.pk}/sponsor/", {"answer": "yes"}).status_code == 302
    assert take(manager, application, "question", text="Which licence?").status_code == 302
    assert "This day is over" in text_of(take(manager, application, "consult", until=later(-1)))
    assert take(manager, application, "consult", until=later(14)).status_code == 302

    page = text_of(member.get(f"/members/candidates/{application.pk}/"))
    assert "Two days a month of an analyst." in page
    assert not [one for one in PERSONAL if one in page]
    comment = {"stance": "concern", "text": "They are slow to answer."}
    assert member.post(f"/members/candidates/{application.pk}/comment/", comment).status_code == 302
    assert "They are slow to answer." in text_of(manager.get(place))
    assert "They are slow" not in text_of(cast.client("bank_coordinator").get(f"/members/candidates/{application.pk}/"))

    assert cast.steering
    assert take(manager, application, "call", until=later(7)).status_code == 422
    assert take(manager, application, "close", reason="All have answered.").status_code == 302
    assert take(manager, application, "call", until=later(7)).status_code == 302
    voter = cast.client("steering")
    assert "They are slow to answer." in text_of(voter.get(f"/members/candidates/{application.pk}/vote/"))
    assert take(manager, application, "approve").status_code == 422
    vote = {"choice": "yes", "reason": "Good people."}
    assert voter.post(f"/members/candidates/{application.pk}/vote/", vote).status_code == 302
    assert "Good people." in text_of(manager.get(place))
    joining.memorandum(cast)
    assert take(cast.client("manager"), application, "approve").status_code == 302  # to show a factor again
    assert joining.fresh(application).status == "voting"
    assert take(manager, application, "approve", reason="Welcome.").status_code == 302
    page = text_of(manager.get(place))
    for words in ("Confirmed to be the sponsor", "Called the committee to vote", "Approved the application"):
        assert words in page
    assert AuditEvent.objects.filter(action="application.approve", actor_id=cast.manager.pk).count() == 1
    assert "not countersigned yet" in text_of(take(manager, application, "activate"))
    joining.countersigned(application, cast)
    assert take(manager, application, "activate").status_code == 302
    assert "Τράπεζα Ήλιος Α.Ε." in text_of(Client().get("/partners/"))


def test_declining_says_why_and_a_second_manager_meets_a_conflict(cast: Cast) -> None:
    application = joining.received()
    first, second = cast.client("manager", fresh=True), cast.client("second_manager", fresh=True)
    address = f"/members/applications/{application.pk}/decline/"
    assert first.post(address, {"reasons": ["conduct"]}).status_code == 422
    reasons = {"reasons": ["incomplete"], "text": "The licence is missing."}
    assert first.post(address, reasons).status_code == 302
    assert second.post(address, reasons).status_code == 409
    applicant = Client()
    applicant.post(f"/join/apply/link/{joining.link_to(application)}/")
    page = text_of(applicant.get("/join/apply/status/"))
    assert "Answers or evidence are missing" in page
    assert "The licence is missing." in page
    assert cast.manager.name not in page


def test_only_what_can_be_done_now_is_offered(cast: Cast) -> None:
    client = cast.client("manager")

    def offered(application: Application) -> set[str]:
        page = text_of(client.get(f"/members/applications/{application.pk}/"))
        return set(re.findall(rf"/members/applications/{application.pk}/([a-z]+)/\"", page))

    assert offered(joining.received()) == {"begin", "question", "decline"}
    application = joining.consulting(cast)
    assert offered(application) == {"close", "question", "sponsor", "decline"}
    comments_close(application=application, reason="All have answered.", actor=cast.manager)
    assert offered(application) == {"call", "question", "sponsor", "decline"}
    application = joining.voting(cast)
    assert offered(application) == {"question"}
    vote_cast(application=application, choice="no", reason="", actor=cast.steering)
    assert offered(application) == {"question", "decline"}


def test_a_domain_that_deserves_a_second_look_is_pointed_out(cast: Cast) -> None:
    application = joining.received(**{**joining.ANSWERS, "domain": "ilios.example", "website": "https://other.example"})
    page = text_of(cast.client("officer").get(f"/members/applications/{application.pk}/"))
    assert "The mail domain is not the website’s." in page


def test_a_vote_after_the_deadline_is_not_counted(cast: Cast) -> None:
    application = joining.voting(cast)
    voter = cast.client("steering")
    Application.objects.filter(pk=application.pk).update(votes_until=timezone.now() - timedelta(seconds=1))
    late = voter.post(f"/members/candidates/{application.pk}/vote/", {"choice": "yes"})
    assert late.status_code == 422
    assert "Your vote was not counted" in text_of(late)


def test_who_is_somebody_else_finds_nothing(cast: Cast) -> None:
    draft, application, candidate = joining.draft(), joining.received(), joining.consulting(cast)
    place = f"/members/applications/{application.pk}/"
    assert cast.client("officer").get(place).status_code == 200
    assert "What to do" not in text_of(cast.client("officer").get(place))
    assert cast.client("officer").post(f"{place}begin/").status_code == 403
    assert cast.client("manager").get(f"/members/applications/{draft.pk}/").status_code == 404
    assert cast.client("manager").get(f"{place}burn/").status_code == 404
    assert cast.client("coordinator").get(place).status_code == 404
    assert cast.client("coordinator").get(f"/members/candidates/{application.pk}/").status_code == 404
    assert cast.client("coordinator").get(f"/members/candidates/{candidate.pk}/sponsor/").status_code == 404
    assert cast.client("steering").get(f"/members/candidates/{candidate.pk}/vote/").status_code == 404
    assert cast.client("outsider").get(f"/members/candidates/{candidate.pk}/").status_code == 404


def test_the_lists_filter_and_cost_the_same_at_any_length(cast: Cast, django_assert_max_num_queries: Any) -> None:
    manager, member = cast.client("manager"), cast.client("coordinator")
    assert "Applications will stand here" in text_of(manager.get("/members/applications/"))
    assert "Candidates will stand here" in text_of(member.get("/members/candidates/"))
    first = joining.received()
    joining.consulting(cast)
    page = text_of(manager.get("/members/applications/?status=consultation"))
    assert str(first.reference) not in page
    assert str(first.reference) in text_of(manager.get("/members/applications/?status=waiting&country=NL"))
    assert "No application fits" in text_of(manager.get("/members/applications/?q=nowhere"))
    assert manager.get("/members/applications/?status=nonsense&country=XX&page=99").status_code == 200
    for client, address in ((manager, "/members/applications/"), (member, "/members/candidates/")):
        with django_assert_max_num_queries(40) as before:
            client.get(address)
        for _number in range(4):
            joining.consulting(cast)
        with django_assert_max_num_queries(len(before)):
            client.get(address)


def test_the_start_page_says_what_waits(cast: Cast) -> None:
    joining.received()
    joining.consulting(cast, sponsor=cast.bank)
    joining.voting(cast)
    assert "/members/applications/?status=waiting" in text_of(cast.client("manager").get("/workspace/"))
    assert "Candidates to comment on" in text_of(cast.client("coordinator").get("/workspace/"))
    assert "Votes to cast" in text_of(cast.client("steering").get("/workspace/"))
    assert "Asked to be a sponsor" in text_of(cast.client("bank_coordinator").get("/workspace/"))


def test_reading_is_recorded(cast: Cast) -> None:
    application = joining.consulting(cast)
    cast.client("officer").get(f"/members/applications/{application.pk}/")
    cast.client("coordinator").get(f"/members/candidates/{application.pk}/")
    readers = AuditEvent.objects.filter(action="application.view").values_list("actor_id", flat=True)
    assert set(readers) == {cast.officer.pk, cast.coordinator.pk}
