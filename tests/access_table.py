"""Who may open which address: the one table. A new address needs a line here, or `tests/test_urlconf.py` fails.

- `PUBLIC`: addresses that answer to anybody, by name. Everything else sends visitors to the sign-in page or is not
  there for them.
- `TABLE`: for every other address the people of the cast (`tests.cast`) who get in. Everybody else reads *not found*;
  only colleagues of those who get in may read *your role does not include this*.

What stands in an address with ids is in `tests/access_objects.py`. Objects belong to the bank (submissions) and to the
agency (referrals): people of another partner and of another agency are among those who must find nothing.
"""

from __future__ import annotations

from tests.cast import PEOPLE

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
