"""The ledger: an organisation's own, and all of it for the secretariat."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.contributions.export import contributions_csv
from efc_portal.partners.contributions.forms import AllFilterForm, ContributionForm, OwnFilterForm, WithdrawForm
from efc_portal.partners.contributions.selectors import contributions_for, contributions_own, totals_of, years_of
from efc_portal.partners.contributions.services import contribution_record, contribution_withdraw
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of

PER_PAGE = 25
OWN_COLUMNS = [
    {"label": _("Kind")},
    {"label": _("Period")},
    {"label": _("Quantity"), "num": True},
    {"label": _("Valuation"), "num": True},
    {"label": _("Recorded")},
    {"label": _("What to do"), "hidden": True},
]
ALL_COLUMNS = [
    {"label": _("Organisation")},
    {"label": _("Kind")},
    {"label": _("Period")},
    {"label": _("Quantity"), "num": True},
    {"label": _("Valuation"), "num": True},
]
TOTAL_COLUMNS = [
    {"label": _("Kind")},
    {"label": _("Quantity"), "num": True},
    {"label": _("Valuations given"), "num": True},
    {"label": _("Organisations"), "num": True},
]


@require_GET
@require(Permission.CONTRIBUTION_RECORD)
def own(request: PersonRequest) -> HttpResponse:
    """What the own organisation recorded, withdrawn entries among it."""
    mine = contributions_own(request.user)
    filters = OwnFilterForm(request.GET, years=years_of(mine))
    narrowed = filters.apply(mine)
    context = {
        "filters": filters,
        "page": Paginator(narrowed, PER_PAGE).get_page(request.GET.get("page")),
        "columns": OWN_COLUMNS,
        "totals": totals_of(narrowed),
        "total_columns": TOTAL_COLUMNS[:3],
    }
    return render(request, "partners/contributions/own.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.CONTRIBUTION_RECORD)
def new(request: PersonRequest) -> HttpResponse:
    organisation = access_of(request.user).organisation
    assert organisation is not None  # behind `require`
    form = ContributionForm(request.POST) if request.method == "POST" else _blank(request)
    if form.is_bound and form.is_valid():
        written = form.cleaned_data
        try:
            contribution_record(
                actor=request.user,
                organisation=organisation,
                kind=written["kind"],
                period_from=written["period_from"],
                period_to=written["period_to"],
                quantity=written["quantity"],
                description=written["description"],
                amount=written["amount"],
                currency=written["currency"],
            )
        except ApplicationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("It is recorded. Thank you."))
            return redirect("contributions")
    return render(request, "partners/contributions/new.html", {"form": form}, status=422 if form.is_bound else 200)


def _blank(request: PersonRequest) -> ContributionForm:
    """An empty form, or one that says what a withdrawn entry of the organisation said."""
    try:
        like = contributions_own(request.user).filter(pk=UUID(request.GET.get("like", ""))).first()
    except ValueError:
        like = None
    return ContributionForm.like(like) if like else ContributionForm()


@require_http_methods(["GET", "POST"])
@require(*Permission)  # whose it is decides: to everybody else it is not there
def withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask for the reason, then withdraw; on wish, go on to record it anew."""
    mine = contributions_own(request.user).filter(withdrawn_at=None)
    contribution = get_object_or_404(mine, pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"contribution": contribution, "form": form}
        return render(request, "partners/contributions/withdraw.html", context, status=422 if form.is_bound else 200)
    contribution_withdraw(actor=request.user, contribution=contribution, reason=form.cleaned_data["reason"])
    messages.success(request, _("The entry is withdrawn."))
    if "anew" in request.POST:
        return redirect(f"{reverse('contribution_new')}?like={contribution.pk}")
    return redirect("contributions")


@require_POST
@require(Permission.CONTRIBUTION_RECORD)
@recently_authenticated
def export(request: PersonRequest) -> HttpResponse:
    """The own ledger as CSV, whole."""
    organisation = access_of(request.user).organisation
    with transaction.atomic():
        found = list(contributions_own(request.user))
        audit_record(
            action="contribution.export",
            category=Category.DISCLOSURE,
            actor=request.user,
            obj=organisation,
            count=len(found),
        )
    response = HttpResponse(contributions_csv(found), content_type="text/csv; charset=utf-8")
    name = f"contributions-{timezone.localdate():%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@require(Permission.MEMBERS_VIEW)
def everybody(request: PersonRequest) -> HttpResponse:
    """All entries that count, by the organisation's name, with the totals of what is shown."""
    counted = contributions_for(request.user).filter(withdrawn_at=None)
    filters = AllFilterForm(request.GET, years=years_of(counted))
    narrowed = filters.apply(counted)
    context = {
        "filters": filters,
        "page": Paginator(narrowed, PER_PAGE).get_page(request.GET.get("page")),
        "columns": ALL_COLUMNS,
        "totals": totals_of(narrowed),
        "total_columns": TOTAL_COLUMNS,
    }
    return render(request, "partners/contributions/all.html", context)
