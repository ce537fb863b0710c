"""Applications to join at each stage, brought there by the services that bring real ones there."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from efc_portal.core.tokens import token_issue
from efc_portal.partners.agreements.selectors import acceptance_of_application
from efc_portal.partners.agreements.services import acceptance_countersign
from efc_portal.partners.agreements.signing import acceptance_sign, code_issue, link_issue
from efc_portal.partners.applications.checklist import items_for
from efc_portal.partners.applications.services.decision import application_approve
from efc_portal.partners.applications.services.drafts import (
    LINK,
    application_open,
    application_save,
    application_start,
    application_submit,
)
from efc_portal.partners.applications.services.vetting import (
    check_set,
    comments_close,
    comments_open,
    sponsor_ask,
    vetting_begin,
)
from efc_portal.partners.applications.services.voting import vote_call, vote_cast
from efc_portal.partners.models import Application, Organisation
from tests.cast import Cast
from tests.factories.agreements import version_published

_numbers = count(1)
EMAIL = "eleni@ilios.example"
ANSWERS: dict[str, Any] = {
    "name": "Τράπεζα Ήλιος Α.Ε.",
    "sector": "financial",
    "country": "GR",
    "website": "https://www.ilios.example",
    "domain": "",
    "register_number": "094259216",
    "lei": "",
    "is_obliged": "yes",
    "about": "A bank for small firms, with a team for unusual payments.",
    "gives": ["hours", "expertise"],
    "gives_words": "Two days a month of an analyst.",
    "contact_name": "Eleni Pappa",
    "contact_function": "Head of compliance",
    "contact_phone": "+30 210 0000000",
    "lawful_basis": "legitimate_interests",
    "lawful_basis_words": "Prevention of financial crime, weighed in writing.",
    "privacy_name": "Petros Vlachos",
    "privacy_email": "privacy@ilios.example",
    "signatory_name": "Sofia Ioannou",
    "signatory_function": "Member of the board",
    "signatory_email": "sofia@ilios.example",
}


def fresh(application: Application) -> Application:
    return Application.objects.select_related("data_key", "sponsor", "organisation").get(pk=application.pk)


def link_to(application: Application) -> str:
    """A link as it is mailed: the token alone."""
    return token_issue(purpose=LINK, subject_id=application.pk, lifetime=timedelta(hours=24))


def draft(*, email: str = EMAIL, opened: bool = True, language: str = "en", **answers: Any) -> Application:
    given = {**ANSWERS, **answers}
    application = application_start(
        email=email, name=given["name"], sector=given["sector"], country=given["country"], language=language
    )
    if opened:
        with transaction.atomic():
            application_open(token=link_to(application))
        application_save(application=fresh(application), answers=given)
    return fresh(application)


def received(**answers: Any) -> Application:
    """Sent in. Each has a domain of its own unless one is given."""
    if not answers:
        number = next(_numbers)
        answers = {
            "name": f"Payments House {number}",
            "website": f"https://house{number}.example",
            "email": f"anna@house{number}.example",
            "privacy_email": f"privacy@house{number}.example",
            "signatory_email": f"sign@house{number}.example",
            "country": "NL",
            "register_number": f"1234{number:04}",
        }
    application = draft(**answers)
    application_submit(application=application)
    return fresh(application)


def checked(application: Application, cast: Cast) -> Application:
    """With every item of the checklist fulfilled."""
    for item in items_for(application.sector):
        found = {"state": "fulfilled", "evidence": "Seen and compared."}
        check_set(application=application, item=item.code, actor=cast.manager, **found)
    return fresh(application)


def vetting(cast: Cast, **answers: Any) -> Application:
    application = received(**answers)
    vetting_begin(application=application, actor=cast.manager)
    return checked(application, cast)


def consulting(cast: Cast, *, sponsor: Organisation | None = None, **answers: Any) -> Application:
    application = vetting(cast, **answers)
    if sponsor:
        sponsor_ask(application=application, organisation=sponsor, actor=cast.manager)
    comments_open(application=application, until=timezone.now() + timedelta(days=14), actor=cast.manager)
    return fresh(application)


def voting(cast: Cast, **answers: Any) -> Application:
    assert cast.steering
    application = consulting(cast, **answers)
    comments_close(application=application, reason="Everybody has answered.", actor=cast.manager)
    vote_call(application=application, until=timezone.now() + timedelta(days=7), actor=cast.manager)
    return fresh(application)


def memorandum(cast: Cast) -> None:
    """A version in force, as an approval needs one."""
    version_published(cast.manager, cast.second_manager)


def approved(cast: Cast, **answers: Any) -> Application:
    application = voting(cast, **answers)
    for ballot in application.ballots.select_related("voter"):
        vote_cast(application=application, choice="yes", reason="", actor=ballot.voter)
    application_approve(application=application, reason="Welcome.", actor=cast.manager)
    return fresh(application)


def countersigned(application: Application, cast: Cast) -> None:
    """The memorandum, accepted by the applicant's signatory and countersigned."""
    acceptance = acceptance_of_application(application.pk)
    assert acceptance is not None
    link, code = link_issue(acceptance), code_issue(acceptance)
    signed = acceptance_sign(token=link, code=code, name="Sofia Ioannou", title="Member of the board")
    acceptance_countersign(acceptance=signed, actor=cast.manager)
