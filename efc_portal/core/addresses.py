"""Mail addresses and domains in one form, so that two spellings of the same one are the same.

An address is kept in lower case, its domain as DNS has it (A-labels). Letters outside ASCII before the @ are refused:
hardly a mailbox has them, and some look like others. A domain in another script becomes its A-label, which then is, or
is not, a domain of the organisation.
"""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from efc_portal.core.errors import ApplicationError


def address_canonical(text: str) -> str:
    """The address in its one form. Raises `ApplicationError` with what is wrong and where."""
    value = text.strip()
    if odd := next((letter for letter in value if not letter.isascii()), None):
        local, _at, _domain = value.partition("@")
        if odd in local:
            raise ApplicationError(
                _("The address has the character “%(odd)s” (%(name)s), which is no letter of a to z. Type it anew."),
                odd=odd,
                name=unicodedata.name(odd, f"U+{ord(odd):04X}").lower(),
            )
    try:
        found = validate_email(value, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError as error:
        raise ApplicationError(
            _("“%(email)s” is not an e-mail address. Give it in the form name@example.org."), email=value[:100]
        ) from error
    return f"{found.local_part}@{found.ascii_domain}".lower()


def domain_canonical(text: str) -> str:
    """A domain in its one form: lower case, A-labels, without a dot at its end. Raises `ApplicationError`."""
    value = text.strip().lower().removeprefix("@").rstrip(".")
    try:
        return address_canonical(f"postmaster@{value}").partition("@")[2]
    except ApplicationError as error:
        raise ApplicationError(
            _("“%(domain)s” is not a mail domain. Give what stands behind the @, such as example.org."),
            domain=text.strip()[:100],
        ) from error


def domain_of(address: str) -> str:
    """The domain of a canonical address."""
    return address.rpartition("@")[2]


def address_skeleton(address: str) -> str:
    """What is the same for addresses that people take for one: without dots and `+tags` before the @."""
    local, _at, domain = address.partition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"
