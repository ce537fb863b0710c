"""What the secretariat fills in for a letter, and the filter of its recipients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.core.countries import countries_named
from efc_portal.core.errors import ApplicationError
from efc_portal.core.forms import choices_set
from efc_portal.partners.enums import OrganisationStatus, Sector
from efc_portal.partners.mailings.enums import LANGUAGE, RecipientStatus
from efc_portal.partners.mailings.letters import text_check
from efc_portal.partners.mailings.segments import KINDS, ROLES, STANDINGS, Segment
from efc_portal.partners.mailings.selectors import organisations_named
from efc_portal.partners.models import Mailing, MailingRecipient, Organisation
from efc_portal.partners.models.mailing import Text

SUBJECT_MAX, BODY_MAX, NAMES_MAX = 150, 10_000, 200


def _ticks(label: Any, choices: Any, *, missing: Any = None, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=missing is not None,
        widget=forms.CheckboxSelectMultiple,
        help_text=hint,
        error_messages={"required": missing} if missing else {},
    )


class MailingForm(forms.Form):
    """A letter in each language of the interface, and whom it goes to."""

    kinds = _ticks(
        _("Kinds of members"), [(one, one.label) for one in KINDS], missing=_("Choose at least one kind of members.")
    )
    roles = _ticks(
        _("Roles"),
        [(one, one.label) for one in ROLES],
        missing=_("Choose at least one role."),
        hint=_("Whoever holds one of these roles gets the letter, once."),
    )
    standing = _ticks(
        _("Standing"),
        [(one, OrganisationStatus(one).label) for one in STANDINGS],
        missing=_("Choose at least one standing."),
    )
    sectors = _ticks(_("Sectors"), Sector.choices, hint=_("None ticked: all."))
    countries = _ticks(_("Countries"), [], hint=_("None ticked: all."))
    organisations = forms.CharField(
        label=_("These organisations alone"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("One name in each line, as the register writes it. Empty: all that fit the above."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    letter_names: tuple[str, ...]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = Organisation.objects.filter(kind__in=KINDS).order_by().values_list("country", flat=True).distinct()
        choices_set(self, "countries", countries_named(codes))
        for language, name in settings.INTERFACE_LANGUAGES:
            self.fields |= _letter_fields(language, name)
        self.letter_names = tuple(
            f"{part}_{language}" for language, _name in settings.INTERFACE_LANGUAGES for part in ("subject", "body")
        )

    @classmethod
    def initial_of(cls, mailing: Mailing | None) -> dict[str, Any]:
        """What the form shows of a draft; for a new one, what most letters choose."""
        segment = Segment.of(mailing.segment) if mailing else Segment()
        names = Organisation.objects.filter(pk__in=segment.organisations).values_list("name", flat=True)
        initial: dict[str, Any] = {**segment.as_json, "organisations": "\n".join(names)}
        for language, text in (mailing.texts if mailing else {}).items():
            initial |= {f"subject_{language}": text["subject"], f"body_{language}": text["body"]}
        return initial | {"version": mailing.version if mailing else None}

    def letter_fields(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.letter_names)

    def segment_fields(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in Segment.__dataclass_fields__)

    def clean_organisations(self) -> list[Organisation]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["organisations"].splitlines())
        names = list(dict.fromkeys(line for line in lines if line))
        if len(names) > NAMES_MAX:
            raise ValidationError(
                _("Name %(most)s organisations at most; choose more of them by kind, sector and country."),
                params={"most": NAMES_MAX},
            )
        found, unknown = organisations_named(names)
        if unknown:
            raise ValidationError(
                _("The register knows no %(names)s. Write each name in a line, as the register does."),
                params={"names": get_text_list([f"“{name}”" for name in unknown[:5]], str(_("and")))},
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for language, _name in settings.INTERFACE_LANGUAGES:
            subject, body = f"subject_{language}", f"body_{language}"
            for name in (subject, body):
                self._check(name, cleaned.get(name, ""))
            if cleaned.get(subject) and not cleaned.get(body) and body not in self.errors:
                self.add_error(body, _("Write the text, or take the subject of this language out."))
            if cleaned.get(body) and not cleaned.get(subject) and subject not in self.errors:
                self.add_error(subject, _("Write the subject, or take the text of this language out."))
        return cleaned

    def _check(self, name: str, text: str) -> None:
        try:
            text_check(text)
        except ApplicationError as error:
            self.add_error(name, error.message)

    def texts(self) -> dict[str, Text]:
        cleaned = self.cleaned_data
        return {
            language: Text(subject=cleaned[f"subject_{language}"], body=cleaned[f"body_{language}"])
            for language, _name in settings.INTERFACE_LANGUAGES
        }

    def segment(self) -> Segment:
        cleaned = self.cleaned_data
        return Segment.of({**cleaned, "organisations": [one.pk for one in cleaned["organisations"]]})


def _letter_fields(language: str, name: Any) -> dict[str, forms.Field]:
    needed = language == LANGUAGE
    attributes = {"lang": language}
    return {
        f"subject_{language}": forms.CharField(
            label=_("Subject (%(language)s)") % {"language": name},
            max_length=SUBJECT_MAX,
            required=needed,
            widget=forms.TextInput(attrs=attributes),
            error_messages={"required": _("Write a subject.")},
        ),
        f"body_{language}": forms.CharField(
            label=_("Text (%(language)s)") % {"language": name},
            max_length=BODY_MAX,
            required=needed,
            widget=forms.Textarea(attrs={**attributes, "rows": 12}),
            error_messages={"required": _("Write the text.")},
            help_text="" if needed else _("For readers who chose this language. Empty: they get the English one."),
        ),
    }


class RecipientFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    hide_optional = True

    q = forms.CharField(label=_("Name, address or organisation"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", pgettext_lazy("states", "All")), *RecipientStatus.choices]
    )

    def apply(self, recipients: QuerySet[MailingRecipient]) -> QuerySet[MailingRecipient]:
        self.is_valid()
        wanted = self.cleaned_data
        if text := (wanted.get("q") or "").strip():
            named = Q(user__name__icontains=text) | Q(address__icontains=text) | Q(organisation__name__icontains=text)
            recipients = recipients.filter(named)
        if status := wanted.get("status"):
            recipients = recipients.filter(status=status)
        return recipients

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)
