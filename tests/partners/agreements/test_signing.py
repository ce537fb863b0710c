"""An applicant's signatory, who has no account, accepts by a mailed link and a mailed code."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.models import OneTimeToken
from efc_portal.partners.agreements.selectors import acceptance_of_application
from efc_portal.partners.agreements.services import (
    acceptance_ask,
    acceptance_assign,
    acceptance_countersign,
    acceptance_link_again,
    acceptance_withdraw,
    acceptances_forget,
)
from efc_portal.partners.models import Acceptance
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories.agreements import version_published
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db

APPLICATION = uuid.UUID(int=7)
LINK = re.compile(r"http://[^/\s]+(/join/memorandum/[0-9a-f]{16}\.[\w-]{43}/)")
CODE = re.compile(r"\b(\d{6})\b")


def ask(cast: Cast, **fields: Any) -> Acceptance:
    values = {"party": "Nordlicht Pay", "name": "Nora Lind", "title": "CEO", "email": "nora@nordlicht.example"}
    return acceptance_ask(application_id=APPLICATION, language="en", actor=cast.manager, **{**values, **fields})


@pytest.fixture
def link(cast: Cast) -> str:
    """The path in the mail that asks."""
    cache.clear()
    version_published(cast.manager, cast.second_manager)
    ask(cast)
    return newest_link()


def newest_link() -> str:
    work_drain_for(20)
    found = [match[1] for one in mail.outbox if (match := LINK.search(str(one.body)))]
    return found[-1]


def code_for(client: Client, link: str) -> str:
    client.post(f"{link}code/")
    work_drain_for(20)
    found = [match[1] for one in mail.outbox if (match := CODE.search(str(one.body)))]
    return found[-1]


def sign(client: Client, link: str, code: str, **fields: str) -> Any:
    data = {"name": "Nora Lind", "title": "CEO", "agreed": "on", "code": code, **fields}
    return client.post(link, data, follow=True)


def test_from_the_link_to_the_countersigned_acceptance(cast: Cast, link: str, client: Client) -> None:
    page = client.get(link).content.decode()
    assert "Members share what they may lawfully share." in page
    assert "What accepting means" in page
    assert client.get(link).status_code == 200, "looking uses nothing up"
    assert b"".join(client.get(f"{link}pdf/").streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    code = code_for(client, link)
    done = sign(client, link, f"{code[:3]} {code[3:]}", title="Chief Executive").content.decode()
    acceptance = acceptance_of_application(APPLICATION)
    assert acceptance is not None
    assert acceptance.reference in done
    assert (acceptance.status, acceptance.signatory_title) == ("accepted", "Chief Executive")
    assert client.get(link).status_code == 410
    acceptance_countersign(acceptance=acceptance, actor=cast.manager)
    work_drain_for(20)
    assert mail.outbox[-1].to == ["nora@nordlicht.example"]
    assert "countersigned" in mail.outbox[-1].subject
    organisation = OrganisationFactory(name="Nordlicht Pay")
    acceptance_assign(application_id=APPLICATION, organisation=organisation, actor=cast.manager)
    assert organisation.acceptances.get() == acceptance


def test_mail_is_all_that_knows_link_and_code(cast: Cast, link: str, client: Client) -> None:
    code = code_for(client, link)
    acceptance = Acceptance.objects.get()
    assert link.split("/")[-2].split(".")[1].encode() not in bytes(OneTimeToken.objects.get(used_at=None).digest)
    assert code.encode() not in bytes(acceptance.code_mac or b"")
    letter = mail.outbox[-1].body
    assert "Nordlicht Pay named you" in letter
    assert "sign in to read" not in letter


def test_a_wrong_code_counts_and_five_end_it(cast: Cast, link: str, client: Client) -> None:
    code = code_for(client, link)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _try in range(5):
        answer = sign(client, link, wrong, name="Nora Lind-Berg")
        assert answer.status_code == 422
        assert "Nora Lind-Berg" in answer.content.decode(), "what was typed stays"
    assert "tried too often" in sign(client, link, code).content.decode()
    assert "is accepted" in sign(client, link, code_for(client, link)).content.decode()


def test_a_code_is_too_old_after_ten_minutes(cast: Cast, link: str, client: Client) -> None:
    code = code_for(client, link)
    Acceptance.objects.update(code_until=timezone.now() - timedelta(seconds=1))
    assert "too old" in sign(client, link, code).content.decode()


def test_a_new_code_ends_the_one_before(cast: Cast, link: str, client: Client) -> None:
    first, second = code_for(client, link), code_for(client, link)
    if first != second:
        assert "not the code that was mailed last" in sign(client, link, first).content.decode()
    assert "is accepted" in sign(client, link, second).content.decode()


def test_without_name_tick_or_code_nothing_is_accepted(cast: Cast, link: str, client: Client) -> None:
    code = code_for(client, link)
    for missing in ("name", "title", "agreed", "code"):
        data = {"name": "Nora Lind", "title": "CEO", "agreed": "on", "code": code}
        del data[missing]
        assert client.post(link, data).status_code == 422
    assert Acceptance.objects.get().status == "asked"
    assert Acceptance.objects.get().code_tries == 0


@pytest.mark.parametrize("kind", ["guessed", "cut", "expired", "newer"])
def test_a_link_that_is_none_opens_nothing(cast: Cast, link: str, client: Client, kind: str) -> None:
    broken = link
    if kind == "guessed":
        broken = link[:-5] + ("AAAA/" if link[-5:] != "AAAA/" else "BBBB/")
    elif kind == "cut":
        broken = link[:-9] + "/"
    elif kind == "expired":
        OneTimeToken.objects.update(expires_at=timezone.now() - timedelta(days=1))
    else:
        acceptance_link_again(acceptance=Acceptance.objects.get(), actor=cast.manager)
        assert newest_link() != link
    looked = [client.get(broken), client.get(f"{broken}pdf/")]
    for answer in (*looked, client.post(f"{broken}code/"), sign(client, broken, "1")):
        assert answer.status_code == 410


def test_codes_are_limited(cast: Cast, link: str, client: Client) -> None:
    answers = [client.post(f"{link}code/").status_code for _time in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_newer_version_is_asked_for_instead(cast: Cast, link: str, client: Client) -> None:
    newest = version_published(cast.second_manager, cast.manager)
    fresh = newest_link()
    assert client.get(link).status_code == 410
    acceptance = acceptance_of_application(APPLICATION)
    assert acceptance is not None
    assert acceptance.version == newest
    assert "is accepted" in sign(client, fresh, code_for(client, fresh)).content.decode()


def test_between_publishing_and_asking_the_old_text_is_not_accepted(cast: Cast, link: str, client: Client) -> None:
    code = code_for(client, link)
    version_published(cast.second_manager, cast.manager)
    assert sign(client, link, code).status_code == 409


def test_asking_once_and_withdrawing(cast: Cast, client: Client) -> None:
    with pytest.raises(ApplicationError, match="published"):
        ask(cast)
    version_published(cast.manager, cast.second_manager)
    first = ask(cast)
    with pytest.raises(Conflict):
        ask(cast)
    link = newest_link()
    acceptance_withdraw(acceptance=first, actor=cast.manager)
    assert client.get(link).status_code == 410
    second = ask(cast, name="Nils Lind", email="nils@nordlicht.example")
    assert acceptance_of_application(APPLICATION) == second
    newest_link()
    assert acceptances_forget(application_id=APPLICATION) == 2
    assert not Acceptance.objects.exists()
