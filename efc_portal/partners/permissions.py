"""Which role may do what: the one table. Everything that asks, asks `access_of(user).may(...)`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission as P
from efc_portal.partners.enums import OrganisationKind, Role

if TYPE_CHECKING:
    from efc_portal.partners.models import Membership, Organisation

_OWN_SUBMISSIONS = frozenset({P.SUBMISSION_CREATE, P.SUBMISSION_VIEW_OWN})
_RECEIVING = frozenset({P.REFERRAL_RECEIVE, P.REFERRAL_ANSWER})
_OWN_ORGANISATION = frozenset({P.PEOPLE_MANAGE, P.ORGANISATION_MANAGE, P.CONTRIBUTION_RECORD, P.APPLICATION_COMMENT})

ROLES: dict[OrganisationKind, dict[Role, frozenset[P]]] = {
    OrganisationKind.PARTNER: {
        Role.REPORTER: _OWN_SUBMISSIONS,
        Role.ANALYST: _OWN_SUBMISSIONS | {P.OWN_VALUES_PROPOSE},
        Role.COORDINATOR: _OWN_SUBMISSIONS | _OWN_ORGANISATION | {P.OWN_VALUES_PROPOSE},
        Role.SIGNATORY: frozenset({P.AGREEMENT_SIGN}),
        Role.STEERING: frozenset({P.APPLICATION_COMMENT, P.APPLICATION_VOTE}),
    },
    OrganisationKind.SECRETARIAT: {
        Role.EDITOR: frozenset({P.SITE_EDIT, P.SITE_APPROVE}),
        Role.OFFICER: frozenset(
            {
                P.SUBMISSION_TRIAGE,
                P.CASE_WORK,
                P.REFERRAL_DRAFT,
                P.KNOWN_VALUES_EDIT,
                P.MEMBERS_VIEW,
                P.CONTACT_ANSWER,
            }
        ),
        Role.MANAGER: frozenset(
            {
                P.CASE_WORK,
                P.REFERRAL_APPROVE,
                P.KNOWN_VALUES_EDIT,
                P.MEMBERS_VIEW,
                P.MEMBERS_MANAGE,
                P.PEOPLE_MANAGE,
                P.CONTACT_ANSWER,
                P.SITE_APPROVE,
            }
        ),
        Role.AUDITOR: frozenset({P.AUDIT_READ}),
    },
    OrganisationKind.LAW_ENFORCEMENT: {
        Role.INVESTIGATOR: _RECEIVING,
        Role.LIAISON: _RECEIVING | _OWN_ORGANISATION | {P.AGENCY_MANAGE},
        Role.SIGNATORY: frozenset({P.AGREEMENT_SIGN}),
        Role.STEERING: frozenset({P.APPLICATION_COMMENT, P.APPLICATION_VOTE}),
    },
}

# The coalition's roles, not an organisation's own: the secretariat alone gives and takes them.
GIVEN_BY_SECRETARIAT = frozenset({Role.STEERING})


# The permissions in words, as people read them on their own page and managers on the table of roles.
WORDS = {
    P.SUBMISSION_CREATE: _("Write and finish submissions for your organisation"),
    P.SUBMISSION_VIEW_OWN: _("Read your organisation’s submissions and what came of them"),
    P.SUBMISSION_TRIAGE: _("Read what partners submit, ask them for more, and accept or decline it"),
    P.CASE_WORK: _("Open, read and work on cases"),
    P.REFERRAL_DRAFT: _("Draft referrals to law enforcement agencies"),
    P.REFERRAL_APPROVE: _("Approve referrals that somebody else drafted, or send them back"),
    P.KNOWN_VALUES_EDIT: _("Keep the lists of known values, and say above how many submissions a value is common"),
    P.OWN_VALUES_PROPOSE: _("Tell the secretariat which accounts, merchants and domains are your organisation’s own"),
    P.REFERRAL_RECEIVE: _("Read and download what was referred to your agency"),
    P.REFERRAL_ANSWER: _("Acknowledge referrals, answer them, and report what came of them"),
    P.AGENCY_MANAGE: _("Keep your agency’s competence and keys up to date"),
    P.PEOPLE_MANAGE: _("Manage your organisation’s people and their roles"),
    P.MEMBERS_VIEW: _("Read the register of members"),
    P.MEMBERS_MANAGE: _("Admit organisations, and keep the register of members"),
    P.ORGANISATION_MANAGE: _("Keep your organisation’s entry, contacts, review and listing up to date"),
    P.AGREEMENT_SIGN: _("Accept the memorandum for your organisation"),
    P.CONTRIBUTION_RECORD: _("Record what your organisation contributes in kind"),
    P.APPLICATION_COMMENT: _("Read who wants to join, and comment on it"),
    P.APPLICATION_VOTE: _("Vote on who joins, as a member of the steering committee"),
    P.CONTACT_ANSWER: _("Read and answer what visitors of the public site write"),
    P.SITE_EDIT: _("Write and change pages of the public site, and take pages off it"),
    P.SITE_APPROVE: _("Approve changes of the public site that somebody else made, or send them back"),
    P.AUDIT_READ: _("Read the record of who did what, and why"),
}


def roles_of_kind(kind: str) -> list[Role]:
    """The roles an organisation of a kind can give."""
    return list(ROLES[OrganisationKind(kind)])


def roles_with(kind: str, permissions: Iterable[P]) -> list[Role]:
    """The roles of an organisation of a kind that hold at least one of the permissions."""
    wanted = set(permissions)
    return [role for role, held in ROLES[OrganisationKind(kind)].items() if held & wanted]


@dataclass(frozen=True)
class Access:
    """What a person may do and for whom, at this moment."""

    organisation: Organisation | None = None
    roles: frozenset[Role] = frozenset()
    permissions: frozenset[P] = field(default_factory=frozenset)

    def may(self, permission: P) -> bool:
        return permission in self.permissions

    @property
    def organisation_id(self) -> UUID | None:
        return self.organisation.pk if self.organisation else None

    @property
    def country(self) -> str:
        """The organisation's country; empty for who belongs to none."""
        return self.organisation.country if self.organisation else ""

    @property
    def is_partner(self) -> bool:
        return self._is(OrganisationKind.PARTNER)

    @property
    def is_secretariat(self) -> bool:
        return self._is(OrganisationKind.SECRETARIAT)

    @property
    def is_law_enforcement(self) -> bool:
        return self._is(OrganisationKind.LAW_ENFORCEMENT)

    def _is(self, kind: OrganisationKind) -> bool:
        return self.organisation is not None and self.organisation.kind == kind


NOBODY = Access()


def access_of(user: object) -> Access:
    """The access of a user (also an anonymous one), read once for each user object.

    Nothing for an inactive person, one without a membership, or one whose organisation is not active.
    """
    if not getattr(user, "is_authenticated", False) or not getattr(user, "is_active", False):
        return NOBODY
    known: Access | None = getattr(user, "_access", None)
    return known or access_keep(user, _membership(user))


def access_keep(user: Any, membership: Membership | None) -> Access:
    """Note with a user object what their present membership lets them do."""
    user._access = _access(membership) if user.is_active else NOBODY
    user.organisation_id = user._access.organisation_id  # for the audit record
    found: Access = user._access
    return found


def _membership(user: Any) -> Membership | None:
    from efc_portal.partners.models import Membership

    return Membership.objects.select_related("organisation").filter(user=user, ended_at=None).first()


def _access(membership: Membership | None) -> Access:
    return access_with(membership.organisation, membership.roles) if membership else NOBODY


def access_with(organisation: Organisation, roles: Iterable[str]) -> Access:
    """What roles let somebody of an organisation do; nothing while it is not active, or has no such role."""
    if not organisation.is_active:
        return NOBODY
    table = ROLES[OrganisationKind(organisation.kind)]
    held = frozenset(Role(role) for role in roles if role in table)
    return Access(organisation, held, frozenset().union(*(table[role] for role in held)))
