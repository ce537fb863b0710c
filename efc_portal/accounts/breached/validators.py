"""Refuses passwords that were stolen elsewhere, wherever one is set."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from efc_portal.accounts.breached.digests import DigestFile, digest_of
from efc_portal.core.errors import ApplicationError

BUILT_IN = Path(__file__).parent / "most_used.bin"
log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def _opened(path: Path, changed_ns: int, size: int) -> DigestFile:
    return DigestFile(path)


def lists() -> list[DigestFile]:
    """The list that comes with the portal, and the one that the operator has loaded."""
    found = []
    for path in (BUILT_IN, Path(settings.BREACHED_PASSWORDS_FILE)):
        try:
            state = path.stat()
            found.append(_opened(path, state.st_mtime_ns, state.st_size))
        except FileNotFoundError:
            continue
        except ApplicationError as error:
            log.error("%s", error)  # the other list is asked, and `check` tells the operator
    return found


def is_breached(password: str) -> bool:
    """Whether a password, or the same in lower case, stands on one of the lists. Nothing leaves the machine."""
    digests = {digest_of(password), digest_of(password.lower())}
    return any(digest in one for one in lists() for digest in digests)


class BreachedPasswordValidator(CommonPasswordValidator):
    """Django's list of common passwords, and the lists of stolen ones."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if password.lower().strip() in self.passwords or is_breached(password):
            raise ValidationError(self.get_error_message(), code="password_breached")

    def get_error_message(self) -> str:
        return _(
            "This password stands on a list of stolen passwords, which are the first to be tried. Choose another one, "
            "such as four or five words that have nothing to do with each other."
        )

    def get_help_text(self) -> str:
        return _("Your password can’t be one that was stolen elsewhere.")
