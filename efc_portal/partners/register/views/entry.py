"""Changing an entry, its domains and its contacts, and a new organisation by hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.enums import OrganisationKind
from efc_portal.partners.models import Contact, Domain, Organisation
from efc_portal.partners.people.domains import domain_remove
from efc_portal.partners.people.selectors import people_at
from efc_portal.partners.register.forms.entry import (
    ContactForm,
    DomainForm,
    DomainRemovalForm,
    NewOrganisationForm,
    OrganisationForm,
)
from efc_portal.partners.register.selectors import field_labels, field_words, organisations_for
from efc_portal.partners.register.services import (
    FIELDS,
    contact_add,
    contact_remove,
    domain_add,
    field_text,
    organisation_change,
    organisation_version,
)
from efc_portal.partners.services import organisation_create


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Form, then what stands there before and after with a question, then the change."""
    organisation = get_object_or_404(organisations_for(request.user), pk=pk)
    if request.method == "GET":
        form = OrganisationForm.of(organisation)
        return render(request, "partners/register/edit.html", {"member": organisation, "form": form})
    form = OrganisationForm(request.POST, organisation=organisation)
    context: dict[str, Any] = {"member": organisation, "form": form}
    valid = form.is_valid()
    if form["version"].value() != organisation_version(organisation):
        return _outrun(request, organisation, form)
    if not valid:
        return render(request, "partners/register/edit.html", context, status=422)
    changed = _changed(organisation, form.values)
    if not changed:
        form.add_error(None, _("Nothing is different from what stands there. Change something first."))
        return render(request, "partners/register/edit.html", context, status=422)
    if "confirm" not in request.POST:
        template = "edit" if "change" in request.POST else "edit_confirm"
        return render(request, f"partners/register/{template}.html", {**context, "changed": changed})
    try:
        organisation_change(
            actor=request.user,
            organisation=organisation,
            changes=form.values,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        )
    except Conflict:
        organisation.refresh_from_db()
        return _outrun(request, organisation, form)
    messages.success(request, _("The entry is changed. What stood there before stays in its history."))
    return redirect("organisation", pk=pk)


def _outrun(request: PersonRequest, organisation: Organisation, form: OrganisationForm) -> HttpResponse:
    """Somebody else was faster: the form again, with what was typed, beside what stands there now."""
    form.add_error(None, _("Somebody else changed this entry meanwhile. Compare with what it says now, then go on."))
    form.renewed(organisation)
    context = {"member": organisation, "form": form, "now": _pairs(organisation)}
    return render(request, "partners/register/edit.html", context, status=409)


def _pairs(organisation: Organisation) -> list[dict[str, str]]:
    labels = field_labels()
    return [
        {"label": labels[name], "value": field_words(name, field_text(getattr(organisation, name)))} for name in FIELDS
    ]


def _changed(organisation: Organisation, values: dict[str, Any]) -> list[dict[str, str]]:
    labels = field_labels()
    return [
        {
            "field": labels[name],
            "before": field_words(name, field_text(getattr(organisation, name))),
            "after": field_words(name, field_text(value)),
        }
        for name, value in values.items()
        if getattr(organisation, name) != value
    ]


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def new(request: PersonRequest) -> HttpResponse:
    """A partner that is admitted without an application of its own."""
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = organisation_create(
                actor=request.user,
                kind=OrganisationKind.PARTNER,
                domains=form.domain_names,
                reason=form.cleaned_data["reason"],
                **form.values,
            )
        except ApplicationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("%(name)s is in the register.") % {"name": organisation.name})
            return redirect("organisation", pk=organisation.pk)
    return render(request, "partners/register/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def domains(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The domains of an organisation: a further one, or one less after a question."""
    organisation = get_object_or_404(organisations_for(request.user), pk=pk)
    if "remove" in request.POST:
        return _domain_removed(request, _named(organisation.domains.all(), request.POST["remove"]))
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = domain_add(actor=request.user, organisation=organisation, **form.cleaned_data)
        except ApplicationError as error:
            form.add_error("name", error.message)
        else:
            messages.success(request, _("The domain %(domain)s is added.") % {"domain": added.name})
            return redirect("organisation_domains", pk=pk)
    context = {"member": organisation, "form": form, "domains": organisation.domains.all()}
    return render(request, "partners/register/domains.html", context, status=422 if form.is_bound else 200)


def _domain_removed(request: PersonRequest, domain: Domain) -> HttpResponse:
    """Whoever has an address of it is named first, and loses access with it unless that is taken out."""
    people = people_at(domain.organisation, domain.name).filter(suspended_at=None).exclude(user=request.user)
    is_answer = "confirm" in request.POST
    form = DomainRemovalForm(request.POST if is_answer else None)
    chosen = request.POST.getlist("person")
    if not form.is_valid():
        context = {
            "member": domain.organisation,
            "domain": domain,
            "form": form,
            "people": people,
            "chosen": [one.pk for one in people if not is_answer or str(one.pk) in chosen],
        }
        status = 422 if form.is_bound else 200
        return render(request, "partners/register/domain_remove.html", context, status=status)
    keep = {one.pk for one in people if str(one.pk) not in chosen}
    suspended = domain_remove(actor=request.user, domain=domain, reason=form.cleaned_data["reason"], keep=keep)
    text = ngettext(
        "The domain %(domain)s is taken away, and %(count)s person suspended.",
        "The domain %(domain)s is taken away, and %(count)s people suspended.",
        suspended,
    )
    messages.success(request, text % {"domain": domain.name, "count": suspended})
    return redirect("organisation_domains", pk=domain.organisation_id)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def contacts(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The contacts of any organisation: a further one, or one less after a question."""
    organisation = get_object_or_404(organisations_for(request.user), pk=pk)
    context: dict[str, Any] = {"member": organisation}
    if "remove" in request.POST:
        contact = _named(organisation.contacts.all(), request.POST["remove"])
        if "confirm" not in request.POST:
            return render(request, "partners/register/contact_remove.html", {**context, "contact": contact})
        contact_remove(actor=request.user, contact=contact)
        messages.success(request, _("%(name)s is no contact any more.") % {"name": contact.name})
        return redirect("organisation_contacts", pk=pk)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contact = contact_add(actor=request.user, organisation=organisation, **form.cleaned_data)
        except ApplicationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("%(name)s is a contact now.") % {"name": contact.name})
            return redirect("organisation_contacts", pk=pk)
    context |= {"form": form, "contacts": organisation.contacts.all()}
    return render(request, "partners/register/contacts.html", context, status=422 if form.is_bound else 200)


def _named(found: Any, pk: str) -> Any:
    """The object of an organisation that a button names; 404 for what is none of its."""
    try:
        return found.select_related("organisation").get(pk=pk)
    except (ValidationError, ValueError, Domain.DoesNotExist, Contact.DoesNotExist) as error:
        raise Http404 from error
