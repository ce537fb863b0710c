"""What can be given as an identifier, and how each is written: help, made from the declarations of the types."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.permissions import Permission
from efc_portal.indicators.enums import MatchRule
from efc_portal.indicators.types import TYPES, IndicatorType
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.enums import Method

COLUMNS = [{"label": _("Type")}, {"label": _("How it is written")}, {"label": _("Payment method")}]


@require_GET
@require(Permission.SUBMISSION_VIEW_OWN, Permission.CASE_WORK, Permission.REFERRAL_RECEIVE)
def identifier_types(request: PersonRequest) -> HttpResponse:
    """Every type with its help and examples. Nothing of anybody's is shown."""
    context = {
        "columns": COLUMNS,
        "rows": [_row(declaration) for declaration in TYPES.values()],
        "may_submit": access_of(request.user).may(Permission.SUBMISSION_CREATE),
    }
    return render(request, "submissions/types.html", context)


def _row(declaration: IndicatorType) -> dict[str, Any]:
    return {
        "code": declaration.code,
        "label": declaration.label,
        "help": declaration.help,
        "examples": (declaration.example, *declaration.accepts),
        "method": Method(declaration.method).label if declaration.method else "",
        "is_weak": declaration.match_rule is MatchRule.WEAK,
    }
