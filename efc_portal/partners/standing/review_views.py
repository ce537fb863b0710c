"""The yearly review: what is asked, contacts and domains, and the secretariat's list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.models import Contact, Organisation, Review
from efc_portal.partners.permissions import access_of
from efc_portal.partners.register.services import contact_add, contact_remove
from efc_portal.partners.standing.forms import ContactForm, ReviewFilterForm
from efc_portal.partners.standing.review_items import review_items
from efc_portal.partners.standing.reviews import contacts_confirm, contribution_none, domains_confirm, review_finish
from efc_portal.partners.standing.selectors import contacts_for, review_last_of, review_open_of, reviews_for

PER_PAGE = 25
CONTRIBUTION = "contribution"
COLUMNS = [
    {"label": gettext_lazy("State")},
    {"label": gettext_lazy("Organisation")},
    {"label": gettext_lazy("Standing")},
    {"label": gettext_lazy("Contacts")},
    {"label": gettext_lazy("Due"), "num": True},
    {"label": gettext_lazy("Finished"), "num": True},
]


def _organisation(request: PersonRequest) -> Organisation:
    organisation = access_of(request.user).organisation
    if organisation is None:
        raise Http404
    return organisation


@require_http_methods(["GET", "POST"])
@require(Permission.ORGANISATION_MANAGE)
def own(request: PersonRequest) -> HttpResponse:
    """What is asked, each with whether it is done; and, when all of it is, finishing."""
    organisation = _organisation(request)
    review = review_open_of(organisation)
    errors: list[dict[str, Any]] = []
    if request.method == "POST":
        if review is None:
            raise Http404
        try:
            return _answered(request, review)
        except ApplicationError as error:
            errors = [{"text": error.message}]
    tasks = _tasks(review) if review else []
    context = {
        "review": review,
        "last_review": review_last_of(organisation),
        "tasks": tasks,
        "ready": all(task["done"] for task in tasks),
        "asks_contribution": any(task["code"] == CONTRIBUTION and not task["done"] for task in tasks),
        "errors": errors,
    }
    return render(request, "partners/standing/review.html", context, status=422 if errors else 200)


def _answered(request: PersonRequest, review: Review) -> HttpResponse:
    if "none" in request.POST:
        contribution_none(actor=request.user, review=review)
        messages.success(request, _("Noted: nothing was contributed in kind in this period."))
        return redirect("review")
    review_finish(actor=request.user, review=review)
    messages.success(request, _("The yearly review is finished. Thank you."))
    return redirect("standing")


def _tasks(review: Review) -> list[dict[str, Any]]:
    found = []
    for item in review_items():
        done = item.is_done(review)
        status, kind = (pgettext("step", "Done"), "good") if done else (_("To do"), "wait")
        found.append(
            {
                "code": item.code,
                "label": item.label,
                "hint": item.hint,
                "url": item.url,
                "done": done,
                "status": status,
                "kind": kind,
            }
        )
    return found


@require_http_methods(["GET", "POST"])
@require(Permission.ORGANISATION_MANAGE)
def domains(request: PersonRequest) -> HttpResponse:
    """The own organisation's mail domains, and whether they are right."""
    organisation = _organisation(request)
    review = review_open_of(organisation)
    if request.method == "POST":
        if review is None:
            raise Http404
        domains_confirm(actor=request.user, review=review)
        messages.success(request, _("Your mail domains are confirmed."))
        return redirect("review")
    context = {"domains": organisation.domains.all(), "review": review}
    return render(request, "partners/standing/domains.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.ORGANISATION_MANAGE)
def contacts(request: PersonRequest) -> HttpResponse:
    """The own organisation's contacts, and whether they are right."""
    organisation = _organisation(request)
    errors = []
    if request.method == "POST":
        try:
            contacts_confirm(actor=request.user, organisation=organisation)
        except ApplicationError as error:
            errors = [{"text": error.message}]
        else:
            messages.success(request, _("Your contacts are confirmed."))
            return redirect("review" if review_open_of(organisation) else "contacts")
    context = {"contacts": contacts_for(request.user), "review": review_open_of(organisation), "errors": errors}
    return render(request, "partners/standing/contacts.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.ORGANISATION_MANAGE)
def contact_new(request: PersonRequest) -> HttpResponse:
    form = ContactForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            contact_add(actor=request.user, organisation=_organisation(request), **form.cleaned_data)
        except ApplicationError as error:
            form.add_error("email", error.message)
        else:
            messages.success(request, _("The contact is named."))
            return redirect("contacts")
    context = {"form": form, "heading": _("Name a contact")}
    return render(request, "partners/standing/contact.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.ORGANISATION_MANAGE)
def contact_change(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A contact that changes is taken away and named anew, together."""
    contact = get_object_or_404(contacts_for(request.user), pk=pk)
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm.of(contact)
    if form.is_bound and form.is_valid():
        try:
            _replaced(request, contact, form.cleaned_data)
        except ApplicationError as error:
            form.add_error("email", error.message)
        else:
            messages.success(request, _("The contact is changed."))
            return redirect("contacts")
    context = {"form": form, "heading": _("Change a contact")}
    return render(request, "partners/standing/contact.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _replaced(request: PersonRequest, contact: Contact, values: dict[str, Any]) -> None:
    organisation = contact.organisation
    contact_remove(actor=request.user, contact=contact)
    contact_add(actor=request.user, organisation=organisation, **values)


@require_http_methods(["GET", "POST"])
@require(Permission.ORGANISATION_MANAGE)
def contact_gone(request: PersonRequest, pk: UUID) -> HttpResponse:
    contact = get_object_or_404(contacts_for(request.user), pk=pk)
    if request.method == "GET":
        return render(request, "partners/standing/contact_remove.html", {"contact": contact})
    contact_remove(actor=request.user, contact=contact)
    messages.success(request, _("The contact is taken away."))
    return redirect("contacts")


@require_GET
@require(Permission.MEMBERS_VIEW)
def reviews(request: PersonRequest) -> HttpResponse:
    """Every organisation's reviews, what is due first."""
    filters = ReviewFilterForm(request.GET)
    page = Paginator(filters.apply(reviews_for(request.user)), PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "columns": COLUMNS}
    return render(request, "partners/standing/reviews.html", context)
