"""An agency's age key: the public half, to which its packages are encrypted."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyrage
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError

_FORM = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_PLUGIN = re.compile(r"age1[a-z0-9+.-]{1,30}1[02-9ac-hj-np-z]{30,}")  # age1yubikey1…, age1pq1…
_LENGTH = 62
_ENDING = 4


class InvalidRecipient(ApplicationError):
    """A text that is not an age X25519 public key. The sentence never repeats it: it may be a secret."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A valid age X25519 public key: `age1…`, 62 lower-case characters."""

    text: str

    @property
    def ending(self) -> str:
        """The last four characters, by which people tell keys apart: “your key ending q7mk”."""
        return self.text[-_ENDING:]

    @property
    def key(self) -> pyrage.x25519.Recipient:
        return pyrage.x25519.Recipient.from_str(self.text)


def recipient_validate(text: str) -> Recipient:
    """The key in `text`, blanks around it aside. Raises `InvalidRecipient` with what is wrong and how to mend it."""
    key = text.strip().lower()
    if not key:
        raise InvalidRecipient(_("Give your agency’s public age key. It begins with “age1”."))
    if "age-secret-key-" in key:
        raise InvalidRecipient(
            _(
                "This is a secret key. Nobody but your agency may ever see it: make a new pair with “age-keygen”, "
                "throw this one away, and give the public key, which begins with “age1”."
            )
        )
    if "age1" in key and len(key.split()) > 1:
        raise InvalidRecipient(_("Give the public key alone, without other words: it begins with “age1”."))
    if key.startswith("ssh-"):
        raise InvalidRecipient(
            _("This is an SSH key. Make an age key with “age-keygen” and give the line that begins with “age1”.")
        )
    if not key.startswith("age1"):
        raise InvalidRecipient(
            _("This is not an age key: a public age key begins with “age1”. “age-keygen -y” shows yours.")
        )
    if len(key) != _LENGTH and _PLUGIN.fullmatch(key):
        raise InvalidRecipient(
            _(
                "This is the key of an age plugin or of a newer kind that not every tool opens. Give an ordinary key, "
                "made with “age-keygen”: “age1” and 58 more characters."
            )
        )
    if not _FORM.fullmatch(key):
        raise InvalidRecipient(
            _(
                "A public age key has 62 characters, “age1” and 58 letters and digits without 1, b, i and o; this one "
                "has %(length)s. Copy it again, whole."
            ),
            length=len(key),
        )
    try:
        pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise InvalidRecipient(
            _("This key has a mistake in it: its checksum does not fit. Copy it again rather than typing it.")
        ) from error
    return Recipient(key)
