"""Services ask who acts, whatever called them: the wrong role and the wrong organisation get a sentence, not a row."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import NotPermitted
from efc_portal.partners import services
from efc_portal.partners.agencies import keys
from efc_portal.partners.agencies import services as agencies
from efc_portal.partners.agreements.services import agreement_draft
from efc_portal.partners.contributions.services import contribution_record
from efc_portal.partners.enums import OrganisationKind, Sector
from efc_portal.partners.mailings.segments import Segment
from efc_portal.partners.mailings.services import mailing_create
from efc_portal.partners.people.services import invitation_create
from efc_portal.partners.register import services as register
from efc_portal.partners.register.imports.services import contact_import_upload
from efc_portal.partners.sign_on.services import provider_propose_oidc
from efc_portal.partners.standing.leaves import leave_ask, organisation_leave
from efc_portal.partners.standing.reviews import contacts_confirm
from tests.cast import Cast

Act = Callable[[Cast, User], Any]
TODAY = timezone.localdate

# What is done about the bank, or by the secretariat, by whoever is named.
ACTS: dict[str, Act] = {
    "admit": lambda cast, by: services.organisation_create(
        actor=by, name="New", kind=OrganisationKind.PARTNER, sector=Sector.FINANCIAL, country="NL"
    ),
    "change": lambda cast, by: register.organisation_change(
        actor=by, organisation=cast.bank, changes={"name": "Other"}
    ),
    "website": lambda cast, by: register.organisation_change(
        actor=by, organisation=cast.bank, changes={"website": "https://other.example"}
    ),
    "domain": lambda cast, by: register.domain_add(actor=by, organisation=cast.bank, name="x.example", reason="Mine."),
    "contact": lambda cast, by: register.contact_add(
        actor=by, organisation=cast.bank, kind="main", name="A", email="a@meridian.example"
    ),
    "import": lambda cast, by: contact_import_upload(actor=by, file=io.BytesIO(b"name\n"), filename="a.csv"),
    "agency": lambda cast, by: agencies.agency_competence_change(
        actor=by, agency=cast.agency, countries=["FR"], matters=[], reason="Mine."
    ),
    "agency number": lambda cast, by: agencies.agency_channel_set(
        actor=by, agency=cast.agency, phone="+31 70 0000000", source="A book."
    ),
    "key": lambda cast, by: keys.agency_key_set(actor=by, agency=cast.agency, recipient="age1"),
    "memorandum": lambda cast, by: agreement_draft(
        actor=by, title="T", text="T", changes="", accept_by=TODAY(), file=io.BytesIO(b""), filename="a.pdf"
    ),
    "mailing": lambda cast, by: mailing_create(
        actor=by, texts={"en": {"subject": "S", "body": "B"}}, segment=Segment()
    ),
    "invitation": lambda cast, by: invitation_create(
        actor=by, organisation=cast.bank, email="a@meridian.example", name="A", roles=["reporter"]
    ),
    "provider": lambda cast, by: provider_propose_oidc(
        actor=by, organisation=cast.bank, name="P", issuer="https://p.example", client_id="c", client_secret="s"
    ),
    "contribution": lambda cast, by: contribution_record(
        actor=by, organisation=cast.bank, kind="hours", period_from=TODAY(), period_to=TODAY(), quantity=Decimal(1)
    ),
    "review": lambda cast, by: contacts_confirm(actor=by, organisation=cast.bank),
    "leave": lambda cast, by: leave_ask(
        actor=by, organisation=cast.bank, reason="Mine.", last_day=TODAY() + timedelta(days=40)
    ),
    "let go": lambda cast, by: organisation_leave(actor=by, organisation=cast.bank, reason="Mine."),
}


@pytest.mark.parametrize("who", ["reporter", "coordinator", "officer"])
@pytest.mark.parametrize("act", ACTS)
def test_who_may_not_is_told_so_and_nothing_happens(cast: Cast, act: str, who: str) -> None:
    person, organisations = getattr(cast, who), [cast.bank, cast.agency]
    before = AuditEvent.objects.count()
    with pytest.raises(NotPermitted):
        ACTS[act](cast, person)
    assert AuditEvent.objects.count() == before, organisations
