"""A draft as its author checks it before sending: what was typed, named and recognised where it is right."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from efc_portal.core.countries import country_name
from efc_portal.core.money import money_text
from efc_portal.indicators.types import type_of
from efc_portal.submissions.enums import Method, SightingRole
from efc_portal.submissions.forms import WholeDraft
from efc_portal.submissions.presentation import IdentifierRow, PaymentRow
from efc_portal.submissions.standing import Remark


def answers_of(whole: WholeDraft) -> dict[str, Any]:
    """The four parts, ready for `components/pairs.html` and the two tables."""
    return {
        "what": _pairs(whole.what, ("title", "period_from", "period_to", "country", "red_flags", "narrative")),
        "identifiers": [_identifier(form) for form in whole.identifiers.forms],
        "payments": [_payment(form) for form in whole.payments.forms],
        "handling": _pairs(whole.handling, tuple(whole.handling.fields)),
    }


def _pairs(form: BaseForm, names: tuple[str, ...]) -> list[dict[str, Any]]:
    form.is_valid()
    return [{"label": form.fields[name].label, "value": _shown(form, name)} for name in names]


def _shown(form: BaseForm, name: str) -> str:
    """A field's answer in words: labels of choices, localised days, and what was typed where it is wrong."""
    field, cleaned = form.fields[name], getattr(form, "cleaned_data", {})
    value = cleaned.get(name, form[name].data)
    if hasattr(field, "choices") and value:
        labels = {str(code): str(label) for code, label in field.choices}
        chosen = value if isinstance(value, list) else [value]
        return "\n".join(labels.get(str(one), str(one)) for one in chosen)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return date_format(value) if hasattr(value, "year") else str(value or "")


def _identifier(form: Any) -> IdentifierRow:
    role = form["role"].data
    label = SightingRole(role).label if role in SightingRole.values else ""
    if not form.is_valid():
        return IdentifierRow(None, _("to mend"), form["value"].data, label, "", False)
    one = form.recognised
    country = country_name(one.country) if one.country else ""
    beside = str(one.said.words) if one.said else ""
    remark = Remark(known=form.known)
    group = form.cleaned_data["group"].strip()
    return IdentifierRow(
        None,
        type_of(one.type).label,
        one.display,
        label,
        country,
        False,
        beside,
        remark=remark,
        related=(_("group %(group)s") % {"group": group},) if group else (),
    )


def _payment(form: Any) -> PaymentRow:
    sides = dict(form.fields["sender"].choices)
    valid, data = form.is_valid(), {name: form[name].data for name in form.fields}
    cleaned = form.cleaned_data if valid else {}
    return PaymentRow(
        str(sides.get(data["sender"], "")) if data["sender"] else "",
        str(sides.get(data["recipient"], "")) if data["recipient"] else "",
        Method(data["method"]).label if data["method"] in Method.values else "",
        money_text(cleaned["amount"], cleaned["currency"]) if valid else f"{data['amount']} {data['currency']}",
        cleaned.get("paid_on"),
    )
