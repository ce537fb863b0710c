"""What the demonstration shows of membership: a memorandum, contributions, contacts, and who wants to join."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.db import transaction
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.core.paper.glyphs import FONTS
from efc_portal.core.tokens import token_issue
from efc_portal.partners.agreements.selectors import agreement_current
from efc_portal.partners.agreements.services import (
    acceptance_accept,
    acceptance_countersign,
    agreement_draft,
    agreement_publish,
)
from efc_portal.partners.applications.checklist import items_for
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
from efc_portal.partners.contributions.services import contribution_record
from efc_portal.partners.models import Application, Contact, Contribution, Organisation
from efc_portal.partners.people.services import invitation_create
from efc_portal.partners.register.services import contact_add

TITLE = "Memorandum of understanding of the coalition (invented)"
HERE = Path(__file__).parent

# organisation, kind of contribution, how much, in words
CONTRIBUTIONS: tuple[tuple[str, str, int, str], ...] = (
    ("Northbank", "hours", 180, "Two analysts' days a month for the working group on payment descriptions."),
    ("Banque du Littoral", "hours", 120, "Reading of card disputes for the yearly assessment."),
    ("Payrail", "hours", 150, "Review of merchant applications."),
    ("Kestrel Exchange", "hours", 90, "Tracing of deposits in virtual currency."),
    ("Lumen Hosting", "hours", 60, "Answers to questions about hosting."),
    ("Haven Alliance", "hours", 110, "Casework by two specialists."),
    ("Banque du Littoral", "training", 45, "A morning on red flags for front-line staff of other members."),
    ("Lumen Hosting", "hosting", 12, "A server for the coalition's exercises."),
)

# name, sector, country, domain, register number, contact, what it does; where it stands
APPLICANTS: tuple[tuple[str, str, str, str, str, str, str, str], ...] = (
    ("Τράπεζα Ήλιος", "financial", "GR", "ilios.example", "094259216", "Eleni Pappa",
     "A bank for small firms, with a team for unusual payments.", "voting"),
    ("Fjordpay", "financial", "NO", "fjordpay.example", "974760673", "Ingrid Solberg",
     "A payment institution for online shops in the north.", "consultation"),
    ("Open Ledger Institute", "academia", "NL", "openledger.example", "41234567", "Daan Mulder",
     "Research on how money moves in public ledgers.", "received"),
)  # fmt: skip


def load() -> None:
    """Create what is missing, through the services that real people's acts go through."""
    katrin, henrik = (User.objects.get(email=f"{name}@efc.example") for name in ("katrin", "henrik"))
    _memorandum(katrin, henrik)
    _contacts()
    _contributions()
    _applications(katrin)
    _invitation()


def _memorandum(drafter: User, publisher: User) -> None:
    if agreement_current():
        return
    text = (HERE / "memorandum.txt").read_text().strip()
    pdf = typst.compile(
        str(HERE / "memorandum.typ"),
        sys_inputs={"data": json.dumps({"title": TITLE, "parts": text.split("\n\n")})},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    version = agreement_draft(
        actor=drafter,
        title=TITLE,
        text=text,
        changes="",
        accept_by=timezone.localdate() + timedelta(days=45),
        file=io.BytesIO(pdf),
        filename="memorandum.pdf",
    )
    agreement_publish(version=version, actor=publisher)
    karl = User.objects.get(email="karl@northbank.example")
    northbank = Organisation.objects.get(name="Northbank")
    accepted = acceptance_accept(organisation=northbank, actor=karl, title="Member of the board")
    acceptance_countersign(acceptance=accepted, actor=drafter)


def _contacts() -> None:
    if Contact.objects.exists():
        return
    for organisation in Organisation.objects.filter(kind="partner").prefetch_related("domains"):
        domain = organisation.domains.all()[0].name
        for kind, name in (("main", "Membership desk"), ("data_protection", "Data protection officer")):
            email = f"{kind.replace('_', '-')}@{domain}"
            contact_add(actor=None, organisation=organisation, kind=kind, name=name, email=email)


def _contributions() -> None:
    if Contribution.objects.exists():
        return
    recorded_at = timezone.now() - timedelta(days=100)  # before this quarter, so that the public totals have them
    year = recorded_at.year - 1
    for name, kind, quantity, words in CONTRIBUTIONS:
        contribution_record(
            actor=None,
            organisation=Organisation.objects.get(name=name),
            kind=kind,
            period_from=date(year, 1, 1),
            period_to=date(year, 12, 31),
            quantity=Decimal(quantity),
            description=words,
            recorded_at=recorded_at,
        )


def _applications(manager: User) -> None:
    for name, sector, country, domain, number, contact, about, stands in APPLICANTS:
        if not Application.objects.filter(domain=domain).exists():
            with transaction.atomic():
                _application(
                    manager,
                    stands,
                    email=f"{contact.split()[0].lower()}@{domain}",
                    name=name,
                    sector=sector,
                    country=country,
                    website=f"https://www.{domain}",
                    register_number=number,
                    contact_name=contact,
                    about=about,
                    privacy_email=f"privacy@{domain}",
                    signatory_email=f"board@{domain}",
                )


def _application(manager: User, stands: str, *, email: str, **answers: Any) -> None:
    begun = application_start(
        email=email, name=answers["name"], sector=answers["sector"], country=answers["country"], language="en"
    )
    application_open(token=token_issue(purpose=LINK, subject_id=begun.pk, lifetime=timedelta(hours=1)))
    application_save(
        application=begun,
        answers={
            "domain": "",
            "lei": "",
            "is_obliged": "yes" if answers["sector"] == "financial" else "no",
            "gives": ["hours", "expertise"],
            "gives_words": "Two days of an analyst a month.",
            "contact_function": "Head of compliance",
            "contact_phone": "",
            "lawful_basis": "legitimate_interests",
            "lawful_basis_words": "Prevention of financial crime, weighed in writing.",
            "privacy_name": "Data protection officer",
            "signatory_name": "Chair of the board",
            "signatory_function": "Chair of the board",
            **answers,
        },
    )
    sent = Application.objects.select_related("data_key").get(pk=begun.pk)
    application_submit(application=sent)
    if stands == "received":
        return
    vetting_begin(application=sent, actor=manager)
    for item in items_for(sent.sector):
        check_set(
            application=sent, item=item.code, state="fulfilled", evidence="Seen and compared, invented.", actor=manager
        )
    sponsor_ask(application=sent, organisation=Organisation.objects.get(name="Payrail"), actor=manager)
    comments_open(application=sent, until=timezone.now() + timedelta(days=14), actor=manager)
    if stands == "consultation":
        return
    comments_close(application=sent, reason="Every member has answered.", actor=manager)
    vote_call(application=sent, until=timezone.now() + timedelta(days=10), actor=manager)
    vote_cast(application=sent, choice="yes", reason="", actor=User.objects.get(email="elin@haven.example"))


def _invitation() -> None:
    northbank = Organisation.objects.get(name="Northbank")
    if not northbank.invitations.exists():
        invitation_create(
            actor=User.objects.get(email="petra@northbank.example"),
            organisation=northbank,
            email="lena@northbank.example",
            name="Lena Hartmann",
            roles=["analyst"],
        )
