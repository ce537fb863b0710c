"""What an applicant does: begin, open by a link, save, send, answer, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.addresses import address_canonical, domain_of
from efc_portal.core.countries import is_country
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.core.services import data_key_create, data_key_destroy, reference_next
from efc_portal.core.tokens import TokenRefused, token_use, tokens_revoke
from efc_portal.notifications import services as notifications
from efc_portal.partners.applications.answers import COLUMNS, REQUIRED, answers_check, answers_kept
from efc_portal.partners.applications.enums import OPEN, ApplicationStatus
from efc_portal.partners.applications.names import free_mail_refuse, name_key
from efc_portal.partners.applications.selectors import applications_of_address
from efc_portal.partners.applications.services import memorandum
from efc_portal.partners.applications.services.rules import held, words
from efc_portal.partners.applications.transitions import APPLICATION
from efc_portal.partners.enums import Sector
from efc_portal.partners.models import Application, ApplicationMessage
from efc_portal.partners.selectors import people_who_may
from efc_portal.workflow.services import work_enqueue

PURPOSE = "application"  # of the data key
LINK = "application.link"  # the purpose of tokens
LINKS_AT_ONCE = 3


@transaction.atomic
def application_start(*, email: str, name: str, sector: str, country: str, language: str) -> Application:
    """Begin a draft and have a link to it sent to the address, which confirms it. Nothing of it is told to others.

    Whoever has an open application for an organisation of that name gets a link to that one instead. Raises
    `ApplicationError` for an address, a name, a sector or a country that cannot be.
    """
    address = address_canonical(email)
    free_mail_refuse(domain_of(address))
    name = words(" ".join(name.split()), missing=_("Give the organisation’s name."), longest=200)[0]
    if sector not in Sector.values or not is_country(country):
        raise ApplicationError(_("Choose a sector and a country of the lists."))
    wanted = name_key(name)
    for one in applications_of_address(address):
        if one.status in (ApplicationStatus.DRAFT, *OPEN) and name_key(one.name) == wanted:
            work_enqueue(LINK, one.pk)
            return one
    application = Application(name=name, sector=sector, country=country, language=language, domain=domain_of(address))
    application.data_key = data_key_create(purpose=PURPOSE)
    first = answers_kept({"name": name, "sector": sector, "country": country})[0]
    application.sealed = application.data_key.seal_json({**first, "email": address}, application.seal_context)
    application.save(force_insert=True)
    audit_record(action="application.start", category=Category.COLLECTION, actor=None, obj=application)
    work_enqueue(LINK, application.pk)
    return application


@transaction.atomic
def application_links_send(*, email: str) -> int:
    """Have a new link sent for each of the latest applications of an address. How many: not for the asker to know."""
    try:
        address = address_canonical(email)
    except ApplicationError:
        return 0
    found = applications_of_address(address)[:LINKS_AT_ONCE]
    for application in found:
        work_enqueue(LINK, application.pk)
    return len(found)


@transaction.atomic
def application_open(*, token: str) -> Application:
    """Use a link up: the address is confirmed by it. Raises `TokenRefused`."""
    pk = token_use(token, purpose=LINK)
    application = Application.objects.filter(pk=pk, erased_at=None).first()
    if application is None:
        raise TokenRefused("unknown")
    now = timezone.now()
    Application.objects.filter(pk=pk, confirmed_at=None).update(confirmed_at=now)
    if application.status == ApplicationStatus.DRAFT:
        Application.objects.filter(pk=pk).update(saved_at=now)
    application.refresh_from_db()
    audit_record(action="application.open", category=Category.ACCESS, actor=None, obj=application)
    return application


@transaction.atomic
def application_save(*, application: Application, answers: Mapping[str, Any]) -> None:
    """Keep a draft's answers as they were typed. Raises `Conflict` when it is no draft any more."""
    draft = held(application, ApplicationStatus.DRAFT)
    kept = answers_kept(answers)[0]
    draft.sealed = draft.data_key.seal_json({**kept, "email": draft.email}, draft.seal_context)
    draft.saved_at = timezone.now()
    draft.name = kept["name"] or draft.name
    draft.save(update_fields=["sealed", "saved_at", "name"])
    application.saved_at, application.name = draft.saved_at, draft.name
    application.sealed = draft.sealed
    application.__dict__.pop("answers", None)


@transaction.atomic
def application_submit(*, application: Application) -> None:
    """Send a draft to the secretariat. Raises `ApplicationError` when an answer is missing or cannot be."""
    draft = held(application, ApplicationStatus.DRAFT)
    answers, wrong = answers_check(draft.answers, email=draft.email)
    if draft.confirmed_at is None or wrong or any(not answers.get(name) for name in REQUIRED):
        raise ApplicationError(_("Answers are missing or cannot be right. Go back to the form and mend them."))
    sealed = draft.data_key.seal_json(answers, draft.seal_context)
    columns = {name: answers[name] for name in COLUMNS}
    APPLICATION.move(
        application,
        "submit",
        actor=None,
        category=Category.COLLECTION,
        changes={
            **columns,
            "sealed": sealed,
            "submitted_at": timezone.now(),
            "reference": reference_next("A"),
        },
    )
    application.__dict__.pop("answers", None)
    work_enqueue("application.received", application.pk)
    notifications.mail_application_received(
        people_who_may(Permission.MEMBERS_MANAGE),
        reference=str(application.reference),
        path=reverse("application_detail", args=[application.pk]),
    )


@transaction.atomic
def question_answer(*, application: Application, text: str) -> ApplicationMessage:
    """Write to the secretariat, as the applicant. Raises `Conflict` when nothing is open any more."""
    open_one = held(application, *OPEN)
    kept, cut = words(text, missing=_("Write your answer first."))
    message = ApplicationMessage(application=open_one, from_secretariat=False)
    message.sealed = open_one.seal(kept, f"message:{message.pk}")
    message.save(force_insert=True)
    audit_record(action="application.answer", category=Category.COLLECTION, actor=None, obj=open_one, truncated=cut)
    notifications.mail_application_answered(
        people_who_may(Permission.MEMBERS_MANAGE),
        reference=str(open_one.reference),
        path=reverse("application_detail", args=[open_one.pk]),
    )
    return message


@transaction.atomic
def application_withdraw(*, application: Application) -> None:
    """Take an application back, as the applicant. What was written is destroyed when its time is over."""
    APPLICATION.move(application, "withdraw", actor=None)
    memorandum.stop(application=application)
    notifications.mail_application_withdrawn(
        people_who_may(Permission.MEMBERS_MANAGE),
        reference=str(application.reference),
        path=reverse("application_detail", args=[application.pk]),
    )


@transaction.atomic
def application_discard(*, application: Application, expired: bool = False) -> None:
    """Delete a draft with its key, as the applicant, or because its time is over. Raises `Conflict` for no draft."""
    draft = Application.objects.select_for_update(of=("self",)).select_related("data_key")
    found = draft.filter(pk=application.pk, status=ApplicationStatus.DRAFT).first()
    if found is None:
        raise Conflict(_("This application was sent or deleted meanwhile. Ask for a new link to see it."))
    if expired:
        audit_record(action="application.expire", category=Category.ERASURE, actor=None, obj=found)
    else:
        audit_record(action="application.discard", category=Category.ERASURE, actor=None, obj=found)
    tokens_revoke(purpose=LINK, subject_id=found.pk)
    key = found.data_key
    found.delete()
    data_key_destroy(data_key=key)
