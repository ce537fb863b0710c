"""The record as auditors read it. Each look at it is recorded in it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditBlock, AuditEvent, AuditLeaf
from efc_portal.audit.selectors import Slice, readings_of, slice_of
from efc_portal.audit.services import audit_record
from efc_portal.audit.verification import record_state
from efc_portal.audit.verify import RecordBroken, block_verify
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of
from efc_portal.partners.record.export import record_csv
from efc_portal.partners.record.forms import ExportForm, ReadersForm, RecordFilterForm
from efc_portal.partners.record.presentation import payload_pairs, readers_of, rows_of

PER_PAGE = 50
COLUMNS = [
    {"label": _("Time")},
    {"label": _("Person")},
    {"label": _("What")},
    {"label": _("Object")},
    {"label": _("Why")},
]


@require_GET
@require(Permission.AUDIT_READ)
def record(request: PersonRequest) -> HttpResponse:
    """The whole record, newest first, narrowed down by whoever looks."""
    form = RecordFilterForm(request.GET)
    narrowed = form.narrow()
    page = slice_of(
        narrowed.events,
        older=request.GET.get("older", ""),
        newer=request.GET.get("newer", ""),
        size=PER_PAGE,
    )
    rows = rows_of(page.events)
    _look(request, "audit.list", filters=narrowed.filters)
    return render(
        request,
        "audit/list.html",
        {"form": form, "page": page, "rows": rows, "columns": COLUMNS, "state": record_state(), **_ways(request, page)},
    )


@require_GET
@require(Permission.AUDIT_READ)
def event(request: PersonRequest, pk: int) -> HttpResponse:
    """One entry, with its payload and its place in the sealed record."""
    shown = get_object_or_404(AuditEvent, pk=pk)
    leaf = AuditLeaf.objects.filter(event_id=shown.pk).first()
    block, finding = None, ""
    if leaf is not None:
        block = AuditBlock.objects.filter(number=leaf.block_number).first()
        try:
            block_verify(number=leaf.block_number)
        except RecordBroken as error:
            finding = error.message
    _look(request, "audit.view", obj=shown)
    context = {
        "row": rows_of([shown], stated=True)[0],
        "payload": payload_pairs(shown),
        "leaf": leaf,
        "sealed_in": block,
        "finding": finding,
    }
    return render(request, "audit/event.html", context)


@require_GET
@require(Permission.AUDIT_READ)
def readers(request: PersonRequest) -> HttpResponse:
    """Who read a submission, a case or a referral, and why: itself, in a list, or as part of what it is in."""
    form = ReadersForm(request.GET if "reference" in request.GET else None)
    context: dict[str, Any] = {"form": form, "columns": COLUMNS}
    if form.is_valid():
        reference = form.cleaned_data["reference"]
        readings = readings_of(reference)
        page = slice_of(readings, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""), size=PER_PAGE)
        context |= {
            "reference": reference,
            "readers": readers_of(readings),
            "page": page,
            "rows": rows_of(page.events, stated=True),
            **_ways(request, page),
        }
        _look(request, "audit.readers", reference=reference)
    return render(request, "audit/readers.html", context, status=422 if form.errors else 200)


@require_GET
@require(Permission.AUDIT_READ, Permission.MEMBERS_MANAGE)
def state(request: PersonRequest) -> HttpResponse:
    """Whether the record is whole. Managers read this, too: they are told when it is not."""
    may_read = access_of(request.user).may(Permission.AUDIT_READ)
    now = record_state()
    digest = bytes(now.block.digest).hex() if now.block else ""
    return render(request, "audit/state.html", {"state": now, "digest": digest, "may_read": may_read})


@require_http_methods(["GET", "POST"])
@require(Permission.AUDIT_READ)
@recently_authenticated
def export(request: PersonRequest) -> HttpResponseBase:
    """The narrowed list as CSV, after a factor was shown again and a reason stated."""
    filters = RecordFilterForm(request.POST if request.method == "POST" else request.GET)
    narrowed = filters.narrow()
    form = ExportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "filters": filters, "number": narrowed.events.count()}
        return render(request, "audit/export.html", context, status=422 if form.is_bound else 200)
    now = timezone.now()
    with transaction.atomic():
        events = narrowed.events.filter(at__lt=now)
        _look(
            request,
            "audit.export",
            category=Category.DISCLOSURE,
            justification=form.cleaned_data["justification"].strip(),
            filters=narrowed.filters,
            count=events.count(),
        )
    response = StreamingHttpResponse(
        record_csv(events, language=get_language() or "en"), content_type="text/csv; charset=utf-8"
    )
    name = f"record-{timezone.localtime(now):%Y-%m-%d-%H%M}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _look(request: PersonRequest, action: str, *, category: Category = Category.CONSULTATION, **event: Any) -> None:
    audit_record(action=action, category=category, actor=request.user, **event)


def _ways(request: PersonRequest, page: Slice) -> dict[str, str]:
    """The query strings of the neighbouring pages; empty where there is none."""
    ways = {}
    for name, cursor in (("newer", page.newer), ("older", page.older)):
        query = request.GET.copy()
        query.pop("newer", None)
        query.pop("older", None)
        if cursor:
            query[name] = cursor
        ways[f"{name}_query"] = query.urlencode() if cursor else ""
    return ways
