"""One organisation: to the secretariat, and to who looks after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.enums import OrganisationKind
from efc_portal.partners.models import Organisation
from efc_portal.partners.permissions import Access, access_of
from efc_portal.partners.register.sections import sections_of
from efc_portal.partners.register.selectors import (
    changes_of,
    field_labels,
    history_rows,
    names_for,
    organisations_for,
    people_summary,
)

CHANGES_PER_PAGE = 15


@require_GET
@require(Permission.MEMBERS_VIEW)
def organisation(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Whatever the register holds of one organisation."""
    return _page(request, get_object_or_404(organisations_for(request.user), pk=pk), own=False)


@require_GET
@require(Permission.ORGANISATION_MANAGE)
def own(request: PersonRequest) -> HttpResponse:
    """The same of one's own: to read, and with the contacts to keep up to date."""
    return _page(
        request,
        get_object_or_404(organisations_for(request.user), pk=access_of(request.user).organisation_id),
        own=True,
    )


def _page(request: PersonRequest, shown: Organisation, *, own: bool) -> HttpResponse:
    labels = field_labels()
    field = request.GET.get("field", "")
    changes = changes_of(shown, field=field if field in labels else "")
    page = Paginator(changes, CHANGES_PER_PAGE).get_page(request.GET.get("page"))
    domains = list(shown.domains.all())
    names = names_for({one.added_by_id for one in domains if one.added_by_id}, reader=request.user)
    access = access_of(request.user)
    context: dict[str, Any] = {
        "member": shown,  # `organisation` is that of whoever reads
        "own": own,
        "may_manage": access.may(Permission.MEMBERS_MANAGE),
        "may_see_people": access.may(Permission.PEOPLE_MANAGE),
        "domains": [
            {"domain": one, "by": names.get(one.added_by_id, "") if one.added_by_id else ""} for one in domains
        ],
        "contacts": list(shown.contacts.all()),
        "summary": people_summary(shown),
        "sections": sections_of(request.user, shown),
        "elsewhere": _elsewhere(shown, access, own=own),
        "page": page,
        "history": history_rows(list(page.object_list), reader=request.user),
        "fields": [{"key": key, "label": label, "current": key == field} for key, label in labels.items()],
        "field": labels.get(field, ""),
    }
    audit_record(action="organisation.view", category=Category.CONSULTATION, actor=request.user, obj=shown)
    return render(request, "partners/register/organisation.html", context)


def _elsewhere(shown: Organisation, access: Access, *, own: bool) -> list[dict[str, Any]]:
    """Pages about it that have no section here."""
    links = []
    if not own and shown.kind == OrganisationKind.LAW_ENFORCEMENT:
        links.append((_("Competence, telephone and key"), reverse("agency_detail", args=[shown.pk])))
    if own and access.may(Permission.PEOPLE_MANAGE):
        links.append((_("Public listing"), reverse("listing")))
    elif not own and access.may(Permission.MEMBERS_MANAGE) and shown.kind != OrganisationKind.SECRETARIAT:
        links.append((_("Public listing"), reverse("listing_of", args=[shown.pk])))
    if own:
        links.append((_("Single sign-on"), reverse("sign_on")))
    return [{"label": label, "url": url} for label, url in links]
