"""Members are asked for a version, reminded, accept it, and get a receipt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import Conflict, NotPermitted
from efc_portal.notifications.models import Mail
from efc_portal.partners import services as partners
from efc_portal.partners.agreements import asking
from efc_portal.partners.agreements.asking import members_ask
from efc_portal.partners.agreements.receipt import receipt_pdf
from efc_portal.partners.agreements.selectors import acceptance_is_current
from efc_portal.partners.agreements.services import acceptance_accept, acceptance_countersign
from efc_portal.partners.agreements.tasks import memorandum_remind
from efc_portal.partners.enums import OrganisationStatus, Role
from efc_portal.partners.models import Acceptance, AgreementVersion, Organisation
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories.agreements import in_days, version_published
from tests.factories.partners import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(cast: Cast) -> AgreementVersion:
    return version_published(cast.manager, cast.second_manager)


def accepted(cast: Cast) -> Acceptance:
    return acceptance_accept(organisation=cast.bank, actor=cast.signatory, title="Head of Compliance")


def mailed(template: str) -> list[str]:
    return sorted(Mail.objects.filter(template=template).values_list("to__email", flat=True))


def test_a_new_version_asks_every_active_member_once(cast: Cast) -> None:
    cast.signatory, cast.bank_coordinator, cast.coordinator, cast.liaison  # noqa: B018  make them
    gone = OrganisationFactory(name="Gone Bank")
    Organisation.objects.filter(pk=gone.pk).update(status=OrganisationStatus.SUSPENDED)
    Organisation.objects.filter(pk=cast.ngo.pk).update(status=OrganisationStatus.GRACE)
    version = version_published(cast.manager, cast.second_manager)
    work_drain_for(20)
    members_ask(version)
    asked = version.acceptances.values_list("party", flat=True)
    assert sorted(asked) == ["Lighthouse for Children", "Meridian Bank", "National Unit North"]
    people = ["coordinator@lighthouse.example", "liaison@north.example", "signatory@meridian.example"]
    assert mailed("memorandum_waits") == people, "who signs, else who looks after the organisation"
    assert sorted(one.to[0] for one in mail.outbox if "/members/memorandum/" in one.body) == people
    newest = version_published(cast.second_manager, cast.manager)
    work_drain_for(20)
    assert set(version.acceptances.values_list("status", flat=True)) == {"withdrawn"}
    assert newest.acceptances.filter(status="asked").count() == 3


def test_reminders_come_once_each_even_if_the_task_runs_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.signatory, cast.coordinator  # noqa: B018
    version = version_published(cast.manager, cast.second_manager, accept_by=in_days(31))
    members_ask(version)
    acceptance_accept(organisation=cast.bank, actor=cast.signatory, title="Director")
    today = timezone.localdate()
    sent = []
    for days in range(36):
        monkeypatch.setattr(asking.timezone, "localdate", lambda days=days: today + timedelta(days=days))
        for _twice in range(2):
            before = Mail.objects.filter(template="memorandum_reminder").count()
            memorandum_remind()
            if Mail.objects.filter(template="memorandum_reminder").count() > before:
                sent.append(31 - days)
    assert sent == [30, 14, 3, 0]
    assert set(mailed("memorandum_reminder")) == {"coordinator@lighthouse.example"}, "who accepted hears nothing more"


def test_a_task_killed_half_way_goes_on_without_telling_anybody_twice(
    cast: Cast, version: AgreementVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.signatory, cast.coordinator  # noqa: B018
    members_ask(version)
    later = in_days(47)
    monkeypatch.setattr(asking.timezone, "localdate", lambda: later)
    real, calls = asking.notifications.mail_memorandum_reminder, []

    def dying(*args: Any, **fields: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args, **fields)

    monkeypatch.setattr(asking.notifications, "mail_memorandum_reminder", dying)
    with pytest.raises(KeyboardInterrupt):
        memorandum_remind()
    assert len(mailed("memorandum_reminder")) == 1
    memorandum_remind()
    assert mailed("memorandum_reminder") == ["coordinator@lighthouse.example", "signatory@meridian.example"]


def test_after_the_deadline_it_is_overdue(
    cast: Cast, version: AgreementVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.bank, cast.ngo  # noqa: B018
    members_ask(version)
    accepted(cast)
    assert acceptance_is_current(cast.ngo)
    later = in_days(61)
    monkeypatch.setattr(timezone, "localdate", lambda *args: later)
    assert not acceptance_is_current(cast.ngo)
    assert acceptance_is_current(cast.bank)
    page = cast.client("manager").get("/members/memoranda/acceptances/?state=overdue").content.decode()
    assert "Overdue" in page
    assert cast.ngo.name in page
    assert cast.bank.name not in page


def test_a_signatory_reads_and_accepts_after_showing_a_factor_again(cast: Cast, version: AgreementVersion) -> None:
    page = cast.client("signatory").get("/members/memorandum/").content.decode()
    assert "Members share what they may lawfully share." in page
    assert "Accept the memorandum" in page
    data = {"title": "Head of Compliance", "agreed": "on"}
    answer = cast.client("signatory").post("/members/memorandum/accept/", data)
    assert "reauthenticate" in answer.headers["Location"]
    client = cast.client("signatory", fresh=True)
    untold = client.post("/members/memorandum/accept/", {"title": "Head of Compliance"})
    assert untold.status_code == 422
    assert "Head of Compliance" in untold.content.decode()
    client.post("/members/memorandum/accept/", data)
    acceptance = Acceptance.objects.get(organisation=cast.bank)
    assert (acceptance.status, acceptance.signatory_name, acceptance.sha256) == (
        "accepted",
        "Sander Bos",
        version.text_sha256,
    )
    assert "manager@efc.example" in mailed("memorandum_to_countersign")
    event = AuditEvent.objects.get(action="acceptance.accept")
    assert (event.actor_id, event.object_label) == (cast.signatory.pk, acceptance.reference)


def test_others_of_the_organisation_read_and_do_not_accept(cast: Cast, version: AgreementVersion) -> None:
    cast.signatory  # noqa: B018
    coordinator = cast.client("bank_coordinator", fresh=True)
    page = coordinator.get("/members/memorandum/").content.decode()
    assert "Sander Bos" in page, "who may sign is named"
    assert "/members/memorandum/accept/" not in page
    assert coordinator.post("/members/memorandum/accept/", {"title": "x", "agreed": "on"}).status_code == 403
    with pytest.raises(NotPermitted):
        acceptance_accept(organisation=cast.bank, actor=cast.bank_coordinator, title="Coordinator")
    with pytest.raises(NotPermitted):
        acceptance_accept(organisation=cast.ngo, actor=cast.signatory, title="Director")


def test_of_two_signatories_the_first_accepts(cast: Cast, version: AgreementVersion) -> None:
    second = PersonFactory(organisation=cast.bank, roles=[Role.SIGNATORY], name="Tess Blom")
    accepted(cast)
    with pytest.raises(Conflict, match="Sander Bos"):
        acceptance_accept(organisation=cast.bank, actor=second, title="Director")
    assert Acceptance.objects.filter(organisation=cast.bank).count() == 1


def test_the_secretariat_countersigns_and_nobody_else(cast: Cast, version: AgreementVersion) -> None:
    acceptance = accepted(cast)
    path = f"/members/memoranda/acceptances/{acceptance.pk}/countersign/"
    for who in ("signatory", "bank_coordinator", "officer"):
        assert cast.client(who, fresh=True).post(path).status_code in (403, 404)
    assert cast.client("bank_coordinator").get(f"/members/memorandum/receipts/{acceptance.pk}/").status_code == 409
    assert "reauthenticate" in cast.client("manager").post(path).headers["Location"]
    manager = cast.client("manager", fresh=True)
    assert "Countersign this acceptance?" in manager.get(path).content.decode()
    manager.post(path)
    acceptance.refresh_from_db()
    assert (acceptance.status, acceptance.countersigned_by) == ("countersigned", cast.manager)
    assert mailed("memorandum_countersigned") == ["signatory@meridian.example"]
    assert manager.post(path).status_code == 409


def test_who_signed_does_not_countersign(cast: Cast, version: AgreementVersion) -> None:
    acceptance = accepted(cast)
    partners.membership_end(actor=None, membership=cast.signatory.memberships.get(ended_at=None))
    moved = cast.signatory.memberships.create(organisation=cast.secretariat, roles=[Role.MANAGER])
    assert moved.roles == [Role.MANAGER]
    with pytest.raises(NotPermitted, match="yourself"):
        acceptance_countersign(acceptance=acceptance, actor=type(cast.signatory).objects.get(pk=cast.signatory.pk))


def test_what_was_accepted_is_final(cast: Cast, version: AgreementVersion) -> None:
    acceptance = accepted(cast)
    acceptance_countersign(acceptance=acceptance, actor=cast.manager)
    stored = Acceptance.objects.filter(pk=acceptance.pk)
    for wrong in ({"sha256": "0" * 64}, {"signatory_name": "Somebody Else"}, {"countersigned_by": cast.second_manager}):
        with pytest.raises(IntegrityError), transaction.atomic():
            stored.update(**wrong)


def test_the_receipt_holds_the_facts(cast: Cast, version: AgreementVersion) -> None:
    partners_name = "Τράπεζα Μεσογείου"
    Organisation.objects.filter(pk=cast.bank.pk).update(name=partners_name)
    cast.bank.refresh_from_db()
    acceptance = accepted(cast)
    acceptance_countersign(acceptance=acceptance, actor=cast.manager)
    answer = cast.client("bank_coordinator").get(f"/members/memorandum/receipts/{acceptance.pk}/")
    assert answer.headers["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    flat = "".join(text.split())
    for fact in (
        acceptance.reference,
        partners_name,
        "Sander Bos",
        "Head of Compliance",
        "signatory@meridian.example",
        version.text_sha256,
        version.sha256,
        "Marta Silva",
        f"{acceptance.accepted_at:%Y-%m-%dT%H:%M}",
    ):
        assert "".join(fact.split()) in flat
    assert document.get_metadata_value("Title") == f"Receipt of acceptance {acceptance.reference}"
    assert b"/MarkInfo" in answer.content or b"pdfuaid" in answer.content
    assert AuditEvent.objects.filter(action="acceptance.receipt", actor_id=cast.bank_coordinator.pk).exists()
    for outsider in ("coordinator", "reporter", "liaison", "outsider"):
        path = f"/members/memorandum/receipts/{acceptance.pk}/"
        assert cast.client(outsider).get(path).status_code in (403, 404)
    with translation.override("en"):
        assert receipt_pdf(Acceptance.objects.get(pk=acceptance.pk)) == answer.content, "the same every time"


def test_lists_cost_the_same_whatever_their_length(cast: Cast, django_assert_max_num_queries: Any) -> None:
    version = version_published(cast.manager, cast.second_manager)
    cast.bank  # noqa: B018
    members_ask(version)
    client = cast.client("manager")
    client.get("/members/memoranda/acceptances/")
    with django_assert_max_num_queries(40) as before:
        client.get("/members/memoranda/acceptances/")
    for _number in range(20):
        OrganisationFactory()
    members_ask(version)
    with django_assert_max_num_queries(len(before)):
        client.get("/members/memoranda/acceptances/")
    assert cast.bank.name in client.get("/members/memoranda/acceptances/?q=merid&version=1").content.decode()
