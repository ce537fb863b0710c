"""The list of an organisation's people, one person, and what is done with their place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.accounts.models import User
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.enums import InvitationStatus, Role
from efc_portal.partners.models import FactorReset, Membership, Organisation
from efc_portal.partners.people.access import access_change
from efc_portal.partners.people.forms import EndForm, ReasonForm, RolesForm
from efc_portal.partners.people.handover import successors, work_open
from efc_portal.partners.people.memberships import (
    person_change_roles,
    person_end,
    person_lift,
    person_suspend,
    roles_after,
)
from efc_portal.partners.people.rules import is_for_members
from efc_portal.partners.people.selectors import (
    factors_of,
    history_of,
    invitations_for,
    memberships_for,
    organisations_for,
    people_outside_domains,
    resets_for,
)
from efc_portal.partners.permissions import access_of
from efc_portal.partners.selectors import abilities_of, people_of

PER_PAGE = 50
COLUMNS = [
    {"label": gettext_lazy("Name")},
    {"label": gettext_lazy("Roles")},
    {"label": gettext_lazy("Second factors")},
    {"label": gettext_lazy("Last sign-in"), "num": True},
    {"label": gettext_lazy("State")},
]


@require_GET
@require(Permission.PEOPLE_MANAGE)
def people(request: PersonRequest) -> HttpResponse:
    """The own organisation's people."""
    return _listed(request, _own(request))


@require_GET
@require(Permission.MEMBERS_MANAGE)
def people_of_one(request: PersonRequest, organisation: UUID) -> HttpResponse:
    """Any organisation's people, for managers."""
    return _listed(request, get_object_or_404(organisations_for(request.user), pk=organisation))


def _own(request: PersonRequest) -> Organisation:
    organisation = access_of(request.user).organisation
    assert organisation is not None
    return organisation


def _listed(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    page = Paginator(people_of(organisation), PER_PAGE).get_page(request.GET.get("page"))
    factors = factors_of(one.user_id for one in page.object_list)
    rows = [
        {"one": one, "roles": role_labels(one), "factors": factors.get(one.user_id, [])} for one in page.object_list
    ]
    context = {
        "of": organisation,
        "is_own": organisation.pk == access_of(request.user).organisation_id,
        "page": page,
        "rows": rows,
        "columns": COLUMNS,
        "invitations": invitations_for(request.user).filter(organisation=organisation, status=InvitationStatus.OPEN),
        "resets": resets_for(request.user).filter(organisation=organisation, status__in=FactorReset.OPEN),
        "outside": people_outside_domains(organisation).count(),
        "domains": list(organisation.domains.all()),
    }
    return render(request, "partners/people/list.html", context)


@require_GET
@require(Permission.PEOPLE_MANAGE)
def person(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One person: what they may do, how they sign in, and what was done about them."""
    one = get_object_or_404(memberships_for(request.user), pk=pk)
    is_here = one.ended_at is None and one.suspended_at is None
    context = {
        "one": one,
        "roles": role_labels(one),
        "abilities": abilities_of(access_of(one.user)) if is_here else [],
        "factors": factors_of([one.user_id]).get(one.user_id, []),
        "history": history_of(one, reader=request.user),
        "resets": resets_for(request.user).filter(user=one.user, status__in=FactorReset.OPEN),
        "is_oneself": one.user_id == request.user.pk,
        "is_own": one.organisation_id == access_of(request.user).organisation_id,
    }
    return render(request, "partners/people/person.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.PEOPLE_MANAGE)
@recently_authenticated
def roles(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Choose roles, see what that gives and takes, confirm. The page carries the roles as they stood."""
    one = _present(request, pk)
    form = RolesForm(
        request.POST or None,
        initial={"roles": one.roles},
        kind=one.organisation.kind,
        all_of_them=is_for_members(request.user),
    )
    context: dict[str, Any] = {"one": one, "form": form, "kept": _not_offered(form, one)}
    if request.method == "GET" or not form.is_valid():
        return render(request, "partners/people/roles.html", context, status=422 if form.is_bound else 200)
    chosen = form.cleaned_data["roles"]
    if "confirm" in request.POST:
        before = request.POST.getlist("before")
        person_change_roles(actor=request.user, membership=one, roles=chosen, before=before)
        messages.success(request, _("The roles of %(name)s are changed.") % {"name": one.user})
        return redirect("person", pk=one.pk)
    after = roles_after(actor=request.user, membership=one, roles=chosen)
    context |= {
        "chosen": chosen,
        "before": role_labels(one),
        "after": [str(Role(role).label) for role in after],
        "change": access_change(one.organisation, before=one.roles, after=after),
        "is_same": set(after) == set(one.roles),
    }
    return render(request, "partners/people/roles_confirm.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.PEOPLE_MANAGE)
@recently_authenticated
def suspend(request: PersonRequest, pk: UUID) -> HttpResponse:
    one = _present(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person_suspend(actor=request.user, membership=one, reason=form.cleaned_data["reason"])
        except ApplicationError as error:
            if error.status != 400:
                raise
            form.add_error(None, error.message)
        else:
            messages.success(request, _("%(name)s is suspended, and signed out everywhere.") % {"name": one.user})
            return redirect("person", pk=one.pk)
    context = {
        "one": one,
        "form": form,
        "title": _("Suspend %(name)s?") % {"name": one.user},
        "lead": _(
            "They are signed out everywhere at once and cannot sign in until somebody lifts it. Their roles and their "
            "work stay as they are."
        ),
        "submit": _("Suspend at once"),
        "kind": "danger",
    }
    return render(request, "partners/people/step.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.PEOPLE_MANAGE)
@recently_authenticated
def lift(request: PersonRequest, pk: UUID) -> HttpResponse:
    one = _present(request, pk)
    if request.method == "POST":
        person_lift(actor=request.user, membership=one)
        messages.success(request, _("%(name)s can sign in again.") % {"name": one.user})
        return redirect("person", pk=one.pk)
    context = {
        "one": one,
        "title": _("Let %(name)s sign in again?") % {"name": one.user},
        "lead": _("They have the same roles and the same second factors as before."),
        "submit": _("Lift the suspension"),
    }
    return render(request, "partners/people/step.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.PEOPLE_MANAGE)
@recently_authenticated
def end(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask why and who takes over; say what cannot be undone."""
    one = _present(request, pk)
    work = work_open(one.user, one.organisation)
    able: list[User] = successors(one.user, one.organisation)
    form = EndForm(request.POST or None, successors=[(str(user.pk), f"{user} ({user.email})") for user in able])
    if request.method == "POST" and form.is_valid():
        chosen = next((user for user in able if str(user.pk) == form.cleaned_data.get("successor")), None)
        try:
            person_end(actor=request.user, membership=one, reason=form.cleaned_data["reason"], successor=chosen)
        except ApplicationError as error:
            if error.status != 400:
                raise
            form.add_error(None, error.message)
        else:
            if one.user_id == request.user.pk:
                return redirect("account_login")
            messages.success(request, _("The membership of %(name)s has ended.") % {"name": one.user})
            return redirect("person", pk=one.pk)
    context = {
        "one": one,
        "form": form,
        "work": [{"label": kind.label, "count": count} for kind, count in work],
        "has_successors": bool(able),
    }
    return render(request, "partners/people/end.html", context, status=422 if form.is_bound else 200)


def role_labels(membership: Membership) -> list[str]:
    return [str(Role(role).label) for role in membership.roles]


def _present(request: PersonRequest, pk: UUID) -> Membership:
    return get_object_or_404(memberships_for(request.user).filter(ended_at=None), pk=pk)


def _not_offered(form: RolesForm, membership: Membership) -> list[str]:
    """The roles a person holds that this form cannot give, and that therefore stay."""
    offered = {value for value, _label in form.fields["roles"].choices}  # type: ignore[attr-defined]
    return [str(Role(role).label) for role in membership.roles if role not in offered]
