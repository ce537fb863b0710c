"""An applicant's signatory, who has no account: a mailed link opens the page, a mailed code stands for signing in.

The code has six digits, is good for ten minutes and five tries, and only its keyed hash is kept. It is made when it is
mailed and stands nowhere else.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.tokens import TokenRefused, token_issue, token_read, token_use, tokens_revoke
from efc_portal.partners.agreements.enums import AcceptanceStatus
from efc_portal.partners.agreements.services import SIGNING, acceptance_given
from efc_portal.partners.models import Acceptance
from efc_portal.workflow.services import work_enqueue

LINK_DAYS = 14
CODE_MINUTES = 10
CODE_TRIES = 5


class CodeRefused(ApplicationError):
    """A code that is wrong, too old, or was tried too often."""

    status = 422


def acceptance_of_link(token: str) -> Acceptance:
    """What a mailed link is about. Looking uses nothing up. Raises `TokenRefused`."""
    subject = token_read(token, purpose=SIGNING).subject_id
    found = Acceptance.objects.filter(pk=subject, status=AcceptanceStatus.ASKED)
    acceptance = found.select_related("version", "version__data_key").first()
    if acceptance is None:
        raise TokenRefused("used")
    return acceptance


def link_issue(acceptance: Acceptance) -> str:
    """A new link's token, to be mailed at once."""
    return token_issue(purpose=SIGNING, subject_id=acceptance.pk, lifetime=timedelta(days=LINK_DAYS))


@transaction.atomic
def code_ask(*, token: str) -> None:
    """Have a code mailed to the signatory; the one before ends when it is sent."""
    work_enqueue("agreement.code", acceptance_of_link(token).pk)


def code_issue(acceptance: Acceptance) -> str:
    """A new code, to be mailed at once. Part of a transaction."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    until = timezone.now() + timedelta(minutes=CODE_MINUTES)
    Acceptance.objects.filter(pk=acceptance.pk).update(code_mac=_mac(acceptance, code), code_until=until, code_tries=0)
    return code


def acceptance_sign(*, token: str, code: str, name: str, title: str) -> Acceptance:
    """The signatory accepts. Raises `TokenRefused`, `CodeRefused`, or `Conflict` when a newer version is in force."""
    _code_check(acceptance_of_link(token), "".join(code.split()))
    with transaction.atomic():
        subject = token_use(token, purpose=SIGNING)
        held = Acceptance.objects.select_for_update(of=("self",)).select_related("version").get(pk=subject)
        acceptance_given(
            held,
            "sign",
            actor=None,
            name=name,
            title=title,
            email=held.signatory_email,
            more={"code_mac": None, "code_until": None},
        )
        tokens_revoke(purpose=SIGNING, subject_id=subject)
    return held


def _code_check(acceptance: Acceptance, code: str) -> None:
    """Count the try first, so that it counts whatever becomes of it; then compare, in constant time."""
    now = timezone.now()
    counted = Acceptance.objects.filter(pk=acceptance.pk, code_until__gt=now, code_tries__lt=CODE_TRIES).update(
        code_tries=F("code_tries") + 1
    )
    if not counted:
        raise CodeRefused(
            _("There is no code that can be used: it is too old, or was tried too often. Ask for a new one.")
        )
    acceptance.refresh_from_db(fields=["code_mac"])
    mac = bytes(acceptance.code_mac or b"")
    if not hmac.compare_digest(mac, _mac(acceptance, code)):
        raise CodeRefused(
            _("This is not the code that was mailed last. Look at the newest mail and type its six digits.")
        )


def _mac(acceptance: Acceptance, code: str) -> bytes:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"agreement-code:{acceptance.pk}:{code}".encode(), hashlib.sha256).digest()
