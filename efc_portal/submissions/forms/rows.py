"""Steps two and three: rows of identifiers, rows of payments."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.forms import CodeField, PlainForm, fields_shared, whole_number
from efc_portal.core.money import currency_choices, is_currency
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify
from efc_portal.indicators.selectors import known_effects
from efc_portal.indicators.types import TYPES, Recognised, type_choices
from efc_portal.submissions.enums import Method, SightingRole
from efc_portal.submissions.facts import day_check, fineness_check, plain_amount

IDENTIFIERS_MAX = 200
PAYMENTS_MAX = 500


class RowForm(PlainForm):
    """One row of many. An empty one means nothing, so that nobody has to remove what was left blank."""

    @staticmethod
    def is_empty(row: dict[str, Any]) -> bool:
        """Whether nothing was typed that counts, in a row as it was sent."""
        raise NotImplementedError

    def has_changed(self) -> bool:
        return not self.is_empty({name: self.data.get(self.add_prefix(name)) for name in self.base_fields})


@fields_shared()
class IdentifierForm(RowForm):
    """One identifier. `recognised` holds what the value was recognised as once the form is valid.

    `known` is why the value says nothing by itself, in words to show beside it, once all rows were checked.
    """

    value = forms.CharField(
        label=_("Identifier"),
        max_length=500,
        error_messages={"required": _("Enter the identifier, or remove the row.")},
    )
    type = CodeField(
        label=_("Type"),
        required=False,
        choices=lambda: [("", _("Recognise it for me")), *type_choices()],
        is_code=TYPES.__contains__,
    )
    role = forms.ChoiceField(label=_("Part it plays"), choices=SightingRole.choices, initial=SightingRole.RECIPIENT)
    group = forms.CharField(
        label=_("Group"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        help_text=_("The same letter for what belongs together: one holder’s accounts, one cluster of wallets"),
    )

    def __init__(self, *args: Any, region: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region
        self.recognised: Recognised | None = None
        self.known = ""

    @staticmethod
    def is_empty(row: dict[str, Any]) -> bool:
        return not (row.get("value") or "").strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if value := cleaned.get("value"):
            try:
                self.recognised = identify(value, type=cleaned.get("type") or None, region=self.region)
            except ApplicationError as error:
                self.add_error("value", error.message)
        return cleaned


_GONE = {"invalid_choice": _("This identifier is no longer in your list. Choose another.")}


class Sides:
    """The identifiers that a payment's sender and recipient are chosen from, as fields that all rows share."""

    def __init__(self, choices: Iterable[tuple[str, str]] = ()) -> None:
        sides: list[tuple[str, Any]] = [("", _("Not known")), *choices]
        self.fields: dict[str, forms.Field] = {
            "sender": forms.ChoiceField(label=_("From"), required=False, error_messages=_GONE, choices=sides),
            "recipient": forms.ChoiceField(label=_("To"), required=False, error_messages=_GONE, choices=sides),
        }


@fields_shared()
class PaymentForm(RowForm):
    """One payment, or several equal ones added up. Sides are places in the list of identifiers."""

    sender = forms.ChoiceField()  # the two of `Sides` take their places
    recipient = forms.ChoiceField()
    method = forms.ChoiceField(
        label=_("Method"),
        choices=[("", _("Choose")), *Method.choices],
        error_messages={"required": _("Choose how it was paid.")},
    )
    amount = forms.CharField(
        label=_("Amount"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": _("Enter the amount, such as 120.50.")},
    )
    currency = CodeField(label=_("Currency"), initial="EUR", choices=currency_choices, is_code=is_currency)
    paid_on = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date such as 2026-03-31.")},
    )

    def __init__(self, *args: Any, sides: Sides | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update((sides or Sides()).fields)

    @staticmethod
    def is_empty(row: dict[str, Any]) -> bool:
        return not any((row.get(name) or "").strip() for name in ("sender", "recipient", "method", "amount", "paid_on"))

    def clean_amount(self) -> Decimal:
        return parse_amount(self.cleaned_data["amount"])

    def clean_paid_on(self) -> Any:
        day = self.cleaned_data["paid_on"]
        if day:
            try:
                day_check(day, timezone.localdate())
            except InvalidValue as error:
                raise ValidationError(error.message) from error
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        amount, currency = cleaned.get("amount"), cleaned.get("currency")
        if amount is not None and currency and is_currency(currency):
            try:
                fineness_check(amount, currency)
            except InvalidValue as error:
                self.add_error("amount", error.message)
        if cleaned.get("sender") and cleaned.get("sender") == cleaned.get("recipient"):
            self.add_error("recipient", _("Sender and recipient are the same. Change one of them."))
        return cleaned


def parse_amount(text: str) -> Decimal:
    """An amount as people type it: `1234.5`, `1 234,50`, `1,234.50`. Ambiguous ones are refused, never guessed."""
    plain = "".join(text.split()).replace("\u00a0", "").replace("’", "").replace("'", "")
    commas, points = plain.count(","), plain.count(".")
    if commas and points:
        decimal = max(plain.rfind(","), plain.rfind("."))
        if plain.count(plain[decimal]) > 1:
            raise ValidationError(_("Enter one amount, such as 1234.50."))
        plain = plain[:decimal].replace(",", "").replace(".", "") + "." + plain[decimal + 1 :]
    elif commas + points > 1:
        plain = plain.replace(",", "").replace(".", "")
    elif commas + points == 1 and len(plain) - plain.replace(",", ".").index(".") == 4:
        whole = plain.replace(",", ".").partition(".")[0]
        if whole.strip("0"):
            raise ValidationError(
                _("“%(text)s” can be read in two ways. Write it without separators, such as 1234 or 1.234000."),
                params={"text": text},
            )
        plain = plain.replace(",", ".")
    else:
        plain = plain.replace(",", ".")
    try:
        return plain_amount(plain)
    except InvalidValue as error:
        raise ValidationError(error.message) from error


_REMOVE = forms.BooleanField(label=_("Remove this row when saving"), required=False)


class _RowFormSet(forms.BaseFormSet):
    form: type[RowForm]  # set by formset_factory, as are
    absolute_max: int
    max_num: int

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        if self.can_delete:
            form.fields[DELETION_FIELD_NAME] = _REMOVE

    @classmethod
    def typed_rows(cls, data: QueryDict, prefix: str) -> tuple[list[dict[str, Any]], dict[int, int]]:
        """What was typed, without empty and removed rows: the rows, and where each kept one moved to."""
        typed = whole_number(data.get(f"{prefix}-TOTAL_FORMS", ""))
        rows: list[dict[str, Any]] = []
        kept: dict[int, int] = {}
        for place in range(min(typed or 0, cls.absolute_max)):
            row = {name: data.get(f"{prefix}-{place}-{name}", "") for name in cls.form.base_fields}
            removed = data.get(f"{prefix}-{place}-{DELETION_FIELD_NAME}", "").lower() not in ("", "false")
            if not removed and not cls.form.is_empty(row):
                kept[place] = len(rows)
                rows.append(row)
        return rows, kept

    @classmethod
    def from_raw(
        cls, rows: list[dict[str, Any]], prefix: str, *, blank: bool = False, **form_kwargs: Any
    ) -> _RowFormSet:
        """A bound formset over stored rows, with an empty one at the end where `blank` asks for it."""
        if blank:
            fields = cls.form(**form_kwargs).fields
            rows = [*rows, {name: field.initial or "" for name, field in fields.items()}]
        data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for place, row in enumerate(rows):
            data.update({f"{prefix}-{place}-{name}": value for name, value in row.items()})
        return cls(data=data, prefix=prefix, form_kwargs=form_kwargs)

    @staticmethod
    def check_together(rows: list[Any]) -> None:
        """What can be said only of all rows at once."""

    def clean(self) -> None:
        self.check_together(self.forms)


class CheckedRows:
    """Stored rows that are checked and not shown: each as its form, without what a page needs around them."""

    def __init__(self, formset: type[_RowFormSet], rows: list[dict[str, Any]], **form_kwargs: Any) -> None:
        options = {"empty_permitted": True, "use_required_attribute": False, **form_kwargs}
        self.forms: list[Any] = [formset.form(row, **options) for row in rows]
        for form in self.forms:
            form.full_clean()
        formset.check_together(self.forms)
        self._errors = []
        if len(self.forms) > formset.max_num:
            self._errors.append(formset.default_error_messages["too_many_forms"] % {"num": formset.max_num})

    def is_valid(self) -> bool:
        return not self._errors and all(form.is_valid() for form in self.forms)

    def non_form_errors(self) -> list[str]:
        return self._errors


class _BaseIdentifiers(_RowFormSet):
    @staticmethod
    def check_together(rows: list[Any]) -> None:
        """What the lists of known values say: refused, or told beside the value. One statement for all rows."""
        known = known_effects({row.recognised for row in rows if row.recognised})
        for row in rows:
            if row.recognised not in known:
                continue
            if known[row.recognised].refuses:
                row.add_error("value", known[row.recognised].reason)
            else:
                row.known = known[row.recognised].reason


IdentifierFormSet: Any = forms.formset_factory(
    IdentifierForm,
    formset=_BaseIdentifiers,
    extra=0,
    max_num=IDENTIFIERS_MAX,
    absolute_max=IDENTIFIERS_MAX + 50,
    validate_max=True,
    can_delete=True,
)
PaymentFormSet: Any = forms.formset_factory(
    PaymentForm,
    formset=_RowFormSet,
    extra=0,
    max_num=PAYMENTS_MAX,
    absolute_max=PAYMENTS_MAX + 50,
    validate_max=True,
    can_delete=True,
)


def pasted_rows(text: str) -> list[dict[str, Any]]:
    """Identifiers pasted from a table, one a line; the first cell counts, further ones are ignored."""
    cells = (line.split("\t")[0].split(";")[0].strip() for line in text.splitlines())
    values = list(dict.fromkeys(cell for cell in cells if cell))
    return [{"value": value[:500], "type": "", "role": SightingRole.OTHER} for value in values[:IDENTIFIERS_MAX]]
