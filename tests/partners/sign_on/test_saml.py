"""SAML: real assertions, signed with a key made for the test; and what is wrong with those that open nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError
from tests.accounts.pages import CODE, WORKSPACE, code, is_signed_in
from tests.cast import Cast
from tests.partners.sign_on.saml_issuer import STRONG, TRANSIENT, Issuer, Question, encoded, question_of
from tests.partners.sign_on.steps import SLUG, activated, saml_of, set_out

ACS = f"/accounts/saml/{SLUG}/acs/"
EMAIL = "reporter@meridian.example"


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def bank(cast: Cast, issuer: Issuer) -> Cast:
    """The cast, whose bank signs in by SAML and shows the second factor here."""
    activated(cast, saml_of(cast, issuer.metadata))
    assert cast.reporter.pk
    return cast


def ask(client: Client) -> Question:
    return question_of(set_out(client))


def give(client: Client, answer: str) -> Any:
    """Post an answer as a browser does that comes from another site, and follow to where it is read."""
    taken = client.post(ACS, {"SAMLResponse": encoded(answer)})
    assert taken.headers["Location"] == f"{ACS}finish/"
    return client.get(f"{ACS}finish/")


def refused(answer: Any, reason: str, words: str = "") -> None:
    page = answer.content.decode()
    assert answer.status_code == 403, answer
    assert words in page, page
    assert AuditEvent.objects.filter(action="session.refuse").latest("pk").payload["reason_code"] == reason
    assert not is_signed_in(answer.client)


def test_a_signed_assertion_leads_to_the_second_factor(bank: Cast, issuer: Issuer, client: Client) -> None:
    answer = give(client, issuer.answer(ask(client), EMAIL))
    assert answer.headers["Location"] == CODE, answer.content.decode()
    assert client.post(CODE, {"code": code()}).headers["Location"] == WORKSPACE
    assert is_signed_in(client)


def test_a_second_factor_at_the_provider(cast: Cast, issuer: Issuer, client: Client) -> None:
    activated(cast, saml_of(cast, issuer.metadata, second_factor="provider", factor_values=[STRONG]))
    assert cast.reporter.pk
    refused(give(client, issuer.answer(ask(client), EMAIL)), "second_factor_missing", "showed a second factor there")
    assert give(client, issuer.answer(ask(client), EMAIL, context=STRONG)).headers["Location"] == WORKSPACE
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("changes", "reason", "words"),
    [
        ({"age": 400}, "assertion_expired", "has expired"),
        ({"age": -120}, "assertion_early", "its clock is ahead"),
        ({"audience": "https://another.example/"}, "assertion_for_others", "meant for another site"),
        ({"is_signed": False}, "assertion_unsigned", "did not sign"),
        ({"name_format": TRANSIENT}, "account_transient", "another name at each sign-in"),
        ({"in_response_to": "_1234"}, "not_asked", "begun in this browser"),
        ({"confirms": "_1234"}, "assertion_broken", "not believed"),
    ],
)
def test_an_assertion_that_opens_nothing(
    bank: Cast, issuer: Issuer, client: Client, changes: dict[str, Any], reason: str, words: str
) -> None:
    refused(give(client, issuer.answer(ask(client), EMAIL, **changes)), reason, words)


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("stranger@meridian.example", "unknown_person"),
        ("coordinator@lighthouse.example", "foreign_domain"),
        ("no address", "address_missing"),
    ],
)
def test_whom_it_cannot_sign_in(bank: Cast, issuer: Issuer, client: Client, email: str, reason: str) -> None:
    assert bank.coordinator.pk
    refused(give(client, issuer.answer(ask(client), email)), reason)


def test_sixty_seconds_of_difference_between_two_clocks_are_forgiven(
    bank: Cast, issuer: Issuer, client: Client
) -> None:
    assert give(client, issuer.answer(ask(client), EMAIL, age=-30)).headers["Location"] == CODE


def test_an_altered_assertion_is_refused(bank: Cast, issuer: Issuer, client: Client) -> None:
    assert bank.analyst.pk
    answer = issuer.answer(ask(client), EMAIL).replace("reporter@", "analyst@")
    refused(give(client, answer), "assertion_altered", "was altered")


def test_an_assertion_of_another_key_is_refused(bank: Cast, client: Client) -> None:
    refused(give(client, Issuer().answer(ask(client), EMAIL)), "assertion_altered")


def test_an_unsigned_assertion_beside_a_signed_one_is_refused(bank: Cast, issuer: Issuer, client: Client) -> None:
    """Signature wrapping: what is signed stays, what is read is another."""
    assert bank.analyst.pk
    question = ask(client)
    forged = issuer.answer(question, "analyst@meridian.example", is_signed=False)
    start, end = forged.index("<saml:Assertion"), forged.index("</samlp:Response>")
    answer = issuer.answer(question, EMAIL).replace("</samlp:Status>", f"</samlp:Status>{forged[start:end]}")
    refused(give(client, answer), "assertion_broken")


def test_an_answer_works_once(bank: Cast, issuer: Issuer, client: Client) -> None:
    answer = issuer.answer(ask(client), EMAIL)
    assert give(client, answer).headers["Location"] == CODE
    refused(give(client, answer), "not_asked", "used already")


def test_an_assertion_works_once_whatever_it_answers(bank: Cast, issuer: Issuer, client: Client) -> None:
    assert give(client, issuer.answer(ask(client), EMAIL, assertion_id="_same")).headers["Location"] == CODE
    other = Client()
    refused(give(other, issuer.answer(ask(other), EMAIL, assertion_id="_same")), "assertion_replayed")


def test_an_answer_works_in_its_own_browser_alone(bank: Cast, issuer: Issuer, client: Client) -> None:
    refused(give(Client(), issuer.answer(ask(client), EMAIL)), "not_asked")


def test_what_nobody_asked_for_is_refused(bank: Cast, issuer: Issuer, client: Client) -> None:
    nobody = Question(id="_0", acs=f"http://testserver{ACS}", sp=f"http://testserver/accounts/saml/{SLUG}/metadata/")
    refused(give(client, issuer.answer(nobody, EMAIL, in_response_to="")), "not_asked")
    refused(client.get(f"{ACS}finish/"), "not_asked")


@pytest.mark.parametrize("text", ["", "no xml", "<a>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_is_no_answer_is_refused(bank: Cast, client: Client, text: str) -> None:
    ask(client)
    answer = give(client, text)
    assert answer.status_code == 403


def test_the_portal_describes_itself(bank: Cast, client: Client) -> None:
    answer = client.get(f"/accounts/saml/{SLUG}/metadata/")
    assert answer.headers["Content-Type"] == "application/samlmetadata+xml"
    assert f'Location="http://testserver{ACS}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: "", "not the metadata"),
        (lambda text: f'<!DOCTYPE a SYSTEM "file:///etc/passwd">{text}', "without a document type"),
        (lambda text: text.replace("HTTP-Redirect", "SOAP"), "HTTP-Redirect"),
        (lambda text: text.replace("signing", "encryption"), "no certificate"),
        (lambda text: text.replace('"http://127.0.0.1:9/sso"', '"http://idp.example/sso"'), "must begin with https"),
        (lambda text: f"<all>{text}{text}</all>", "describes 2 identity providers"),
    ],
)
def test_metadata_that_is_not_taken(cast: Cast, issuer: Issuer, change: Any, words: str) -> None:
    with pytest.raises(ApplicationError, match=words):
        saml_of(cast, change(issuer.metadata))


def test_a_short_key_is_not_taken(cast: Cast) -> None:
    with pytest.raises(ApplicationError, match="2048"):
        saml_of(cast, Issuer(bits=1024).metadata)
