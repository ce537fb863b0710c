"""What is due for the secretariat: all of it on one page, and one group whole."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.register.due import due_for, groups_for

PER_PAGE = 50


@require_GET
@require(Permission.MEMBERS_VIEW)
def due_list(request: PersonRequest) -> HttpResponse:
    groups = due_for(request.user)
    waiting = [one for one in groups if one.count]
    context = {"waiting": waiting, "clear": [one.group for one in groups if not one.count]}
    return render(request, "partners/register/due.html", context)


@require_GET
@require(Permission.MEMBERS_VIEW)
def due_group(request: PersonRequest, code: str) -> HttpResponse:
    """Everything of one group, the oldest first."""
    group = next((one for one in groups_for(request.user) if one.code == code), None)
    if group is None:
        raise Http404
    asked = group.ask()
    page = Paginator(asked.found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [asked.row(one) for one in page.object_list]
    return render(request, "partners/register/due_group.html", {"group": group, "page": page, "rows": rows})
