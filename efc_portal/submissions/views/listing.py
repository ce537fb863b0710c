"""A partner's own submissions."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.forms.filters import SubmissionFilterForm
from efc_portal.submissions.models import Submission
from efc_portal.submissions.selectors import value_texts

PER_PAGE = 25
COLUMNS = [
    {"label": _("State"), "key": "status"},
    {"label": _("Reference"), "key": "reference"},
    {"label": _("Submission")},
    {"label": _("Value"), "num": True},
    {"label": _("Marks")},
    {"label": _("Begun"), "key": "created_at", "num": True},
]


@require_GET
@require(Permission.SUBMISSION_VIEW_OWN)
def submission_list(request: PersonRequest) -> HttpResponse:
    filters = SubmissionFilterForm(request.GET)
    sort = request.GET.get("sort", "")
    found = filters.apply(Submission.objects.visible_to(request.user).select_related("data_key", "reporter"), sort=sort)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    values = value_texts(page.object_list)
    rows = [{"submission": one, "value": values.get(one.pk, "")} for one in page.object_list]
    if rows:
        audit_record(
            action="submission.list",
            category=Category.CONSULTATION,
            actor=request.user,
            references=[str(one) for one in page.object_list],
        )
    return render(
        request,
        "submissions/list.html",
        {
            "filters": filters,
            "sort": sort or "-created_at",
            "columns": COLUMNS,
            "page": page,
            "rows": rows,
            "may_submit": access_of(request.user).may(Permission.SUBMISSION_CREATE),
        },
    )
