"""Above how many submissions one value is common."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.permissions import Permission
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.forms.known import CapForm
from efc_portal.indicators.models import CAP_MAX, Identifier
from efc_portal.indicators.selectors import cap_of, known_effect, reports_of
from efc_portal.indicators.services import common_cap_set, identifier_open
from efc_portal.partners.decorators import require


@require_http_methods(["GET", "POST"])
@require(Permission.KNOWN_VALUES_EDIT)
def cap(request: PersonRequest, pk: int) -> HttpResponse:
    """The limit of one value that a finished submission reports; of others nobody may know that they are stored."""
    found = get_object_or_404(Identifier.objects.select_related("common_cap__set_by"), pk=pk)
    reports = reports_of(bytes(found.match_key))
    if not reports.number:
        raise Http404
    own = getattr(found, "common_cap", None)
    form = CapForm(request.POST or None, initial={"cap": own.cap if own else None})
    if form.is_bound and form.is_valid():
        common_cap_set(actor=request.user, identifier=found, **form.cleaned_data)
        messages.success(request, _("The limit holds from now on. Matches that were missing are made within moments."))
        return redirect("indicators:cap", pk=pk)
    audit_record(action="common_cap.view", category=Category.CONSULTATION, actor=request.user, obj=found)
    recognised = Recognised(found.type, identifier_open([found])[found.pk])
    context = {
        "recognised": recognised,
        "reports": reports,
        "many": reports.number > CAP_MAX,
        "own": own,
        "of_type": cap_of(found.type),
        "known": known_effect(recognised, full=True),
        "form": form,
    }
    return render(request, "indicators/cap.html", context, status=422 if form.is_bound else 200)
