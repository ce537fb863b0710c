"""Controls that Django's own forms lack. How forms look is `templates/django/forms/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import ChoiceWidget

FormClass = TypeVar("FormClass", bound=type[forms.Form])


class _Hints(ChoiceWidget):
    """Puts a sentence under each choice that has one; the form template reads it as the choice's `hint`."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, hints: Mapping[Any, Any]) -> None:
        super().__init__(attrs)
        self.hints = {str(value): hint for value, hint in hints.items()}

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        if hint := self.hints.get(str(value)):
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', name)}_hint"
        return option


class RadioSelectWithHints(_Hints, forms.RadioSelect):
    """Radio buttons with a sentence under each."""


class CheckboxesWithHints(_Hints, forms.CheckboxSelectMultiple):
    """Tick boxes with a sentence under each."""


class PlainForm(forms.Form):
    """A form that is checked far more often than it is shown: checking makes no `BoundField` for its fields.

    For forms without disabled fields.
    """

    def _clean_fields(self) -> None:
        for name, field in self.fields.items():
            try:
                value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
                self.cleaned_data[name] = field.clean(value)
                if own := getattr(self, f"clean_{name}", None):
                    self.cleaned_data[name] = own()
            except ValidationError as error:
                self.add_error(name, error)


class CodeField(forms.ChoiceField):
    """A choice from a long list of codes: the list is made when it is shown, and not to check one code against it."""

    def __init__(
        self, *, choices: Callable[[], Iterable[tuple[str, Any]]], is_code: Callable[[str], bool], **options: Any
    ) -> None:
        super().__init__(choices=choices, **options)
        self.is_code = is_code

    def valid_value(self, value: Any) -> bool:
        return self.is_code(str(value))


def whole_number(text: str) -> int | None:
    """The number that a hidden field of a page holds; None for whatever else somebody sent in its place."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def choices_set(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Give a choice field the choices that are known only when its form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} has no choices")
    field.choices = list(choices)


class _SharedFields(dict[str, forms.Field]):
    """The fields of a form class. Where Django copies them for a form, that gets these same ones, except its own."""

    def __init__(self, fields: Mapping[str, forms.Field], own: tuple[str, ...]) -> None:
        super().__init__(fields)
        self.own = own

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return {**self, **{name: deepcopy(self[name], memo) for name in self.own}}


def fields_shared(*own: str) -> Callable[[FormClass], FormClass]:
    """Decorates a form class whose forms share its fields: a copy of all choices for each row of a page costs most.

    For forms that change no field of theirs, apart from those named in `own`.
    """

    def decorate(form: FormClass) -> FormClass:
        form.base_fields = _SharedFields(form.base_fields, own)
        return form

    return decorate
