"""The applicant's pages: a link that works once, a draft that waits, and nothing told to others."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from efc_portal.core.models import OneTimeToken
from efc_portal.partners.applications import browser
from efc_portal.partners.applications.guard import GUARD, MAILBOX
from efc_portal.partners.models import Application
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import joining

pytestmark = pytest.mark.django_db

START = {"name": "Τράπεζα Ήλιος Α.Ε.", "sector": "financial", "country": "GR", "email": joining.EMAIL}


def token(age: float = 60) -> str:
    """A form's marking as it was made some seconds ago."""
    made = timezone.now() - timedelta(seconds=age)
    signer = signing.TimestampSigner(salt=GUARD.salt)
    signer.timestamp = lambda: signing.b62_encode(int(made.timestamp()))  # type: ignore[method-assign]
    return signer.sign_object({"language": "en"}, serializer=signing.JSONSerializer)


def begin(client: Client, path: str = "/join/apply/", **fields: str) -> Any:
    return client.post(path, {**START, "token": token(), **fields})


def letters(client: Client) -> list[str]:
    """The links of the letters that were sent since."""
    mail.outbox.clear()
    work_drain_for(10)
    return [link for one in mail.outbox for link in re.findall(r"/join/apply/link/\S+", str(one.body))]


def applicant(application: Application) -> Client:
    client = Client()
    client.post(f"/join/apply/link/{joining.link_to(application)}/")
    return client


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_whole_way_of_an_applicant(cast: Cast, client: Client) -> None:
    assert cast.manager
    assert client.get("/join/apply/").status_code == 200
    answer = begin(client)
    assert answer.headers["Location"] == "/join/apply/sent/"
    assert not answer.cookies
    assert "a link is on its way" in text_of(client.get("/join/apply/sent/"))
    (link,) = letters(client)
    assert "Ήλιος" not in mail.outbox[0].body
    for _look in range(2):
        assert "Open the application" in text_of(client.get(link))
    opened = client.post(link)
    assert opened.headers["Location"] == "/join/apply/form/"
    cookie = opened.cookies["efc_application"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == ("/join/", True, "Lax", 7200)
    assert "efc_session" not in opened.cookies
    page = text_of(client.get("/join/apply/form/"))
    assert "eleni@ilios.example" in page
    assert 'value="Τράπεζα Ήλιος Α.Ε."' in page

    saved = client.post("/join/apply/form/", {"name": START["name"], "about": "We lend.", "action": "save"})
    assert saved.headers["Location"] == "/join/apply/form/?saved=1"
    wrong = client.post("/join/apply/form/", {**joining.ANSWERS, "lei": "529900T8BM49AURSDO56", "action": "check"})
    assert wrong.status_code == 422
    assert "check digits of this LEI do not fit" in text_of(wrong)
    assert "529900T8BM49AURSDO56" in text_of(wrong)

    right = client.post("/join/apply/form/", {**joining.ANSWERS, "action": "check"})
    assert right.headers["Location"] == "/join/apply/review/"
    assert "Sofia Ioannou" in text_of(client.get("/join/apply/review/"))
    assert client.post("/join/apply/review/").status_code == 422
    sent = client.post("/join/apply/review/", {"entitled": "on"})
    assert sent.headers["Location"] == "/join/apply/receipt/"
    application = Application.objects.get()
    assert str(application.reference) in text_of(client.get("/join/apply/receipt/"))
    letters(client)
    assert {one.to[0] for one in mail.outbox} == {cast.manager.email, joining.EMAIL}
    assert "You sent the application" in text_of(client.get("/join/apply/status/"))
    assert client.get("/join/apply/form/").headers["Location"] == "/join/apply/status/"

    client.post("/join/apply/status/", {"text": "We have moved."})
    assert "We have moved." in text_of(client.get("/join/apply/status/"))
    assert "Withdraw the application?" in text_of(client.get("/join/apply/withdraw/"))
    client.post("/join/apply/withdraw/")
    assert "You withdrew the application" in text_of(client.get("/join/apply/status/"))
    assert client.post("/join/apply/status/", {"text": "Still there?"}).status_code == 422


def test_a_draft_is_resumed_by_a_new_link(client: Client) -> None:
    draft = joining.draft(about="Half a sen")
    assert client.post("/join/apply/link/", {"email": "Eleni@ILIOS.example", "token": token()}).status_code == 302
    (link,) = letters(client)
    client.post(link)
    assert "Half a sen" in text_of(client.get("/join/apply/form/"))
    client.post("/join/apply/leave/")
    assert client.get("/join/apply/form/").headers["Location"].startswith("/join/apply/link/")
    other = applicant(draft)
    assert "Delete this draft?" in text_of(other.get("/join/apply/withdraw/"))
    other.post("/join/apply/withdraw/")
    assert not Application.objects.exists()


def test_a_draft_keeps_what_a_database_can_hold() -> None:
    browser = applicant(joining.draft())
    sent = browser.post(
        "/join/apply/form/", {"name": "Tra\0peza", "gives": ["da\0ta"], "about": "\0", "action": "save"}
    )
    assert sent.status_code == 302
    assert 'value="Trapeza"' in text_of(browser.get("/join/apply/form/"))


def test_the_answer_is_the_same_whatever_is_known(client: Client) -> None:
    joining.draft()
    known = client.post("/join/apply/link/", {"email": joining.EMAIL, "token": token()})
    unknown = client.post("/join/apply/link/", {"email": "nobody@else.example", "token": token()})
    nonsense = client.post("/join/apply/link/", {"email": "nobody", "token": token()})
    assert known.headers["Location"] == unknown.headers["Location"] == nonsense.headers["Location"]
    assert len(letters(client)) == 1


def test_used_expired_foreign_and_guessed_links_open_nothing(client: Client) -> None:
    application = joining.draft()
    used = joining.link_to(application)
    client.post(f"/join/apply/link/{used}/")
    older = joining.link_to(application)
    joining.link_to(application)
    expired = joining.link_to(joining.draft(email="b@ilios.example"))
    OneTimeToken.objects.filter(selector=expired.partition(".")[0]).update(expires_at=timezone.now())
    selector, _dot, secret = joining.link_to(joining.draft(email="c@ilios.example")).partition(".")
    for text, said in (
        (used, "was used already"),
        (older, "was used already"),
        (expired, "too old"),
        (f"{selector}.{secret[::-1]}", "was never sent"),
        ("0" * 16 + "." + secret, "was never sent"),
        ("made-up", "was never sent"),
    ):
        for method in ("get", "post"):
            fresh = Client()
            answer = getattr(fresh, method)(f"/join/apply/link/{text}/")
            assert answer.status_code == 410
            assert said in text_of(answer)
            assert "efc_application" not in fresh.cookies


def test_a_cookie_that_is_made_up_or_old_opens_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = joining.draft()
    for value in ("made-up", signing.dumps({"id": str(draft.pk), "at": 0}, salt="other")):
        client.cookies["efc_application"] = value
        assert client.get("/join/apply/form/").status_code == 302
    opened = applicant(draft)
    assert opened.get("/join/apply/form/").status_code == 200
    monkeypatch.setattr(browser, "SECONDS_MOST", -1)
    assert opened.get("/join/apply/form/").status_code == 302


def test_forms_of_elsewhere_do_nothing_for_an_applicant(db: None) -> None:
    opened = Client(enforce_csrf_checks=True)
    opened.cookies = applicant(joining.draft()).cookies
    assert opened.post("/join/apply/withdraw/").status_code == 403
    assert Application.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"homepage": "https://buy.example"}, "must stay empty"),
        ({"token": "made-up"}, "had lost its marking"),
        ({"token": ""}, "had lost its marking"),
        ({"email": "eleni@gmail.com"}, "Use one at your organisation’s own domain"),
        ({"email": "el\u0435ni@ilios.example"}, "cyrillic small letter ie"),
        ({"country": "ZZ"}, "Choose a country of the list."),
        ({"sector": ""}, "Choose the sector."),
    ],
)
def test_machines_and_mistakes_read_what_is_wrong(client: Client, fields: dict[str, str], said: str) -> None:
    answer = begin(client, **fields)
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert 'value="Τράπεζα Ήλιος Α.Ε."' in page
    assert "buy.example" not in page
    assert not Application.objects.exists()


def test_neither_a_network_nor_a_mailbox_is_flooded(client: Client) -> None:
    for number in range(MAILBOX.per_hour + 1):
        assert begin(client, name=f"Organisation {number}").status_code == 302
    assert Application.objects.count() == MAILBOX.per_hour
    for number in range(GUARD.per_hour - MAILBOX.per_hour - 1):
        assert begin(client, email=f"x{number}@ilios.example").status_code == 302
    stopped = begin(client, email="y@ilios.example")
    assert stopped.status_code == 422
    assert "Several forms have come from your network" in text_of(stopped)


def test_tags_and_dots_are_no_further_mailboxes(client: Client) -> None:
    for number in range(MAILBOX.per_hour + 1):
        assert begin(client, email=f"sofia+{number}@ilios.example", name=f"Organisation {number}").status_code == 302
    assert Application.objects.count() == MAILBOX.per_hour


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"website": "https://www.other.example"}, "Your confirmed address is at ilios.example, not at other.example"),
        ({"website": "https://www.other.example", "domain": "ilios.example"}, ""),
        ({"website": "https://[", "domain": ""}, "Give the whole address"),
        ({"domain": "co.uk"}, "Anybody can have an address at co.uk"),
        ({"website": "https://www.ili\u043es.example"}, "not at xn--"),
        ({"signatory_email": "sofia@other.example"}, "must be at your organisation’s domain"),
        ({"signatory_email": "sofia@legal.ilios.example"}, ""),
        ({"register_number": "094259217"}, "no number of the company register of Greece"),
        ({"register_number": "HRB 11223", "country": "DE"}, "such as “Aachen HRA 11223”"),
        ({"register_number": "Amtsgericht Aachen HRA 11223", "country": "DE"}, ""),
        ({"register_number": "Berlin (Charlottenburg) HRB 11223 B", "country": "DE"}, ""),
        ({"privacy_email": "privacy"}, "is not an e-mail address"),
        ({"contact_phone": "at noon"}, "is not a telephone number"),
        ({"contact_phone": "+30 (210) 000-0000 ext. 12"}, ""),
        ({"website": "javascript:alert(1)"}, "Give the whole address"),
        ({"gives": ["gold"]}, "gold is not one of the available choices"),
        ({"gives": []}, "Tick at least one."),
    ],
)
def test_answers_are_checked_each_with_a_sentence(db: None, answers: dict[str, Any], said: str) -> None:
    client = applicant(joining.draft())
    answer = client.post("/join/apply/form/", {**joining.ANSWERS, **answers, "action": "check"})
    if said:
        assert answer.status_code == 422
        assert said in text_of(answer)
    else:
        assert answer.status_code == 302, text_of(answer)


def test_the_pages_speak_the_language_of_the_application(client: Client) -> None:
    page = text_of(applicant(joining.draft(language="fr")).get("/join/apply/form/"))
    assert '<html lang="fr"' in page
    assert client.get("/fr/join/apply/").status_code in (200, 404)
