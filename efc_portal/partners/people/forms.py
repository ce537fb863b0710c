"""What people type here: an invitation, its acceptance, roles, reasons, and who takes over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.core.forms import CheckboxesWithHints
from efc_portal.partners.enums import OrganisationKind, Role
from efc_portal.partners.models import Organisation
from efc_portal.partners.permissions import GIVEN_BY_SECRETARIAT, ROLES, WORDS

REASON = 300


def role_choices(kind: str, *, all_of_them: bool) -> list[tuple[str, Any]]:
    """The roles that can be chosen here; without those of the secretariat's giving unless `all_of_them`."""
    table = ROLES[OrganisationKind(kind)]
    return [(role.value, role.label) for role in table if all_of_them or role not in GIVEN_BY_SECRETARIAT]


def role_hints(kind: str) -> dict[Role, str]:
    """What each role lets a person do, in a sentence."""
    table = ROLES[OrganisationKind(kind)]
    return {
        role: " · ".join(str(words) for name, words in WORDS.items() if name in held) for role, held in table.items()
    }


class RolesForm(forms.Form):
    """Several roles can be held at once."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        error_messages={"required": _("Choose at least one role."), "invalid_choice": _("Choose roles of the list.")},
    )

    def __init__(self, *args: Any, kind: str, all_of_them: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        field.widget = CheckboxesWithHints(hints=role_hints(kind))
        field.choices = role_choices(kind, all_of_them=all_of_them)  # type: ignore[attr-defined]


class InvitationForm(RolesForm):
    """`members`: the secretariat asks, which may invite an address at a foreign domain for a reason."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Give the address of the person you invite.")},
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give the name of the person you invite.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=settings.INTERFACE_LANGUAGES, widget=forms.RadioSelect
    )
    outside_reason = forms.CharField(
        label=_("Why an address at another domain is right"),
        help_text=_("Needed only when the address is at no domain of the organisation."),
        max_length=200,
        required=False,
    )
    is_somebody_else = forms.BooleanField(
        label=_("It is another person than the one with nearly the same address"), required=False
    )
    field_order = ["email", "name", "is_somebody_else", "outside_reason", "roles", "language"]

    def __init__(self, *args: Any, organisation: Organisation, members: bool, **kwargs: Any) -> None:
        super().__init__(*args, kind=organisation.kind, all_of_them=members, **kwargs)
        self.domains = [domain.name for domain in organisation.domains.all()]
        if self.domains:
            named = get_text_list(self.domains, _now("or"))
            self.fields["email"].help_text = _("At %(domains)s.") % {"domains": named}
        if not members:
            del self.fields["outside_reason"]
        self.asks_who = bool(self.data.get("is_somebody_else"))

    def is_outside(self, email: str) -> bool:
        """Whether an address is at another domain than the organisation's."""
        return email.strip().lower().rpartition("@")[2] not in self.domains

    def ask_who(self) -> None:
        """Show the tick that confirms that it is somebody else."""
        self.asks_who = True

    def shown(self) -> InvitationForm:
        """Without the tick unless it was asked for."""
        if not self.asks_who:
            self.fields.pop("is_somebody_else", None)
        return self


class AcceptForm(forms.Form):
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
    password = forms.CharField(
        label=_("Password"),
        help_text=_(
            "Leave it empty to sign in with a passkey alone, which is the safest way. With a password you can also use "
            "an authenticator app. At least 12 characters; a few words in a row are best."
        ),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            try:
                validate_password(password, User(email=self.email, name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence. It stands in the record."),
        max_length=REASON,
        error_messages={"required": _("Say why, in a sentence.")},
    )


class EndForm(ReasonForm):
    """Who takes over is asked only where something is open and somebody can."""

    successor = forms.ChoiceField(
        label=_("Who takes over the open work?"),
        error_messages={
            "required": _("Choose who takes over the open work."),
            "invalid_choice": _("Choose a colleague of the list."),
        },
    )

    def __init__(self, *args: Any, successors: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(successors)
        if choices:
            self.fields["successor"].choices = [("", _("Choose a colleague")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["successor"]
