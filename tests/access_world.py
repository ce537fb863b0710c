"""One of everything, so that addresses can be asked about things that are there. Each is made when first named."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import cached_property

from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from efc_portal.cases.models import Case
from efc_portal.contact.models import ContactMessage
from efc_portal.contact.services import message_receive
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.identify import identify
from efc_portal.indicators.models import KnownValue, OwnValue
from efc_portal.indicators.services import known_value_add, known_value_end, own_value_propose
from efc_portal.intake.models import Intake
from efc_portal.partners.agreements.services import acceptance_accept, acceptance_countersign
from efc_portal.partners.models import (
    Acceptance,
    AgreementVersion,
    Application,
    Contact,
    ContactImport,
    Contribution,
    FactorReset,
    IdentityProvider,
    Invitation,
    LeaveRequest,
    Mailing,
)
from efc_portal.partners.people.services import factor_reset_ask, invitation_create
from efc_portal.partners.register.imports.services import contact_import_check, contact_import_upload
from efc_portal.partners.register.services import contact_add
from efc_portal.partners.sign_on.services import link_record
from efc_portal.partners.standing.leaves import leave_ask
from efc_portal.referrals.models import Referral
from efc_portal.submissions.models import Submission
from tests.cast import Cast
from tests.factories import intakes, joining, mailings, stages
from tests.factories.agreements import version_published
from tests.factories.contributions import contribution_of
from tests.factories.sign_on import ProviderFactory


class World:
    """The objects that addresses name, made when first asked for."""

    def __init__(self) -> None:
        self.cast = Cast()

    @cached_property
    def draft(self) -> Submission:
        return stages.draft_of(self.cast.reporter, attachment=True)

    @cached_property
    def intake_uploaded(self) -> Intake:
        return intakes.uploaded(self.cast.reporter, name="bank-rows.csv")

    @cached_property
    def intake(self) -> Intake:
        """Checked, with a row to mend."""
        return intakes.checked(self.cast.reporter, name="bank-rows.csv")

    @cached_property
    def waiting(self) -> Submission:
        return stages.submission_of(self.cast.reporter, attachment=True)

    @cached_property
    def message(self) -> ContactMessage:
        return message_receive(
            topic="general", name="Vera Ask", email="vera@example.org", text="A question.", language="en"
        )

    @cached_property
    def contact(self) -> Contact:
        return contact_add(
            actor=None, organisation=self.cast.bank, kind="main", name="Desk", email="desk@meridian.example"
        )

    @cached_property
    def leave_request(self) -> LeaveRequest:
        return leave_ask(
            actor=self.cast.coordinator,
            organisation=self.cast.ngo,
            reason="We close.",
            last_day=timezone.localdate() + timedelta(days=30),
        )

    @cached_property
    def invitation(self) -> Invitation:
        return invitation_create(
            actor=self.cast.bank_coordinator,
            organisation=self.cast.bank,
            email="tess@meridian.example",
            name="Tess Vermeer",
            roles=["reporter"],
        )

    @cached_property
    def factor_reset(self) -> FactorReset:
        place = self.cast.analyst.memberships.get()
        return factor_reset_ask(actor=self.cast.manager, membership=place, reason="Telephone lost.")

    @cached_property
    def application(self) -> Application:
        return joining.received()

    @cached_property
    def candidate(self) -> Application:
        """In the comment period; the bank is asked to be the sponsor."""
        return joining.consulting(self.cast, sponsor=self.cast.bank)

    @cached_property
    def voted_on(self) -> Application:
        return joining.voting(self.cast)

    @cached_property
    def agreement(self) -> AgreementVersion:
        return version_published(self.cast.manager, self.cast.second_manager)

    @cached_property
    def acceptance(self) -> Acceptance:
        """Accepted by the bank, and countersigned."""
        assert self.agreement.published_at
        accepted = acceptance_accept(organisation=self.cast.bank, actor=self.cast.signatory, title="Director")
        acceptance_countersign(acceptance=accepted, actor=self.cast.manager)
        return accepted

    @cached_property
    def contribution(self) -> Contribution:
        return contribution_of(self.cast.bank, actor=self.cast.bank_coordinator, description="Reading of card disputes")

    @cached_property
    def contact_import(self) -> ContactImport:
        lines = (
            "organisation,kind,name,email",
            f"{self.cast.bank},press,Pia,pia@meridian.example",
            "Nobody,press,Pia,x",
        )
        table = io.BytesIO("\n".join(lines).encode())
        found = contact_import_upload(actor=self.cast.manager, file=table, filename="contacts.csv")
        contact_import_check(pk=found.pk)
        return found

    @cached_property
    def mailing_draft(self) -> Mailing:
        return mailings.mailing_draft_of(self.cast.manager)

    @cached_property
    def mailing_queued(self) -> Mailing:
        return mailings.mailing_queued_of(self.cast.manager)

    @cached_property
    def identity_provider(self) -> IdentityProvider:
        return ProviderFactory(organisation=self.cast.bank, proposed_by=self.cast.bank_coordinator)

    @cached_property
    def sign_on_link(self) -> SocialAccount:
        return link_record(provider=self.identity_provider, user=self.cast.reporter, uid="r-1")

    @cached_property
    def asked(self) -> Submission:
        return stages.asked_of(self.cast.reporter, self.cast.officer)

    @cached_property
    def case(self) -> Case:
        return stages.case_of(self.cast.officer, stages.submission_of(self.cast.reporter))

    @cached_property
    def known_value(self) -> KnownValue:
        return known_value_add(
            actor=self.cast.officer,
            recognised=identify("help.meridian.example"),
            effect=KnownEffect.INFORM,
            reason="Help desk of a member.",
        )

    @cached_property
    def known_value_ended(self) -> KnownValue:
        entry = known_value_add(
            actor=self.cast.officer,
            recognised=identify("old.meridian.example"),
            effect=KnownEffect.INFORM,
            reason="Former help desk.",
        )
        known_value_end(actor=self.cast.officer, known_value=entry, reason="Given up.")
        return entry

    @cached_property
    def own_value(self) -> OwnValue:
        return own_value_propose(
            actor=self.cast.analyst,
            organisation=self.cast.bank,
            recognised=identify("pay.meridian.example"),
            statement="Payment page of the bank",
        )

    @cached_property
    def reported_identifier(self) -> int:
        """The id of an identifier that a finished submission reports."""
        return self.waiting.sightings.values_list("identifier_id", flat=True)[0]

    def _referral(self) -> Referral:
        return stages.referral_of(self.cast.officer, self.case, self.cast.agency)

    @cached_property
    def referral_draft(self) -> Referral:
        return self._referral()

    @cached_property
    def referral_proposed(self) -> Referral:
        return stages.proposed(self._referral(), self.cast.officer)

    @cached_property
    def referral_delivered(self) -> Referral:
        return stages.delivered(self._referral(), self.cast.officer, self.cast.manager)
