"""Who may open which address: the one table. A new address needs a line here, or `tests/test_urlconf.py` fails.

- `PUBLIC`: addresses that answer to anybody, by name. Everything else sends visitors to the sign-in page or is not
  there for them.
- `TABLE`: for every other address the people of the cast (`tests.cast`) who get in. Everybody else reads *not found*;
  only colleagues of those who get in may read *your role does not include this*.
- `OBJECTS`: what stands in an address with ids. Objects belong to the bank (submissions) and to the agency
  (referrals): people of another partner and of another agency are among those who must find nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from allauth.socialaccount.models import SocialAccount

from efc_portal.audit.models import AuditEvent
from efc_portal.cases.models import Case
from efc_portal.contact.models import ContactMessage
from efc_portal.contact.services import message_receive
from efc_portal.partners.models import IdentityProvider
from efc_portal.partners.sign_on.services import link_record
from efc_portal.referrals.models import Referral
from efc_portal.submissions.models import Submission
from tests.cast import PEOPLE, Cast
from tests.factories import stages
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
    # --- applications to join
    # --- the memorandum
    # --- contributions in kind
    # --- standing: reviews and leaving
    # --- the register
    # --- mailings
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
    "submissions:detail": BANK,
    "submissions:progress": BANK,
    "submissions:receipt": BANK,
    "submissions:answer": BANK,
    "submissions:discard": BANK,
    "submissions:finish": BANK,
    "submissions:edit": BANK,
    "submissions:attachment_add": BANK,
    "submissions:attachment": BANK | CASEWORKERS,
    "submissions:attachment_remove": BANK,
    # --- triage and cases
    "cases:list": CASEWORKERS,
    "cases:triage": OFFICERS,
    "cases:triage_detail": CASEWORKERS,
    "cases:accept": OFFICERS,
    "cases:ask": OFFICERS,
    "cases:decline": OFFICERS,
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
    def waiting(self) -> Submission:
        return stages.submission_of(self.cast.reporter, attachment=True)

    @cached_property
    def message(self) -> ContactMessage:
        return message_receive(
            topic="general", name="Vera Ask", email="vera@example.org", text="A question.", language="en"
        )

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


# By the name of an address, or by its namespace for all that are not named.
OBJECTS: dict[str, Callable[[World], dict[str, Any]]] = {
    "agency_confirm": lambda world: {"pk": world.cast.agency.pk},
    "listing_of": lambda world: {"pk": world.cast.bank.pk},
    # people
    # applications
    # the memorandum
    # contributions
    # standing
    # the register
    # mailings
    # single sign-on
    "sign_on_detail": lambda world: {"pk": world.identity_provider.pk},
    "sign_on_test": lambda world: {"pk": world.identity_provider.pk},
    "sign_on_step": lambda world: {"pk": world.identity_provider.pk, "step": "withdraw"},
    "sign_on_forget": lambda world: {"pk": world.identity_provider.pk, "link": world.sign_on_link.pk},
    "contact": lambda world: {"pk": world.message.pk, "step": "answer"},
    "audit:event": lambda world: {"pk": AuditEvent.objects.earliest("pk").pk},
    "submissions": _draft,
    "submissions:detail": _waiting,
    "submissions:progress": _waiting,
    "submissions:receipt": _waiting,
    "submissions:attachment": _waiting,
    "submissions:answer": lambda world: {"pk": world.asked.pk},
    "cases": lambda world: {"pk": world.case.pk},
    "cases:triage_detail": _waiting,
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
