"""Sending what waits, and taking the links out of the letters."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.core.models import OneTimeToken
from efc_portal.partners.models import Invitation
from efc_portal.partners.people.services import invitation_create
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast

NEW_PASSWORD = "nine silent owls over the harbour"
ADDRESS = "tess@meridian.example"


def invite(cast: Cast, *, actor: User | None = None, email: str = ADDRESS, **more: object) -> Invitation:
    return invitation_create(
        actor=actor or cast.bank_coordinator,
        **{"organisation": cast.bank, "email": email, "name": "Tess Vermeer", "roles": ["reporter"], **more},
    )


def link() -> str:
    """The path in the latest letter, after whatever waits was sent."""
    work_drain_for(5)
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]


def links_to(email: str) -> list[str]:
    """The paths in the letters to an address, the latest last."""
    work_drain_for(5)
    return [
        found[1]
        for one in mail.outbox
        if one.to == [email] and (found := re.search(r"https?://[^/\s]+(/\S+)", one.body))
    ]


def let_tokens_expire() -> None:
    OneTimeToken.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
