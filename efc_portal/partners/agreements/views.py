"""A member's pages: read the memorandum, accept it, fetch the receipts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.permissions import Permission
from efc_portal.partners.agreements.files import pdf_answer
from efc_portal.partners.agreements.forms import SignatoryForm
from efc_portal.partners.agreements.receipt import receipt_name, receipt_pdf
from efc_portal.partners.agreements.selectors import (
    acceptance_of,
    acceptances_for,
    agreement_current,
    signers_of,
    versions_for,
)
from efc_portal.partners.agreements.services import acceptance_accept, agreement_pdf
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of

READERS = (Permission.AGREEMENT_SIGN, Permission.ORGANISATION_MANAGE)
COLUMNS = [
    {"label": _("Version"), "num": True},
    {"label": _("State")},
    {"label": _("Signatory")},
    {"label": _("Accepted"), "num": True},
    {"label": _("Receipt")},
]


@require_GET
@require(*READERS)
def memorandum(request: PersonRequest) -> HttpResponse:
    """The version in force, and what the organisation accepted so far."""
    access = access_of(request.user)
    assert access.organisation is not None  # behind `require`
    version = agreement_current()
    present = acceptance_of(access.organisation, version) if version else None
    context = {
        "version": version,
        "present": present,
        "waits": version is not None and (present is None or present.accepted_at is None),
        "may_sign": access.may(Permission.AGREEMENT_SIGN),
        "signatories": signers_of(access.organisation),
        "acceptances": acceptances_for(request.user).order_by("-version__number", "-asked_at"),
        "columns": COLUMNS,
    }
    return render(request, "partners/agreements/memorandum.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.AGREEMENT_SIGN)
@recently_authenticated
def accept(request: PersonRequest) -> HttpResponse:
    """What accepting means, then accept."""
    access = access_of(request.user)
    version = agreement_current()
    assert access.organisation is not None  # behind `require`
    if version is None:
        return redirect("memorandum")
    form = SignatoryForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"version": version, "form": form, "party": access.organisation}
        return render(request, "partners/agreements/accept.html", context, status=422 if form.is_bound else 200)
    acceptance = acceptance_accept(
        organisation=access.organisation, actor=request.user, title=form.cleaned_data["title"]
    )
    messages.success(
        request, _("You have accepted the memorandum: %(reference)s.") % {"reference": acceptance.reference}
    )
    return redirect("memorandum")


@require_GET
@require(*Permission)  # as for receipts
def version_pdf(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    version = get_object_or_404(versions_for(request.user), pk=pk)
    return pdf_answer(StreamingHttpResponse(agreement_pdf(version)), name=f"memorandum-{version.number}.pdf")


@require_GET
@require(*Permission)  # whose it is decides: to everybody else it is not there
def receipt(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    acceptance = get_object_or_404(acceptances_for(request.user), pk=pk)
    made = receipt_pdf(acceptance)
    audit_record(action="acceptance.receipt", category=Category.CONSULTATION, actor=request.user, obj=acceptance)
    return pdf_answer(HttpResponse(made), name=receipt_name(acceptance))
