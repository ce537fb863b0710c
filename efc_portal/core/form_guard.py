"""What keeps machines from flooding a public form: no third party, no cookie, no script, nothing stored but a count.

- A form carries a **token**: language and time, signed. It must be some seconds old, as a person needs to write, and
  at most some hours. It also stands in for Django's token against forged requests, which would need a cookie: see
  `docs/decisions/0019-contact-without-cookies.md`.
- A field that people do not see must stay **empty**.
- Each **network** (an IPv4 address, the /64 of an IPv6 one) may send a few forms an hour. Only a keyed hash of it
  is remembered, in the memory of each web process.

Nothing is ever dropped in silence: who is stopped reads why, keeps what was typed, and can send again.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from efc_portal.core.limits import count_up, network_of

SECONDS_LEAST = 3
SECONDS_MOST = 12 * 60 * 60
HOUR = 60 * 60


@dataclass(frozen=True)
class Token:
    """What a form's token says: how old it is, `problem` why it is not taken, and the language of its page."""

    language: str
    problem: str = ""  # forged, early, late


@dataclass(frozen=True)
class FormGuard:
    """The guard of one form, or of several that count together. `name` keeps tokens and counts apart."""

    name: str
    per_hour: int

    @property
    def salt(self) -> str:
        return f"efc.{self.name}.form"

    def token_make(self, language: str) -> str:
        return signing.dumps({"language": language}, salt=self.salt)

    def token_read(self, text: str) -> Token:
        """What became of a token that came back with a form."""
        try:
            language = _known(signing.loads(text, salt=self.salt).get("language"))
        except (signing.BadSignature, AttributeError):
            return Token(settings.LANGUAGE_CODE, "forged")
        if self._is_younger(text, SECONDS_LEAST):
            return Token(language, "early")
        return Token(language, "" if self._is_younger(text, SECONDS_MOST) else "late")

    def _is_younger(self, text: str, seconds: int) -> bool:
        try:
            signing.loads(text, salt=self.salt, max_age=seconds)
        except signing.SignatureExpired:
            return False
        return True

    def may_send(self, address: str) -> bool:
        """Count a form from a network address; False when it has sent `per_hour` in this hour.

        Counted before anything is kept, in one step: many at once are no way round it.
        """
        return self.may(network_of(address))

    def may(self, whom: str) -> bool:
        """As `may_send`, for whatever else is counted, such as the mail address that something is sent to."""
        hour = int(time.time() // HOUR)
        mac = hmac.new(settings.SECRET_KEY.encode(), f"{self.name}:{hour}:{whom}".encode(), hashlib.sha256)
        return count_up("memory", f"{self.name}:{mac.hexdigest()[:32]}", seconds=HOUR) <= self.per_hour


def _known(language: object) -> str:
    return str(language) if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class GuardedForm(forms.Form):
    """A public form behind a guard. `address` is the network address it comes from.

    A form class sets `guard`, and may say in words of its own why a form is not taken.
    """

    homepage = forms.CharField(label=_("Leave this field empty"), required=False, max_length=200)
    token = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    guard: ClassVar[FormGuard]
    hide_optional = True
    problems: ClassVar[dict[str, str | Promise]] = {
        "forged": _("The form had lost its marking. It has a new one now: please send it again."),
        "early": _("This came faster than a person writes. Please wait a few seconds, then send it again."),
        "late": _("The page stood open for a long time. Please look over the form, then send it again."),
        "trap": _("A field that must stay empty was filled in, perhaps by your browser. It is empty now: send again."),
        "many": _("Several forms have come from your network within the hour. Send this one later, or by e-mail."),
    }

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        token = self.guard.token_read(cleaned.get("token") or "")
        if token.problem:
            self.add_error(None, str(self.problems[token.problem]))
        if cleaned.get("homepage"):
            self.add_error(None, str(self.problems["trap"]))
        self.clean_more(cleaned)
        if not self.errors and not self.guard.may_send(self.address):
            self.add_error(None, str(self.problems["many"]))
        return cleaned

    def clean_more(self, cleaned: dict[str, Any]) -> None:
        """Further checks, before the form is counted."""

    def renewed(self, language: str) -> GuardedForm:
        """The same form to be shown again: what was typed stays, the marking is fresh and the trap empty."""
        data = dict(self.data.items())
        if self.guard.token_read(data.get("token", "")).problem in ("forged", "late"):
            data["token"] = self.guard.token_make(language)
        data["homepage"] = ""
        self.data = data
        return self
