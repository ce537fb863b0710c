"""People whose address is at no domain of their organisation, most often after a domain was taken away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.models import Organisation
from efc_portal.partners.people.memberships import person_suspend
from efc_portal.partners.people.selectors import organisations_for, people_outside_domains
from efc_portal.partners.permissions import access_of


@require_http_methods(["GET", "POST"])
@require(Permission.PEOPLE_MANAGE)
@recently_authenticated
def outside(request: PersonRequest) -> HttpResponse:
    own = access_of(request.user).organisation_id
    return _outside(request, get_object_or_404(organisations_for(request.user), pk=own))


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def outside_of(request: PersonRequest, organisation: UUID) -> HttpResponse:
    return _outside(request, get_object_or_404(organisations_for(request.user), pk=organisation))


def _outside(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    """Those chosen are suspended, each for itself: one who cannot be keeps nobody else from it."""
    found = list(people_outside_domains(organisation))
    chosen = [one for one in found if str(one.pk) in request.POST.getlist("person")]
    problems = []
    if request.method == "POST":
        done = 0
        for one in chosen:
            try:
                reason = _("Address at no domain of the organisation")
                person_suspend(actor=request.user, membership=one, reason=reason)
            except ApplicationError as error:
                problems.append({"text": f"{one.user}: {error.message}"})
            else:
                done += 1
        if not chosen:
            problems.append({"text": _("Choose at least one person.")})
        if done:
            text = ngettext("%(count)s person is suspended.", "%(count)s people are suspended.", done)
            messages.success(request, text % {"count": done})
        if not problems:
            is_own = organisation.pk == access_of(request.user).organisation_id
            return redirect("people") if is_own else redirect("people_of", organisation.pk)
        found = list(people_outside_domains(organisation))
    context = {
        "of": organisation,
        "is_own": organisation.pk == access_of(request.user).organisation_id,
        "people": found,
        "chosen": [one.pk for one in chosen],
        "errors": problems,
        "domains": [domain.name for domain in organisation.domains.all()],
    }
    return render(request, "partners/people/outside.html", context, status=422 if problems else 200)
