"""Typing an address, and proposing an identity provider."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from efc_portal.core.forms import RadioSelectWithHints
from efc_portal.partners.sign_on.descriptions import METADATA_LONGEST
from efc_portal.partners.sign_on.enums import SecondFactor


class AddressForm(forms.Form):
    email = forms.CharField(
        label=_("Your e-mail address at work"),
        help_text=_("It tells the portal which organisation’s sign-in page to send you to."),
        max_length=254,
        error_messages={"required": _("Enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


class _ProviderForm(forms.Form):
    """What is asked of every provider."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As your people know it, such as “Example Bank sign-in”."),
        max_length=40,
        error_messages={"required": _("Give the provider a name.")},
    )
    second_factor = forms.ChoiceField(
        label=_("Second factor"),
        choices=SecondFactor,
        initial=SecondFactor.HERE,
        widget=RadioSelectWithHints(
            hints={
                SecondFactor.HERE: _("After signing in at your provider, your people show their second factor here."),
                SecondFactor.PROVIDER: _(
                    "Your provider asks for it and says so each time. A sign-in without that is refused."
                ),
            }
        ),
    )
    factor_values = forms.CharField(
        label=_("How your provider says that a second factor was shown"),
        help_text=_(
            "Only if it asks for it. One value on a line: OpenID Connect’s “acr” or “amr”, such as mfa; SAML’s "
            "AuthnContextClassRef, such as https://refeds.org/profile/mfa."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    is_only = forms.BooleanField(
        label=_("Your people sign in through it alone"),
        help_text=_("Passwords and passkeys of the portal then open nothing for them. You can change this later."),
        required=False,
    )

    @property
    def common(self) -> dict[str, Any]:
        """What the services that propose a provider take of every one."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "second_factor": cleaned["second_factor"],
            "factor_values": cleaned["factor_values"].splitlines(),
            "is_only": cleaned["is_only"],
        }


class OIDCForm(_ProviderForm):
    issuer = forms.CharField(
        label=_("Issuer"),
        help_text=_("The address that the provider calls itself by, such as https://login.bank.example/tenant."),
        max_length=500,
        error_messages={"required": _("Give the issuer.")},
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )
    client_id = forms.CharField(
        label=_("Client id"),
        max_length=190,
        error_messages={"required": _("Give the client id.")},
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    client_secret = forms.CharField(
        label=_("Client secret"),
        help_text=_("It is kept encrypted and never shown again."),
        max_length=500,
        strip=False,
        error_messages={"required": _("Give the client secret.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "issuer", "client_id", "client_secret")


class SAMLForm(_ProviderForm):
    metadata = forms.CharField(
        label=_("Metadata of your identity provider"),
        help_text=_("Paste the whole XML document, from “<EntityDescriptor” on."),
        max_length=METADATA_LONGEST,
        error_messages={"required": _("Paste the metadata.")},
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    field_order = ("name", "metadata")
