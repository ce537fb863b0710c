"""The names of everything a person may do. Who holds which is `efc_portal.partners.permissions`."""

from __future__ import annotations

from enum import StrEnum

# Wagtail gives page permissions to groups: people with the role editor, and they alone, are in this one.
EDITORS_GROUP = "Editors"


class Permission(StrEnum):
    """One name per thing a person may do; the value is what is stored, logged and shown to managers."""

    # a partner organisation's own submissions
    SUBMISSION_CREATE = "submission.create"
    SUBMISSION_VIEW_OWN = "submission.view_own"

    # the secretariat's work on what partners send
    SUBMISSION_TRIAGE = "submission.triage"
    CASE_WORK = "case.work"
    REFERRAL_DRAFT = "referral.draft"
    REFERRAL_APPROVE = "referral.approve"

    # what identifiers mean nothing by themselves
    KNOWN_VALUES_EDIT = "known_values.edit"
    OWN_VALUES_PROPOSE = "own_values.propose"

    # an agency's work on what it receives
    REFERRAL_RECEIVE = "referral.receive"
    REFERRAL_ANSWER = "referral.answer"
    AGENCY_MANAGE = "agency.manage"

    # people and organisations
    PEOPLE_MANAGE = "people.manage"
    MEMBERS_VIEW = "members.view"
    MEMBERS_MANAGE = "members.manage"
    ORGANISATION_MANAGE = "organisation.manage"
    AGREEMENT_SIGN = "agreement.sign"
    CONTRIBUTION_RECORD = "contribution.record"

    # who joins the coalition
    APPLICATION_COMMENT = "application.comment"
    APPLICATION_VOTE = "application.vote"

    # what visitors of the public site write
    CONTACT_ANSWER = "contact.answer"

    # the public site and the record of who did what
    SITE_EDIT = "site.edit"
    SITE_APPROVE = "site.approve"
    AUDIT_READ = "audit.read"
