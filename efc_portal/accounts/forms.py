"""Second-factor codes, which work once, and a person's own profile."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.devices import known_device
from efc_portal.workflow.services import work_enqueue

CODE_INPUT = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "spellcheck": "false",
    "class": "govuk-input--width-10",
}


def demo_code_typed(code: str) -> bool:
    """Whether the code is the one that passes for every person of the demonstration. Never outside of it."""
    return bool(settings.DEMO and settings.DEMO_SECOND_FACTOR_CODE and code == settings.DEMO_SECOND_FACTOR_CODE)


def code_use(user: AbstractBaseUser, code: str) -> bool:
    """Spend a time-based code; False when it was spent before.

    It stays spent for as long as it could be accepted, which with the tolerance is longer than its own half minute.
    """
    window = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
    return cache.add(f"efc.code-used:{user.pk}:{normalize_user_code(code)}", True, timeout=window)


class _CodeForm(forms.Form):
    """What checking a code adds to allauth: a daily limit of guesses, each code once, and the demonstration's code.

    As with passwords, guesses are counted apart for each browser that the person has used before: somebody who has
    found out the password and types wrong codes does not keep the person out of a browser of theirs.
    """

    user: AbstractBaseUser

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        app = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).first()
        if app and demo_code_typed(code):
            self.authenticator = app
            return code
        browser = known_device(context.request, self.user.get_username())
        guesses = f"second-factor:{self.user.pk}:{browser or ''}"
        if not ratelimit.consume(context.request, action="second_factor", key=guesses):
            _tell_of_refused_codes(self.user)
            raise get_account_adapter().validation_error("too_many_codes")
        if browser:
            if not ratelimit.consume(context.request, action="second_factor_known", key=guesses):
                raise get_account_adapter().validation_error("too_many_login_attempts")
            ratelimit.clear(context.request, action="login_failed", key=f"mfa-auth-user-{self.user.pk}")
        code = super().clean_code()  # type: ignore[misc]  # of allauth's form
        if self.authenticator.type == Authenticator.Type.TOTP and not code_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        ratelimit.clear(context.request, action="second_factor", key=guesses)
        ratelimit.clear(context.request, action="second_factor_known", key=guesses)
        return code


def _tell_of_refused_codes(user: AbstractBaseUser) -> None:
    """Whoever types codes has the password: the person is told, once a day."""
    if cache.add(f"efc.codes-refused:{user.pk}", True, timeout=24 * 60 * 60):
        work_enqueue("account.codes_refused", user.pk)


def _code_field(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=forms.TextInput(attrs=CODE_INPUT))


class SignInCodeForm(_CodeForm, AuthenticateForm):
    code = _code_field(_("Code"), _("Six digits from your authenticator app, or one of your recovery codes."))


class StepUpCodeForm(_CodeForm, ReauthenticateForm):
    code = _code_field(_("Code"), _("Six digits from your authenticator app, or one of your recovery codes."))


class EnrolAppForm(ActivateTOTPForm):
    code = _code_field(_("Code"), _("The six digits that your authenticator app shows now."))

    def clean_code(self) -> str:
        if demo_code_typed(self.cleaned_data["code"]):
            return self.cleaned_data["code"]
        code = super().clean_code()
        code_use(self.user, code)
        return code


class AddPasskeyForm(AddWebAuthnForm):
    """A key that can sign in alone, unless the person says otherwise."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("So that you tell your passkeys apart, such as “Work laptop”."),
        required=False,
        max_length=60,
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone, without the password"),
        help_text=_("Your device asks for your fingerprint, face or PIN each time. Untick it for an older key."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.user.has_usable_password():
            field = self.fields["passwordless"]
            field.required = True
            field.help_text = _("You have no password, so leave this ticked: nothing else would let you in.")
            field.error_messages["required"] = _("Leave this ticked: without a password nothing else would let you in.")


class _CredentialField(forms.JSONField):
    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:  # a number too long to read, brackets without end
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeySignInForm(LoginWebAuthnForm):
    """As allauth's, for whatever a stranger sends in place of a browser's answer."""

    credential = _CredentialField(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As colleagues and the secretariat see it."),
        max_length=150,
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of the portal’s pages and of the mail it sends you."),
        choices=settings.INTERFACE_LANGUAGES,
        widget=forms.RadioSelect,
    )
