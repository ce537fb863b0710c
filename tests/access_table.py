"""Who may open which address: the one table. A new address needs a line here, or `tests/test_urlconf.py` fails.

- `PUBLIC`: addresses that answer to anybody, by name. Everything else sends visitors to the sign-in page or is not
  there for them.
- `TABLE`: for every other address the people of the cast (`tests.cast`) who get in. Everybody else reads *not found*;
  only colleagues of those who get in may read *your role does not include this*.
- `OBJECTS`: what stands in an address with ids. Objects belong to the bank (submissions) and to the agency
  (referrals): people of another partner and of another agency are among those who must find nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from efc_portal.audit.models import AuditEvent
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
from tests.cast import PEOPLE, Cast
from tests.factories import intakes, joining, mailings, stages
from tests.factories.agreements import version_published
from tests.factories.contributions import contribution_of
from tests.factories.sign_on import ProviderFactory

PUBLIC = {
    "healthz",
    "set_language",
    # signing in
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_login_webauthn",
    # the public site
    "robots",
    "security_txt",
    "page_file",
    "sitemap",
    "sitemap_part",
    "card",
    "report_permanent",
    "search",
    "opensearch",
    "rendition",
    "wagtail_serve",
    "wagtaildocs_serve",
    # of the CMS: the ways to the portal's own sign-in, and scripts and symbols that say nothing
    "website_cms_login",
    "website_cms_logout",
    # the public pages of other apps
    "partner_list",
    "partner",
    # joining: applications, and invitations
    "invitation_accept",
    "factor_reset_stop",
    "application_start",
    "application_sent",
    "application_link_new",
    "application_open",
    "application_form",
    "application_review",
    "application_receipt",
    "application_status",
    "application_withdraw",
    "application_leave",
    # the memorandum, behind the link mailed to an applicant's signatory
    "memorandum_join",
    "memorandum_join_code",
    "memorandum_join_pdf",
    "memorandum_joined",
    # single sign-on
    "sign_on_begin",
    "sign_on_continue",
    "sign_on_go",
    "openid_connect_callback",
    "saml_acs",
    "saml_finish_acs",
    "saml_metadata",
    "contact:send",
    "contact:sent",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}

ALL = frozenset(PEOPLE) - {"newcomer"}
PARTNERS = frozenset({"reporter", "analyst", "bank_coordinator", "coordinator"})
BANK = frozenset({"reporter", "analyst", "bank_coordinator"})  # the owners of the submissions in OBJECTS
OFFICERS = frozenset({"officer", "second_officer"})
MANAGERS = frozenset({"manager", "second_manager"})
CASEWORKERS = OFFICERS | MANAGERS
COORDINATORS = frozenset({"bank_coordinator", "coordinator", "liaison"})  # who looks after an organisation
PROPOSERS = frozenset({"analyst", "bank_coordinator", "coordinator"})  # who says what is a partner's own
STEERING = frozenset({"steering", "agency_steering"})
SIGNATORIES = frozenset({"signatory", "agency_signatory"})
BANK_PEOPLE = MANAGERS | {"bank_coordinator"}  # who looks after the people in OBJECTS
AGENCY = frozenset({"investigator", "liaison"})  # the receivers of the referrals in OBJECTS
AGENCIES = AGENCY | {"other_investigator"}
EDITORS = frozenset({"editor", "second_editor"})
AUDITORS = frozenset({"auditor"})
NOBODY: frozenset[str] = frozenset()

TABLE: dict[str, frozenset[str]] = {
    "workspace": ALL,
    # --- one's own account
    "accounts_profile": ALL,
    "accounts_second_factor": ALL,
    "accounts_session_keep": ALL,
    "account_change_password": ALL,
    "account_reauthenticate": ALL,
    "usersessions_list": ALL,
    "accounts_session_end": NOBODY,  # one's own other sessions alone
    "mfa_index": ALL,
    "mfa_authenticate": ALL,  # between password and code; signed in already, one is sent on
    "mfa_reauthenticate": ALL,
    "mfa_activate_totp": ALL,
    "mfa_deactivate_totp": ALL,
    "mfa_generate_recovery_codes": ALL,
    "mfa_list_webauthn": ALL,
    "mfa_add_webauthn": ALL,
    "mfa_reauthenticate_webauthn": ALL,
    # one's own only, and the cast has none of these
    "mfa_view_recovery_codes": NOBODY,
    "mfa_download_recovery_codes": NOBODY,
    "mfa_edit_webauthn": NOBODY,
    "mfa_remove_webauthn": NOBODY,
    # --- organisations
    "agency_key": frozenset({"liaison"}),
    "agencies": CASEWORKERS,
    "agency_confirm": MANAGERS,
    "listing": COORDINATORS | MANAGERS,
    "listings": MANAGERS,
    "listing_of": MANAGERS,
    # --- people: invitations, roles, suspensions, lost second factors
    "people": COORDINATORS | MANAGERS,
    "invite": COORDINATORS | MANAGERS,
    "people_outside": COORDINATORS | MANAGERS,
    "people_of": MANAGERS,
    "invite_to": MANAGERS,
    "people_outside_of": MANAGERS,
    "invitation_step": BANK_PEOPLE,
    "person": BANK_PEOPLE,
    "person_roles": BANK_PEOPLE,
    "person_suspend": BANK_PEOPLE,
    "person_lift": BANK_PEOPLE,
    "person_end": BANK_PEOPLE,
    "factor_reset_ask": BANK_PEOPLE,
    "factor_resets": COORDINATORS | MANAGERS,
    "factor_reset": BANK_PEOPLE,
    "factor_reset_step": BANK_PEOPLE - {"manager"},  # who asked for it does not approve it
    "factor_reset_own": frozenset({"analyst"}),  # whose it is
    "roles": COORDINATORS | CASEWORKERS,
    # --- applications to join
    "application_list": CASEWORKERS,
    "application_detail": CASEWORKERS,
    "application_check": MANAGERS,
    "application_step": MANAGERS,
    "candidate_list": COORDINATORS | STEERING,
    "candidate": COORDINATORS | STEERING,
    "candidate_comment": COORDINATORS | STEERING,
    "candidate_vote": STEERING,
    "candidate_sponsor": frozenset({"bank_coordinator"}),
    # --- the memorandum
    "memorandum": SIGNATORIES | COORDINATORS,
    "memorandum_accept": SIGNATORIES,
    "memorandum_pdf": SIGNATORIES | COORDINATORS | CASEWORKERS,  # what was published is for every member
    "memorandum_receipt": frozenset({"signatory", "bank_coordinator"}) | CASEWORKERS,
    "memoranda": CASEWORKERS,
    "memorandum_draft": MANAGERS,
    "memorandum_version": CASEWORKERS,
    "memorandum_step": MANAGERS,
    "acceptances": CASEWORKERS,
    "acceptance": CASEWORKERS,
    "acceptance_step": MANAGERS,
    # --- contributions in kind
    "contributions": COORDINATORS,
    "contribution_new": COORDINATORS,
    "contributions_export": COORDINATORS,
    "contributions_all": CASEWORKERS,
    "contribution_withdraw": frozenset({"bank_coordinator"}),
    # --- standing: reviews and leaving
    "standing": COORDINATORS,
    "standing_of": CASEWORKERS,
    "standing_step": MANAGERS,
    "graces": MANAGERS,
    "review": COORDINATORS,
    "review_domains": COORDINATORS,
    "reviews": CASEWORKERS,
    "contacts": COORDINATORS,
    "contact_add": COORDINATORS,
    "contact_change": frozenset({"bank_coordinator"}),
    "contact_remove": frozenset({"bank_coordinator"}),
    "leave": COORDINATORS,
    "leave_of": MANAGERS,
    "leave_requests": MANAGERS,
    "leave_request": MANAGERS,
    "agency_admit": MANAGERS,
    "agency_detail": CASEWORKERS,
    "agency_competence": MANAGERS,
    "agency_channel": MANAGERS,
    "agency_channel_confirm": MANAGERS,
    # --- the register
    "register": CASEWORKERS,
    "register_export": CASEWORKERS,
    "organisation": CASEWORKERS,
    "organisation_own": COORDINATORS,
    "organisation_new": MANAGERS,
    "organisation_edit": MANAGERS,
    "organisation_domains": MANAGERS,
    "organisation_contacts": MANAGERS,
    "contact_import_new": MANAGERS,
    "contact_import_template": MANAGERS,
    "contact_import": MANAGERS,
    "contact_import_progress": MANAGERS,
    "contact_import_broken": MANAGERS,
    "contact_import_confirm": MANAGERS,
    "contact_import_discard": MANAGERS,
    # --- mailings
    "mailings": MANAGERS,
    "mailing_new": MANAGERS,
    "mailing": MANAGERS,
    "mailing_edit": MANAGERS,
    "mailing_preview": MANAGERS,
    "mailing_queue": MANAGERS,
    "mailing_progress": MANAGERS,
    "mailing_recipients": MANAGERS,
    "mailing_results": MANAGERS,
    "mailing_unclear": MANAGERS,
    "mailing_step": MANAGERS,
    # --- what is due
    "due": CASEWORKERS,
    "due_group": CASEWORKERS,
    # --- single sign-on
    "sign_on": COORDINATORS | MANAGERS,
    "sign_on_oidc": COORDINATORS,
    "sign_on_saml": COORDINATORS,
    "sign_on_detail": frozenset({"bank_coordinator"}) | MANAGERS,
    "sign_on_test": frozenset({"bank_coordinator"}),
    "sign_on_step": frozenset({"bank_coordinator"}),
    "sign_on_forget": frozenset({"bank_coordinator"}) | MANAGERS,
    # --- messages of visitors
    "contact:list": CASEWORKERS,
    "contact:detail": CASEWORKERS,
    "contact:step": CASEWORKERS,
    # --- the audit record
    "audit:list": AUDITORS,
    "audit:event": AUDITORS,
    "audit:readers": AUDITORS,
    "audit:export": AUDITORS,
    "audit:state": AUDITORS | MANAGERS,
    # --- submissions
    "submissions:list": PARTNERS,
    "submissions:new": PARTNERS,
    "submissions:one_page": PARTNERS,
    "submissions:identify": PARTNERS,
    "submissions:types": PARTNERS | CASEWORKERS | AGENCIES,
    "submissions:detail": BANK,
    "submissions:identifiers": BANK,
    "submissions:progress": BANK,
    "submissions:receipt": BANK,
    "submissions:answer": BANK,
    "submissions:discard": BANK,
    "submissions:value_withdraw": BANK,
    "submissions:finish": BANK,
    "submissions:edit": BANK,
    "submissions:attachment_add": BANK,
    "submissions:attachment": BANK | CASEWORKERS,
    "submissions:attachment_remove": BANK,
    # --- files of rows
    "intake:new": PARTNERS,
    "intake:template": PARTNERS,
    "intake:dictionary": PARTNERS,
    "intake:detail": BANK,
    "intake:describe": BANK,
    "intake:progress": BANK,
    "intake:errors": BANK,
    "intake:mend": BANK,
    "intake:step": BANK,
    # --- known and common values
    "indicators:known": CASEWORKERS,
    "indicators:known_find": CASEWORKERS,
    "indicators:known_new": CASEWORKERS,
    "indicators:known_many": CASEWORKERS,
    "indicators:lists": CASEWORKERS,
    "indicators:proposals": CASEWORKERS,
    "indicators:proposal": CASEWORKERS,
    "indicators:proposal_confirm": CASEWORKERS,
    "indicators:proposal_decline": CASEWORKERS,
    "indicators:known_entry": CASEWORKERS,
    "indicators:known_end": CASEWORKERS,
    "indicators:known_again": CASEWORKERS,
    "indicators:cap": CASEWORKERS,
    "indicators:own": PROPOSERS,
    "indicators:own_new": PROPOSERS,
    "indicators:own_withdraw": frozenset({"analyst", "bank_coordinator"}),
    # --- triage and cases
    "look_up:ask": CASEWORKERS | {"analyst"},
    "look_up:result": CASEWORKERS | {"analyst"},
    "look_up:download": CASEWORKERS | {"analyst"},
    "look_up:forget": CASEWORKERS | {"analyst"},
    "cases:identifier": CASEWORKERS,
    "cases:list": CASEWORKERS,
    "cases:triage": OFFICERS,
    "cases:triage_detail": CASEWORKERS,
    "cases:triage_identifiers": CASEWORKERS,
    "cases:accept": OFFICERS,
    "cases:ask": OFFICERS,
    "cases:decline": OFFICERS,
    "cases:value_withdraw": OFFICERS,
    "cases:detail": CASEWORKERS,
    "cases:consult": CASEWORKERS,
    "cases:note_add": CASEWORKERS,
    "cases:close": CASEWORKERS,
    "cases:reopen": CASEWORKERS,
    # --- referrals
    "referrals:list": CASEWORKERS | AGENCIES,
    "referrals:new": OFFICERS,
    "referrals:detail": CASEWORKERS | AGENCY,
    "referrals:progress": CASEWORKERS | AGENCY,
    "referrals:package": AGENCY,
    "referrals:edit": OFFICERS,
    "referrals:propose": OFFICERS,
    "referrals:approve": MANAGERS,
    "referrals:return": MANAGERS,
    "referrals:withdraw": OFFICERS,
    "referrals:acknowledge": AGENCY,
    "referrals:accept": AGENCY,
    "referrals:decline": AGENCY,
    "referrals:conclude": AGENCY,
    "referrals:tell": AGENCY,
}
# Words that stand in one thing each, and who may read them anywhere: on its page, in a list, an export, a feed, a mail
# that is shown. `tests/test_urlconf.py` looks for them in whatever everybody gets.
MARKS: dict[str, frozenset[str]] = {
    "Small transfers to one recipient": BANK | CASEWORKERS | AGENCY,  # the title of the bank's submissions
    "bank-rows.csv": BANK,  # files of rows of the bank
    "Reading of card disputes": CASEWORKERS | {"bank_coordinator"},  # a contribution of the bank
    "tess@meridian.example": BANK_PEOPLE,  # whom the bank has invited
    "desk@meridian.example": CASEWORKERS | {"bank_coordinator"},  # a contact of the bank
    "We close.": MANAGERS | AUDITORS | {"coordinator"},  # why the NGO wants to leave; the record keeps reasons
    "Telephone lost.": BANK_PEOPLE | {"analyst"},  # why a second factor is reset
    "anna@house": CASEWORKERS,  # contacts of applicants
    "Seen and compared.": CASEWORKERS,  # evidence of the vetting
    "The meeting in May": MANAGERS,  # a mailing
    "vera@example.org": CASEWORKERS,  # a visitor who wrote
    "Help desk of a member.": CASEWORKERS | AUDITORS,  # a known value; the record keeps reasons
    "Payment page of the bank": CASEWORKERS | {"analyst", "bank_coordinator"},  # what the bank says is its own
}
# Addresses of third parties, too many to name: whoever gets in may still miss an object, nobody else finds anything.
PREFIXES: dict[str, frozenset[str]] = {"/cms/": EDITORS | MANAGERS}  # managers approve


class World:
    """The objects that addresses name, made when first asked for."""

    def __init__(self) -> None:
        self.cast = Cast()

    def make(self) -> None:
        """Make everybody, and everything that an address names."""
        for who in PEOPLE:
            getattr(self.cast, who)
        for objects in OBJECTS.values():
            objects(self)

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


def _draft(world: World) -> dict[str, Any]:
    return {"pk": world.draft.pk, "attachment": world.draft.attachments.get().pk, "step": "what"}


def _waiting(world: World) -> dict[str, Any]:
    return {"pk": world.waiting.pk, "attachment": world.waiting.attachments.get().pk}


def _value(world: World) -> dict[str, Any]:
    return {"pk": world.waiting.pk, "identifier": world.waiting.sightings.earliest("pk").identifier_id}


def _place(world: World) -> dict[str, Any]:
    return {"pk": world.cast.reporter.memberships.get().pk}


def _own_value(world: World) -> dict[str, Any]:
    return {"pk": world.own_value.pk}


# By the name of an address, or by its namespace for all that are not named.
OBJECTS: dict[str, Callable[[World], dict[str, Any]]] = {
    "agency_confirm": lambda world: {"pk": world.cast.agency.pk},
    "listing_of": lambda world: {"pk": world.cast.bank.pk},
    # people
    "people_of": lambda world: {"organisation": world.cast.bank.pk},
    "invite_to": lambda world: {"organisation": world.cast.bank.pk},
    "people_outside_of": lambda world: {"organisation": world.cast.bank.pk},
    "invitation_step": lambda world: {"pk": world.invitation.pk, "step": "resend"},
    "person": _place,
    "person_roles": _place,
    "person_suspend": _place,
    "person_lift": _place,
    "person_end": _place,
    "factor_reset_ask": _place,
    "factor_reset": lambda world: {"pk": world.factor_reset.pk},
    "factor_reset_step": lambda world: {"pk": world.factor_reset.pk, "step": "approve"},
    # applications
    "application_detail": lambda world: {"pk": world.candidate.pk},
    "application_check": lambda world: {"pk": world.application.pk, "item": "existence"},
    "application_step": lambda world: {"pk": world.application.pk, "step": "question"},
    "candidate": lambda world: {"pk": world.candidate.pk},
    "candidate_comment": lambda world: {"pk": world.candidate.pk},
    "candidate_vote": lambda world: {"pk": world.voted_on.pk},
    "candidate_sponsor": lambda world: {"pk": world.candidate.pk},
    # the memorandum
    # contributions
    "memorandum_pdf": lambda world: {"pk": world.agreement.pk},
    "memorandum_version": lambda world: {"pk": world.agreement.pk},
    "memorandum_step": lambda world: {"pk": world.agreement.pk, "step": "publish"},
    "memorandum_receipt": lambda world: {"pk": world.acceptance.pk},
    "acceptance": lambda world: {"pk": world.acceptance.pk},
    "acceptance_step": lambda world: {"pk": world.acceptance.pk, "step": "countersign"},
    "contribution_withdraw": lambda world: {"pk": world.contribution.pk},
    # standing
    "standing_of": lambda world: {"pk": world.cast.bank.pk},
    "standing_step": lambda world: {"pk": world.cast.bank.pk, "step": "warn"},
    "leave_of": lambda world: {"pk": world.cast.bank.pk},
    "leave_request": lambda world: {"pk": world.leave_request.pk},
    "contact_change": lambda world: {"pk": world.contact.pk},
    "contact_remove": lambda world: {"pk": world.contact.pk},
    "agency_detail": lambda world: {"pk": world.cast.agency.pk},
    "agency_competence": lambda world: {"pk": world.cast.agency.pk},
    "agency_channel": lambda world: {"pk": world.cast.agency.pk},
    "agency_channel_confirm": lambda world: {"pk": world.cast.agency.pk},
    # the register
    "organisation": lambda world: {"pk": world.cast.bank.pk},
    "organisation_edit": lambda world: {"pk": world.cast.bank.pk},
    "organisation_domains": lambda world: {"pk": world.cast.bank.pk},
    "organisation_contacts": lambda world: {"pk": world.cast.bank.pk},
    "contact_import_template": lambda world: {"kind": "csv"},
    "contact_import": lambda world: {"pk": world.contact_import.pk},
    "contact_import_progress": lambda world: {"pk": world.contact_import.pk},
    "contact_import_broken": lambda world: {"pk": world.contact_import.pk},
    "contact_import_confirm": lambda world: {"pk": world.contact_import.pk},
    "contact_import_discard": lambda world: {"pk": world.contact_import.pk},
    # mailings
    "mailing": lambda world: {"pk": world.mailing_queued.pk},
    "mailing_edit": lambda world: {"pk": world.mailing_draft.pk},
    "mailing_preview": lambda world: {"pk": world.mailing_draft.pk},
    "mailing_queue": lambda world: {"pk": world.mailing_draft.pk},
    "mailing_progress": lambda world: {"pk": world.mailing_queued.pk},
    "mailing_recipients": lambda world: {"pk": world.mailing_queued.pk},
    "mailing_results": lambda world: {"pk": world.mailing_queued.pk},
    "mailing_unclear": lambda world: {"pk": world.mailing_queued.pk},
    "mailing_step": lambda world: {"pk": world.mailing_queued.pk, "step": "pause"},
    # what is due
    "due_group": lambda world: {"code": "agency_keys"},
    # single sign-on
    "sign_on_detail": lambda world: {"pk": world.identity_provider.pk},
    "sign_on_test": lambda world: {"pk": world.identity_provider.pk},
    "sign_on_step": lambda world: {"pk": world.identity_provider.pk, "step": "withdraw"},
    "sign_on_forget": lambda world: {"pk": world.identity_provider.pk, "link": world.sign_on_link.pk},
    "contact": lambda world: {"pk": world.message.pk, "step": "answer"},
    "audit:event": lambda world: {"pk": AuditEvent.objects.earliest("pk").pk},
    "submissions": _draft,
    "submissions:detail": _waiting,
    "submissions:identifiers": _waiting,
    "submissions:progress": _waiting,
    "submissions:receipt": _waiting,
    "submissions:attachment": _waiting,
    "submissions:value_withdraw": _value,
    "submissions:answer": lambda world: {"pk": world.asked.pk},
    "intake": lambda world: {"pk": world.intake.pk, "step": "cancel"},
    "intake:describe": lambda world: {"pk": world.intake_uploaded.pk},
    "intake:template": lambda world: {"kind": "csv"},
    "indicators": lambda world: {"pk": world.known_value.pk},
    "indicators:known_again": lambda world: {"pk": world.known_value_ended.pk},
    "indicators:proposal": _own_value,
    "indicators:proposal_confirm": _own_value,
    "indicators:proposal_decline": _own_value,
    "indicators:own_withdraw": _own_value,
    "indicators:cap": lambda world: {"pk": world.reported_identifier},
    "cases": lambda world: {"pk": world.case.pk},
    "cases:identifier": lambda world: {"pk": world.waiting.sightings.earliest("pk").identifier_id},
    "cases:triage_detail": _waiting,
    "cases:triage_identifiers": _waiting,
    "cases:value_withdraw": _value,
    "cases:accept": _waiting,
    "cases:ask": _waiting,
    "cases:decline": _waiting,
    "referrals": lambda world: {"pk": world.referral_delivered.pk, "case": world.case.pk},
    "referrals:edit": lambda world: {"pk": world.referral_draft.pk},
    "referrals:propose": lambda world: {"pk": world.referral_draft.pk},
    "referrals:withdraw": lambda world: {"pk": world.referral_draft.pk},
    "referrals:approve": lambda world: {"pk": world.referral_proposed.pk},
    "referrals:return": lambda world: {"pk": world.referral_proposed.pk},
}
