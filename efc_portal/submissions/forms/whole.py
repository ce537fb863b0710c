"""The whole draft, checked: every step's form over the stored document, and what finishing makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.forms import BaseForm, Form
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.indicators.selectors import known_effects
from efc_portal.submissions.documents import Document
from efc_portal.submissions.forms.found import FoundForm, asked
from efc_portal.submissions.forms.handling import HandlingForm
from efc_portal.submissions.forms.rows import CheckedRows, IdentifierFormSet, PaymentFormSet, Sides
from efc_portal.submissions.forms.what import WhatForm
from efc_portal.submissions.found import Found, found_in_words, key_of
from efc_portal.submissions.services.finish import Finished


@dataclass(frozen=True)
class Step:
    """One page of the form."""

    code: str
    label: str | Promise


STEPS = (
    Step("what", _("What happened")),
    Step("identifiers", _("Who and what was paid")),
    Step("payments", _("Payments")),
    Step("attachments", _("Attachments")),
    Step("handling", _("How it may be used")),
    Step("check", _("Check and send")),
)
_LABELS = {step.code: step.label for step in STEPS}
_ROWS = {"identifiers": _("Identifier"), "payments": _("Payment")}


def bind(form: type[Form], data: dict[str, Any], **kwargs: Any) -> Form:
    """A bound form over a stored part, lists included."""
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return form(query, **kwargs)


class WholeDraft:
    """The four parts of a document, each as its form; valid when all are."""

    def __init__(self, document: Document, *, region: str, file_rows: int = 0) -> None:
        """`file_rows`: how many rows of files go with it, so that nothing need be typed."""
        self.document, self.region, self.file_rows = document, region, file_rows

    @cached_property
    def what(self) -> Form:
        return bind(WhatForm, self.document["what"])

    @cached_property
    def identifiers(self) -> CheckedRows:
        return CheckedRows(IdentifierFormSet, self.document["identifiers"], region=self.region)

    @cached_property
    def payments(self) -> CheckedRows:
        return CheckedRows(PaymentFormSet, self.document["payments"], sides=self.sides())

    @cached_property
    def handling(self) -> Form:
        return bind(HandlingForm, self.document["handling"])

    @cached_property
    def found(self) -> Found:
        """What stands in the narrative beside the identifiers given. Candidates that a list refuses are left out."""
        narrative = self.document["what"].get("narrative", "")
        found = found_in_words(narrative, [form.recognised for form in self.identifiers.forms if form.is_valid()])
        self._known = known_effects(found.candidates)
        kept = [one for one in found.candidates if one not in self._known or not self._known[one].refuses]
        return found._replace(candidates=kept)

    def found_form(self) -> FoundForm:
        """The question which candidates to report, with the answer given so far."""
        candidates = self.found.candidates
        return FoundForm(candidates, {one: known.reason for one, known in self._known.items()}, self._ticked)

    def asks(self, answered: str) -> bool:
        """Whether there are candidates that the reporter was not asked about; `answered` is what the page sent back."""
        return asked(self.found.candidates) != answered

    @property
    def _ticked(self) -> list[str]:
        return self.document.get("found") or []

    def sides(self) -> Sides:
        """The identifiers as choices of a payment's two sides: place in the list, and what they are."""
        choices = []
        for place, form in enumerate(self.identifiers.forms):
            shown = form.recognised.display if form.is_valid() else form["value"].data
            choices.append((str(place), f"{place + 1}. {shown}"))
        return Sides(choices)

    def started(self, code: str) -> bool:
        return bool(self.document.get(code))

    def valid(self, code: str) -> bool:
        return getattr(self, code).is_valid() if code in ("what", "identifiers", "payments", "handling") else True

    @cached_property
    def problems(self) -> list[tuple[str, str]]:
        """What keeps the draft from being sent: (step's code, sentence)."""
        return list(self._problems())

    def _problems(self) -> Iterator[tuple[str, str]]:
        for code in ("what", "identifiers", "payments", "handling"):
            part = getattr(self, code)
            if isinstance(part, BaseForm):
                if not self.started(code):
                    yield code, f"{_LABELS[code]}: {gettext('This step is not filled in yet.')}"
                else:
                    yield from ((code, sentence) for sentence in _sentences(part))
                continue
            for place, form in enumerate(part.forms, start=1):
                yield from ((code, _of_row(code, place, sentence)) for sentence in _sentences(form))
            yield from ((code, str(sentence)) for sentence in part.non_form_errors())
        if not self.document["identifiers"] and not self.file_rows:
            yield "identifiers", gettext("Give at least one account, wallet, merchant, address or handle.")

    def finished(self) -> Finished:
        """The checked document and columns. Raises the first problem of a draft that has any."""
        if self.problems:
            raise ApplicationError(self.problems[0][1])
        what, handling = self.what.cleaned_data, self.handling.cleaned_data
        identifiers = [
            {
                "type": form.recognised.type,
                "value": form.recognised.canonical,
                "role": form.cleaned_data["role"],
                "group": form.cleaned_data["group"],
                **(form.recognised.said.kept() if form.recognised.said else {}),
            }
            for form in self.identifiers.forms
        ]
        payments = [self._payment(form.cleaned_data) for form in self.payments.forms]
        document = {
            "what": {"title": what["title"], "narrative": what["narrative"]},
            "identifiers": identifiers,
            "payments": payments,
            "handling": {
                "handling_note": handling["handling_note"],
                "str_reference": handling["str_reference"] if handling["contains_str"] == "yes" else "",
            },
            "found": [
                {"type": one.type, "value": one.canonical}
                for one in (self.found.candidates if self._ticked else ())
                if key_of(one) in self._ticked
            ],
        }
        return Finished(
            document=document,
            tlp=handling["tlp"],
            source_grade=handling["source_grade"],
            information_grade=handling["information_grade"],
            handling_codes=handling["handling_codes"],
            contains_str=handling["contains_str"] == "yes",
            child_in_danger=handling["child_in_danger"],
            period_from=what["period_from"],
            period_to=what["period_to"],
            red_flags=sorted(what["red_flags"]),
            methods=sorted({payment["method"] for payment in payments}),
            countries=[what["country"]] if what["country"] else [],
        )

    @staticmethod
    def _payment(cleaned: dict[str, Any]) -> dict[str, Any]:
        return {
            "sender": int(cleaned["sender"]) if cleaned["sender"] else None,
            "recipient": int(cleaned["recipient"]) if cleaned["recipient"] else None,
            "method": cleaned["method"],
            "amount": str(cleaned["amount"]),
            "currency": cleaned["currency"],
            "paid_on": cleaned["paid_on"].isoformat() if cleaned["paid_on"] else "",
        }


def _of_row(code: str, place: int, sentence: str) -> str:
    return gettext("%(label)s %(number)s: %(error)s") % {"label": _ROWS[code], "number": place, "error": sentence}


def _after(label: str, message: str) -> str:
    return gettext("%(label)s: %(error)s") % {"label": label, "error": message}


def _sentences(form: BaseForm) -> Iterator[str]:
    """What is wrong, each with the question it answers, as the step's own page says it."""
    for name, messages in form.errors.items():
        for message in messages:
            if name not in form.fields:
                yield str(message)
            else:
                label = str(form.fields[name].label)
                question = label.endswith("?")
                yield f"{label} {message}" if question else _after(label, str(message))
