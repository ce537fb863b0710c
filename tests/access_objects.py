"""Which of the world’s things an address is asked about: what its path names, by the name of the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from efc_portal.audit.models import AuditEvent
from tests.access_world import World
from tests.cast import PEOPLE


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


def world_make(world: World) -> None:
    """Make everybody, and everything that an address names."""
    for who in PEOPLE:
        getattr(world.cast, who)
    for objects in OBJECTS.values():
        objects(world)
