"""The look-up: asked by POST, answered with a page of its own that is read from the session."""

from __future__ import annotations

import time

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.cases.lookup.export import result_csv
from efc_portal.cases.lookup.forms import LookUpForm
from efc_portal.cases.lookup.kept import Result, result_forget, result_keep, result_kept, result_of
from efc_portal.cases.lookup.selectors import reports_of
from efc_portal.cases.lookup.services import TooMany, look_up_record
from efc_portal.cases.lookup.timing import wait_for_step
from efc_portal.core.permissions import Permission
from efc_portal.indicators.selectors import known_effects
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@require(Permission.INDICATOR_LOOK_UP)
def ask(request: PersonRequest) -> HttpResponse:
    """The form; a look-up that is taken leads to its result."""
    began = time.monotonic()
    access = access_of(request.user)
    form = LookUpForm(request.POST if request.method == "POST" else None, region=access.country)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                result_keep(request.session, _found(request, form))
                if not access.is_secretariat:
                    wait_for_step(began)
                return redirect("look_up:result")
            except TooMany as error:
                form.add_error(None, error.message)
                status = error.status
    context = {"form": form, "sees_all": access.is_secretariat, "kept": result_kept(request.session)}
    return render(request, "cases/look_up.html", context, status=status)


@transaction.atomic
def _found(request: PersonRequest, form: LookUpForm) -> Result:
    """Record the look-up, then do it: the same statements whatever the values are."""
    why = form.cleaned_data["why"]
    look_up_record(actor=request.user, count=len(form.read.values), justification=why)
    known = known_effects(form.read.values)
    return result_of(form.read, reports_of(request.user, form.read.values), known, why)


@require_GET
@require(Permission.INDICATOR_LOOK_UP)
def result(request: PersonRequest) -> HttpResponse:
    """What the session's last look-up found."""
    found = result_kept(request.session)
    if found is None:
        return _nothing(request)
    audit_record(
        action="indicator.result",
        category=Category.CONSULTATION,
        actor=request.user,
        justification=found.why,
        count=len(found.rows),
        references=found.references,
    )
    context = {"result": found, "sees_all": access_of(request.user).is_secretariat}
    return render(request, "cases/look_up_result.html", context)


@require_POST
@require(Permission.INDICATOR_LOOK_UP)
@recently_authenticated
def download(request: PersonRequest) -> HttpResponse:
    """The result as CSV, after a factor was shown again; the reason is that of the look-up."""
    found = result_kept(request.session)
    if found is None:
        return _nothing(request)
    audit_record(
        action="indicator.export",
        category=Category.DISCLOSURE,
        actor=request.user,
        justification=found.why,
        count=len(found.rows),
        references=found.references,
    )
    response = HttpResponse(result_csv(found), content_type="text/csv; charset=utf-8")
    name = f"look-up-{timezone.localtime(found.at):%Y-%m-%d-%H%M}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@require(Permission.INDICATOR_LOOK_UP)
def forget(request: PersonRequest) -> HttpResponse:
    """Take the result out of the session before that ends."""
    result_forget(request.session)
    messages.success(request, _("The result was removed."))
    return redirect("look_up:ask")


def _nothing(request: PersonRequest) -> HttpResponse:
    messages.info(request, _("There is no result any more. Look the values up again."))
    return redirect("look_up:ask")
