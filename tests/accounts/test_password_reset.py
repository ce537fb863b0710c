"""A forgotten password: one mail with a link that works once, and the second factor all the same."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from efc_portal.accounts import steps
from efc_portal.workflow.models import WorkItem
from tests.accounts.pages import CODE, is_signed_in, type_password
from tests.cast import Cast, client_for

RESET = "/accounts/password/reset/"
NEW = "nine silent owls over the harbour"


def link_for(cast: Cast) -> str:
    Client().post(RESET, {"email": cast.reporter.email})
    asked = WorkItem.objects.get(kind="account.password_reset")
    steps.password_reset(asked.subject_id)
    return re.search(r"https?://\S+", mail.outbox[-1].body)[0]


def choose(client: Client, link: str, password: str = NEW) -> object:
    page = client.get(link.replace("http://127.0.0.1:8000", ""))
    if page.status_code != 302:
        return page
    return client.post(page.headers["Location"], {"password1": password, "password2": password})


def test_the_link_sets_a_password_and_the_second_factor_is_still_asked_for(cast: Cast) -> None:
    client = Client()
    choose(client, link_for(cast))
    assert not is_signed_in(client)
    assert type_password(client, cast.reporter.email, NEW).headers["Location"] == CODE


def test_it_ends_every_open_session(cast: Cast) -> None:
    somebody = client_for(cast.reporter)
    choose(Client(), link_for(cast))
    assert not is_signed_in(somebody)


def test_it_works_once(cast: Cast) -> None:
    link = link_for(cast)
    choose(Client(), link)
    choose(Client(), link, "another password for the thief")
    assert type_password(Client(), cast.reporter.email, NEW).headers["Location"] == CODE


def test_a_weak_password_is_refused(cast: Cast) -> None:
    for weak in ("short", "password123456", cast.reporter.email):
        answer = choose(Client(), link_for(cast), weak)
        assert answer.context["form"].errors


def test_the_mail_names_the_portals_own_address_whatever_the_request_says(cast: Cast) -> None:
    Client(headers={"Host": "localhost"}).post(RESET, {"email": cast.reporter.email})
    steps.password_reset(cast.reporter.pk)
    assert "http://127.0.0.1:8000/accounts/password/reset/key/" in mail.outbox[-1].body


def test_an_address_that_nobody_has_reads_the_same_and_gets_no_mail(cast: Cast) -> None:
    known = Client().post(RESET, {"email": cast.reporter.email})
    unknown = Client().post(RESET, {"email": "nobody@meridian.example"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert WorkItem.objects.filter(kind="account.password_reset").count() == 1
    assert mail.outbox == []


def test_the_link_stands_nowhere_but_in_the_mail(cast: Cast) -> None:
    Client().post(RESET, {"email": cast.reporter.email})
    item = WorkItem.objects.get(kind="account.password_reset")
    assert item.subject_id == cast.reporter.pk


def test_the_mail_is_in_the_persons_language(cast: Cast) -> None:
    cast.reporter.language = "fr"
    cast.reporter.save()
    steps.password_reset(cast.reporter.pk)
    assert 'lang="fr"' in mail.outbox[-1].alternatives[0][0]


def test_changes_are_told_by_mail(cast: Cast) -> None:
    for kind in ("password_changed", "factor_added", "factor_removed", "codes_made"):
        getattr(steps, kind)(cast.reporter.pk)
    assert len({message.subject for message in mail.outbox}) == 4
    assert all("If it was not you" in message.body for message in mail.outbox)
