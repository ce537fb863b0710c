"""The register: the list of organisations, and a part of it as a file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.models import Organisation
from efc_portal.partners.permissions import access_of
from efc_portal.partners.register.export import (
    CONTACTS,
    columns_offered,
    register_csv,
    register_export_record,
    register_lines,
    register_xlsx,
)
from efc_portal.partners.register.forms.files import ExportForm
from efc_portal.partners.register.forms.filters import RegisterFilterForm
from efc_portal.partners.register.sections import columns_registered
from efc_portal.partners.register.selectors import People, organisations_for, people_counts, standing_counts

PER_PAGE = 25
COLUMNS = [
    {"label": _("Name"), "key": "name"},
    {"label": _("Standing"), "key": "status"},
    {"label": _("Kind")},
    {"label": _("Sector"), "key": "sector"},
    {"label": _("Country"), "key": "country"},
    {"label": _("People"), "num": True},
    {"label": _("Joined"), "key": "joined_on", "num": True},
]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@require(Permission.MEMBERS_VIEW)
def register(request: PersonRequest) -> HttpResponse:
    filters = RegisterFilterForm(request.GET)
    sort = request.GET.get("sort", "")
    known = organisations_for(request.user)
    page = Paginator(filters.apply(known, sort=sort), PER_PAGE).get_page(request.GET.get("page"))
    organisations = list(page.object_list)
    people, more = people_counts(organisations), columns_registered()
    cells = [column.function(organisations) for column in more]
    context = {
        "filters": filters,
        "sort": sort or "name",
        "columns": [*COLUMNS[:-1], *({"label": column.label} for column in more), COLUMNS[-1]],
        "page": page,
        "rows": [
            {
                "organisation": one,
                "people": people.get(one.pk, People()),
                "more": [
                    {"label": column.label, "cell": found.get(one.pk)}
                    for column, found in zip(more, cells, strict=True)
                ],
            }
            for one in organisations
        ],
        "standings": _standings(request, filters, known),
        "may_manage": access_of(request.user).may(Permission.MEMBERS_MANAGE),
        "applications_url": _address("application_list"),
        "query": request.GET.urlencode(),
    }
    return render(request, "partners/register/list.html", context)


def _address(name: str) -> str:
    """Of a list in another package; empty where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _standings(
    request: HttpRequest, filters: RegisterFilterForm, known: QuerySet[Organisation]
) -> list[dict[str, Any]]:
    """The list by standing, each with its number under the present filters, as `components/sections.html` reads it."""
    counts = standing_counts(filters.narrow(known))
    chosen = filters.cleaned_data.get("status") or ""
    parts: list[tuple[str, Any, int]] = [
        ("", pgettext("standings", "All"), sum(number for _status, number in counts)),
        *((status.value, status.label, number) for status, number in counts),
    ]
    items = []
    for status, label, number in parts:
        query = request.GET.copy()
        query.pop("page", None)
        query["status"] = status
        items.append({"label": label, "count": number, "url": f"?{query.urlencode()}", "current": status == chosen})
    return items


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_VIEW)
@recently_authenticated
def export(request: PersonRequest) -> HttpResponseBase:
    """The narrowed list as a file, after a factor was shown again and a purpose stated."""
    filters = RegisterFilterForm(request.POST if request.method == "POST" else request.GET)
    found = filters.apply(organisations_for(request.user))
    form = ExportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "filters": filters, "number": found.count()}
        return render(request, "partners/register/export.html", context, status=422 if form.is_bound else 200)
    wanted = form.cleaned_data
    columns = [one for one in columns_offered() if one.key in wanted["columns"]]
    columns += CONTACTS if wanted["contacts"] else ()
    register_export_record(
        actor=request.user,
        organisations=found,
        file_format=wanted["format"],
        columns=columns,
        purpose=wanted["purpose"],
        filters=filters.chosen,
    )
    lines = register_lines(found, columns, get_language() or "en")
    name = f"register-{timezone.localtime():%Y-%m-%d-%H%M}.{wanted['format']}"
    if wanted["format"] == "xlsx":
        return FileResponse(register_xlsx(lines), as_attachment=True, filename=name, content_type=XLSX)
    response = StreamingHttpResponse(register_csv(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
