"""One part of a draft on its page: its form or rows, bound to what was typed or stored."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from efc_portal.submissions.documents import Document
from efc_portal.submissions.forms import HandlingForm, IdentifierFormSet, PaymentFormSet, WhatForm, WholeDraft
from efc_portal.submissions.forms.rows import pasted_rows
from efc_portal.submissions.forms.whole import bind


class Part:
    """What a step's page needs: the form to show, what to store, whether it is right."""

    form: Any

    def __init__(self, code: str) -> None:
        self.code = code

    def raw(self) -> dict[str, Any]:
        return {}

    def is_valid(self) -> bool:
        return self.form.is_valid()


class FormPart(Part):
    """A part that is one form."""

    def __init__(self, code: str, form: type, document: Document, data: QueryDict | None) -> None:
        super().__init__(code)
        stored = document.get(code) or {}
        if data is not None:
            self.form = form(data)
        elif stored:
            self.form = bind(form, stored)
        else:
            self.form = form()

    def raw(self) -> dict[str, Any]:
        lists = ("red_flags", "handling_codes")
        values = {
            name: self.form.data.getlist(name) if name in lists else self.form.data.get(name, "")
            for name in self.form.fields
            if name in lists or name in self.form.data
        }
        return {self.code: values}


class RowsPart(Part):
    """A part that is a list of rows."""

    def __init__(
        self, code: str, formset: Any, document: Document, data: QueryDict | None, *, blank: bool, **kwargs: Any
    ) -> None:
        super().__init__(code)
        self.document = document
        if data is not None:
            self.form = formset(data, prefix=code, form_kwargs=kwargs)
            self.pasted = data.get("paste", "")
        else:
            rows = document.get(code) or []
            self.form = formset.from_raw(rows, code, blank=blank or not rows, **kwargs)
            self.pasted = ""
        self.empty_row = formset(prefix=code, form_kwargs=kwargs).empty_form

    def raw(self) -> dict[str, Any]:
        rows, kept = self.form.rows_with_places()
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
    if code == "what":
        return FormPart(code, WhatForm, document, data)
    if code == "handling":
        return FormPart(code, HandlingForm, document, data)
    if code == "identifiers":
        return RowsPart(code, IdentifierFormSet, document, data, blank=blank, region=region)
    if code == "payments":
        sides = WholeDraft(document, region=region).sides()
        return RowsPart(code, PaymentFormSet, document, data, blank=blank, sides=sides)
    return Part(code)
