"""Asking somebody in: who may, which address, and what becomes of the link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.models import OneTimeToken
from efc_portal.core.tokens import TokenRefused, token_issue
from efc_portal.partners.enums import InvitationStatus
from efc_portal.partners.models import Invitation, Membership
from efc_portal.partners.people.domains import domain_remove
from efc_portal.partners.people.invitations import NearlyTheSame
from efc_portal.partners.people.retention import invitations_expire
from efc_portal.partners.people.services import (
    invitation_accept,
    invitation_create,
    invitation_resend,
    invitation_withdraw,
    person_change_roles,
    person_end,
    person_suspend,
)
from efc_portal.partners.services import person_create
from efc_portal.workflow.worker import work_drain_for
from tests.accounts.pages import is_signed_in, type_password
from tests.cast import Cast, client_for
from tests.partners.people.links import ADDRESS, NEW_PASSWORD, invite, let_tokens_expire, link, links_to

pytestmark = pytest.mark.django_db
FORM = {"name": "Tess Vermeer", "language": "en", "password": ""}


def test_an_invitation_brings_a_person_in_who_then_needs_a_second_factor(cast: Cast) -> None:
    invitation = invite(cast, roles=["reporter", "analyst"])
    address = link()
    assert mail.outbox[-1].to == [ADDRESS]
    visitor = Client()
    for _look in range(2):
        page = visitor.get(address).content.decode()
        assert "Meridian Bank" in page
        assert "Bea Mulder" in page
        assert "Reporter, Analyst" in page
    answer = visitor.post(address, {**FORM, "language": "fr"})
    assert answer.headers["Location"] == "/workspace/"
    assert visitor.get("/workspace/").headers["Location"] == "/accounts/second-factor/"
    person = User.objects.get(email=ADDRESS)
    assert person.language == "fr"
    assert not person.has_usable_password()
    assert person.memberships.get().roles == ["reporter", "analyst"]
    invitation.refresh_from_db()
    assert (invitation.status, invitation.accepted_by) == (InvitationStatus.ACCEPTED, person)
    assert AuditEvent.objects.filter(action="session.start", actor_id=person.pk).exists()
    assert links_to("coordinator@meridian.example"), "who invited is told"
    # and the link is used up
    again = Client().get(address)
    assert again.status_code == 410
    assert "used already" in again.content.decode()


def test_the_page_offers_a_passkey_first_and_no_app_without_a_password(cast: Cast) -> None:
    invite(cast)
    visitor = Client()
    visitor.post(link(), FORM)
    page = visitor.get("/accounts/second-factor/").content.decode()
    assert "/accounts/2fa/webauthn/add/" in page
    assert "/accounts/2fa/totp/activate/" not in page
    invite(cast, email="ted@meridian.example")
    visitor = Client()
    visitor.post(link(), {**FORM, "password": NEW_PASSWORD})
    assert "/accounts/2fa/totp/activate/" in visitor.get("/accounts/second-factor/").content.decode()
    assert type_password(Client(), "ted@meridian.example", NEW_PASSWORD).status_code == 302


def test_a_weak_password_or_no_name_is_refused_and_uses_nothing_up(cast: Cast) -> None:
    invite(cast)
    address = link()
    for wrong in ({"password": "short"}, {"password": ADDRESS}, {"name": ""}):
        assert Client().post(address, {**FORM, **wrong}).status_code == 422
    assert not User.objects.filter(email=ADDRESS).exists()
    assert Client().post(address, FORM).status_code == 302


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("tess@elsewhere.example", "its people have addresses at meridian.example"),
        ("tess@sub.meridian.example", "ask the secretariat"),
        ("tess@meridian.example.elsewhere.example", "ask the secretariat"),
        ("REPORTER@Meridian.example", "is Rosa de Vries"),
        ("coordinator@lighthouse.example", "at no domain of Meridian Bank"),
        ("tеss@meridian.example", "cyrillic small letter ie"),
        ("tess@mеridian.example", "at no domain of Meridian Bank"),  # another domain, written with a Cyrillic letter
        ("tess", "is not an e-mail address"),
        ("tess@meridian.example\nBcc: x@elsewhere.example", "is not an e-mail address"),
    ],
)
def test_an_address_that_cannot_be_invited_gets_a_sentence(cast: Cast, email: str, sentence: str) -> None:
    assert cast.reporter
    assert cast.coordinator
    with pytest.raises(ApplicationError) as refused:
        invite(cast, email=email)
    assert sentence in refused.value.message
    assert not Invitation.objects.exists()


def test_case_does_not_make_another_person(cast: Cast) -> None:
    invite(cast, email="  TESS@Meridian.EXAMPLE ")
    assert Invitation.objects.get().email == ADDRESS
    with pytest.raises(ApplicationError, match="invited already"):
        invite(cast, email="Tess@meridian.example")


@pytest.mark.parametrize("email", ["re.porter@meridian.example", "reporter+two@meridian.example"])
def test_a_nearly_same_address_is_refused_until_it_is_confirmed(cast: Cast, email: str) -> None:
    assert cast.reporter
    with pytest.raises(NearlyTheSame, match="Rosa de Vries"):
        invite(cast, email=email)
    assert invite(cast, email=email, is_somebody_else=True).email == email


def test_the_secretariat_alone_invites_to_a_foreign_domain_and_says_why(cast: Cast) -> None:
    with pytest.raises(ApplicationError, match="Say why"):
        invite(cast, actor=cast.manager, email="tess@elsewhere.example")
    with pytest.raises(ApplicationError, match="ask the secretariat"):
        invite(cast, email="tess@elsewhere.example", outside_reason="She works there.")
    made = invite(cast, actor=cast.manager, email="tess@elsewhere.example", outside_reason="On loan for a year.")
    assert AuditEvent.objects.get(action="invitation.create", object_id=str(made.pk)).justification


def test_who_may_invite_and_to_which_roles(cast: Cast) -> None:
    for nobody in (cast.reporter, cast.coordinator, cast.officer, cast.outsider):
        with pytest.raises(NotPermitted):
            invite(cast, actor=nobody)
    with pytest.raises(ApplicationError, match="cannot give the role"):
        invite(cast, roles=["manager"])
    with pytest.raises(NotPermitted, match="The secretariat alone gives"):
        invite(cast, roles=["reporter", "steering"])
    with pytest.raises(ApplicationError, match="at least one role"):
        invite(cast, roles=[])
    assert invite(cast, actor=cast.manager, roles=["steering"]).roles == ["steering"]


def test_an_expired_link_says_so_and_the_invitation_lapses(cast: Cast) -> None:
    invitation = invite(cast)
    address = link()
    let_tokens_expire()
    answer = Client().get(address)
    assert answer.status_code == 410
    assert "too old" in answer.content.decode()
    assert invitations_expire() == 0
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert invitations_expire() == 1
    invitation.refresh_from_db()
    assert invitation.status == InvitationStatus.LAPSED
    assert invite(cast).status == InvitationStatus.OPEN


def test_one_whose_time_is_over_makes_room_before_the_nightly_task_comes(cast: Cast) -> None:
    first = invite(cast)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    second = invite(cast)
    first.refresh_from_db()
    assert (first.status, second.status) == (InvitationStatus.LAPSED, InvitationStatus.OPEN)


def test_sending_again_makes_the_older_link_void(cast: Cast) -> None:
    invitation = invite(cast)
    older = link()
    invitation_resend(actor=cast.bank_coordinator, invitation=invitation)
    newer = link()
    assert newer != older
    assert "a newer one took its place" in Client().get(older).content.decode()
    assert Client().get(newer).status_code == 200


def test_a_withdrawn_one_opens_nothing_and_is_not_sent_again(cast: Cast) -> None:
    invitation = invite(cast)
    address = link()
    invitation_withdraw(actor=cast.bank_coordinator, invitation=invitation)
    assert Client().get(address).status_code == 410
    with pytest.raises(Conflict):
        invitation_resend(actor=cast.bank_coordinator, invitation=invitation)
    with pytest.raises(Conflict):
        invitation_withdraw(actor=cast.bank_coordinator, invitation=invitation)


def test_withdrawn_before_it_was_sent_it_is_never_sent(cast: Cast) -> None:
    invitation_withdraw(actor=cast.bank_coordinator, invitation=invite(cast))
    work_drain_for(5)
    assert not mail.outbox


@pytest.mark.parametrize("guess", ["x", "0123456789abcdef." + "a" * 43, "' OR 1=1 --", "a" * 500])
def test_a_guess_learns_nothing(cast: Cast, guess: str) -> None:
    invite(cast)
    link()
    answer = Client().get(f"/join/invitation/{guess}/")
    assert answer.status_code == 410
    assert "Meridian" not in answer.content.decode()


def test_a_token_of_another_purpose_opens_nothing_here(cast: Cast) -> None:
    foreign = token_issue(purpose="other", subject_id=invite(cast).pk, lifetime=timedelta(days=1))
    assert Client().get(f"/join/invitation/{foreign}/").status_code == 410


def test_the_database_keeps_no_link(cast: Cast) -> None:
    invite(cast)
    secret = link().rstrip("/").rpartition(".")[2]
    kept = OneTimeToken.objects.get()
    assert secret not in f"{kept.selector} {bytes(kept.digest)!r}"


def test_somebody_signed_in_as_another_person_is_told_so(cast: Cast) -> None:
    invite(cast)
    address = link()
    answer = cast.client("reporter").post(address, FORM)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "signed in as reporter@meridian.example" in page
    assert "/accounts/logout/" in page
    assert Client().get(address).status_code == 200, "it is still good for whom it is for"


def test_a_former_person_has_the_same_account_without_the_factors_of_before(cast: Cast) -> None:
    former = cast.outsider
    somewhere = client_for(former)
    password = former.password
    invite(cast, email=former.email, roles=["analyst"])
    address = link()
    visitor = Client()
    visitor.post(address, {**FORM, "name": "Otto Former"})
    former.refresh_from_db()
    assert not is_signed_in(somewhere)
    assert former.password != password
    assert not former.authenticator_set.exists()
    assert former.memberships.get(ended_at=None).roles == ["analyst"]
    assert visitor.get("/workspace/").headers["Location"] == "/accounts/second-factor/"


def test_who_was_suspended_at_the_end_is_invited_by_the_secretariat_alone(cast: Cast) -> None:
    place = cast.reporter.memberships.get()
    person_suspend(actor=cast.manager, membership=place, reason="Leak")
    person_end(actor=cast.bank_coordinator, membership=place, reason="Left")
    with pytest.raises(ApplicationError, match="was suspended before"):
        invite(cast, email=cast.reporter.email)
    invite(cast, actor=cast.manager, email=cast.reporter.email)
    assert Client().post(link(), FORM).headers["Location"] == "/workspace/"


def test_without_a_password_a_passkey_must_be_able_to_sign_in_alone(cast: Cast) -> None:
    invite(cast)
    visitor = Client()
    visitor.post(link(), FORM)
    answer = visitor.post("/accounts/2fa/webauthn/add/", {"name": "Laptop", "credential": "{}"})
    assert "nothing else would let you in" in answer.content.decode()


def test_who_has_no_password_is_led_to_the_mail_that_sets_one(cast: Cast) -> None:
    cast.reporter.set_unusable_password()
    cast.reporter.save()
    client = client_for(cast.reporter)
    assert client.get("/accounts/password/change/").headers["Location"] == "/accounts/password/reset/"
    assert "none: you sign in with a passkey" in client.get("/accounts/").content.decode()


def test_nobody_gets_in_while_the_organisation_is_not_active(cast: Cast) -> None:
    invite(cast)
    address = link()
    cast.bank.status = "suspended"
    cast.bank.save(update_fields=["status"])
    assert Client().get(address).status_code == 400
    cast.bank.refresh_from_db()
    with pytest.raises(ApplicationError, match="not active"):
        invitation_create(
            actor=cast.manager, organisation=cast.bank, email="ted@meridian.example", name="Ted", roles=["reporter"]
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_gets_in() -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    cast = Cast()
    invite(cast)
    token = link().rstrip("/").rpartition("/")[2]

    def accept(name: str) -> Any:
        try:
            return invitation_accept(token=token, name=name, language="en")
        except TokenRefused as refused:
            return refused.message
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(accept, ["Tess", "Somebody else"]))
    assert sorted(isinstance(answer, User) for answer in answers) == [False, True]
    assert any("used already" in str(answer) for answer in answers)
    assert Membership.objects.filter(user__email=ADDRESS).count() == 1


def test_the_log_keeps_no_link() -> None:
    import logging

    from efc_portal.core.logs import UtcFormatter

    secret = "a" * 43
    line = logging.LogRecord("x", logging.WARNING, "", 1, "Gone: /join/0123456789abcdef.%s/", (secret,), None)
    assert secret not in UtcFormatter().format(line)
    assert "0123456789abcdef" in UtcFormatter().format(line)


def test_a_former_person_who_is_signed_in_takes_it_up_too(cast: Cast) -> None:
    invite(cast, email=cast.outsider.email)
    address, client = link(), cast.client("outsider")
    assert client.post(address, FORM).headers["Location"] == "/workspace/"
    assert client.get("/workspace/").headers["Location"] == "/accounts/second-factor/"


def test_a_manager_is_asked_why_an_address_is_elsewhere_and_keeps_what_was_typed(cast: Cast) -> None:
    client = cast.client("manager", fresh=True)
    address = f"/members/people/of/{cast.bank.pk}/invite/"
    form = {"email": "tess@elsewhere.example", "name": "Tess Vermeer", "roles": ["reporter"], "language": "fr"}
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert "outside_reason" in answer.context["form"].errors
    assert 'value="Tess Vermeer"' in answer.content.decode()
    answer = client.post(address, {**form, "outside_reason": "On loan for a year."})
    assert answer.headers["Location"] == f"/members/people/of/{cast.bank.pk}/"
    work_drain_for(5)
    assert [one.to for one in mail.outbox] == [["tess@elsewhere.example"]]


@pytest.mark.parametrize("step", ["resend", "withdraw"])
def test_an_open_one_is_sent_again_or_withdrawn_on_its_page(cast: Cast, step: str) -> None:
    invitation, client = invite(cast), cast.client("bank_coordinator", fresh=True)
    address = f"/members/people/invitations/{invitation.pk}/{step}/"
    assert "?" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert cast.client("coordinator").get(address).status_code == 404
    invitation.refresh_from_db()
    assert invitation.status == ("open" if step == "resend" else "withdrawn")


@pytest.mark.parametrize("how", ["suspended", "ended", "demoted"])
def test_who_may_invite_no_more_leaves_no_way_in_behind(cast: Cast, how: str) -> None:
    assert cast.bank_coordinator
    place = person_create(
        actor=None, organisation=cast.bank, email="carl@meridian.example", name="Carl", roles=["coordinator"]
    ).memberships.get()
    invitation = invite(cast, actor=place.user, roles=["coordinator"])
    address = link()
    if how == "suspended":
        person_suspend(actor=cast.bank_coordinator, membership=place, reason="Leak")
    elif how == "ended":
        person_end(actor=cast.bank_coordinator, membership=place, reason="Left")
    else:
        person_change_roles(actor=cast.bank_coordinator, membership=place, roles=["reporter"])
    invitation.refresh_from_db()
    assert invitation.status == InvitationStatus.LAPSED
    assert Client().post(address, FORM).status_code in (400, 410)
    assert not User.objects.filter(email=ADDRESS).exists()
    invite(cast)  # a colleague can invite the same person anew


def test_an_invitation_holds_no_longer_than_the_right_to_make_it(cast: Cast) -> None:
    invitation = invite(cast)
    address = link()
    Membership.objects.filter(user=cast.bank_coordinator).update(roles=["reporter"])
    assert Client().post(address, FORM).status_code == 400
    invitation_resend(actor=cast.manager, invitation=invitation)
    assert Client().post(link(), FORM).status_code == 302, "whoever sends it again vouches for it"


def test_an_invitation_holds_no_longer_than_the_domain(cast: Cast) -> None:
    invite(cast)
    address = link()
    kept = set(Membership.objects.filter(organisation=cast.bank).values_list("pk", flat=True))
    domain_remove(actor=cast.manager, domain=cast.bank.domains.get(), reason="Sold", keep=kept)
    assert Client().get(address).status_code == 400
    assert Client().post(address, FORM).status_code == 400


def test_the_other_managers_hear_of_an_unusual_invitation(cast: Cast) -> None:
    """A second manager, or an address outside the domains, could be somebody's second account."""
    assert cast.second_manager
    invite(cast)
    assert links_to(cast.second_manager.email) == [], "an ordinary one is nobody's news"
    invite(cast, actor=cast.manager, organisation=cast.secretariat, email="new@efc.example", roles=["manager"])
    invite(cast, actor=cast.manager, email="tess@elsewhere.example", outside_reason="Seconded for a year.")
    told = [f"/members/people/of/{one.pk}/" for one in (cast.secretariat, cast.bank)]
    assert sorted(links_to(cast.second_manager.email)) == sorted(told)
    assert links_to(cast.manager.email) == []
