"""Tells an operator of a list of breached passwords that cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Advice

from efc_portal.accounts.breached.digests import DigestFile
from efc_portal.core.errors import ApplicationError


@register(Tags.security)
def breached_passwords(**_more: Any) -> list[CheckMessage]:
    path = Path(settings.BREACHED_PASSWORDS_FILE)
    try:
        if path.exists():
            DigestFile(path)
    except (ApplicationError, OSError) as error:
        return [Advice(str(error), hint="Run manage.py breached_passwords_load.", id="efc.W010")]
    return []
