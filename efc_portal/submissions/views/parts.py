"""One part of a draft on its page: its form or rows, bound to what was typed or stored."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import QueryDict

from efc_portal.submissions.documents import Document
from efc_portal.submissions.forms import HandlingForm, IdentifierFormSet, PaymentFormSet, WhatForm, WholeDraft
from efc_portal.submissions.forms.rows import pasted_rows
from efc_portal.submissions.forms.whole import bind

_FORMS: dict[str, Any] = {"what": WhatForm, "handling": HandlingForm}
_ROWS: dict[str, Any] = {"identifiers": IdentifierFormSet, "payments": PaymentFormSet}
_LISTS = ("red_flags", "handling_codes")


class Part:
    """What a step's page needs: the form to show, what to store, whether it is right.

    Forms are made when somebody asks for them: most posts are stored and answered with a redirect.
    """

    form: Any

    def __init__(self, code: str) -> None:
        self.code = code

    def raw(self) -> dict[str, Any]:
        return {}

    def is_valid(self) -> bool:
        return self.form.is_valid()


class FormPart(Part):
    """A part that is one form."""

    def __init__(self, code: str, document: Document, data: QueryDict | None) -> None:
        super().__init__(code)
        self.stored, self.data = document.get(code) or {}, data

    @cached_property
    def form(self) -> Any:
        form = _FORMS[self.code]
        if self.data is not None:
            return form(self.data)
        return bind(form, self.stored) if self.stored else form()

    def raw(self) -> dict[str, Any]:
        data = self.data if self.data is not None else self.form.data
        values = {
            name: data.getlist(name) if name in _LISTS else data[name]
            for name in _FORMS[self.code].base_fields
            if name in _LISTS or name in data
        }
        return {self.code: values}


class RowsPart(Part):
    """A part that is a list of rows."""

    def __init__(self, code: str, document: Document, data: QueryDict | None, *, blank: bool, region: str) -> None:
        super().__init__(code)
        self.document, self.data, self.blank, self.region = document, data, blank, region
        self.pasted = data.get("paste", "") if data is not None else ""

    @cached_property
    def _form_kwargs(self) -> dict[str, Any]:
        if self.code == "identifiers":
            return {"region": self.region}
        return {"sides": WholeDraft(self.document, region=self.region).sides()}

    @cached_property
    def form(self) -> Any:
        formset = _ROWS[self.code]
        if self.data is not None:
            return formset(self.data, prefix=self.code, form_kwargs=self._form_kwargs)
        rows = self.document.get(self.code) or []
        return formset.from_raw(rows, self.code, blank=self.blank or not rows, **self._form_kwargs)

    @property
    def empty_row(self) -> Any:
        return _ROWS[self.code](prefix=self.code, form_kwargs=self._form_kwargs).empty_form

    def raw(self) -> dict[str, Any]:
        data = self.data if self.data is not None else self.form.data
        rows, kept = _ROWS[self.code].typed_rows(data, self.code)
        if self.code == "identifiers":
            rows += pasted_rows(self.pasted)
            return {"identifiers": rows, "payments": _moved(self.document.get("payments") or [], kept)}
        return {self.code: rows}


def _moved(payments: list[dict[str, Any]], kept: dict[int, int]) -> list[dict[str, Any]]:
    """Payments whose sides follow their identifiers when rows before them were removed."""
    places = {str(old): str(new) for old, new in kept.items()}
    return [
        {**payment, **{side: places.get(payment.get(side) or "", "") for side in ("sender", "recipient")}}
        for payment in payments
    ]


def part_of(code: str, document: Document, *, region: str, data: QueryDict | None = None, blank: bool = False) -> Part:
    """The part of a step over a document, or over posted data; `blank` asks for an empty row to fill in."""
    if code in _FORMS:
        return FormPart(code, document, data)
    if code in _ROWS:
        return RowsPart(code, document, data, blank=blank, region=region)
    return Part(code)
