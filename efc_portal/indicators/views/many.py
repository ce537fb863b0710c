"""Many values at once: read, shown row by row, and put on a list when that is confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.forms.known import ManyForm
from efc_portal.indicators.many import rows_read
from efc_portal.indicators.services import known_values_add
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of

SHOWN = 200  # rows of each kind on the page of the check


@require_http_methods(["GET", "POST"])
@require(Permission.KNOWN_VALUES_EDIT)
def many(request: PersonRequest) -> HttpResponse:
    """What is sent without `confirm` is read and shown, and carried by the page; nothing of it is kept meanwhile."""
    form = ManyForm(request.POST, request.FILES) if request.method == "POST" else ManyForm()
    if not form.is_bound or not form.is_valid():
        return render(request, "indicators/many.html", {"form": form}, status=422 if form.is_bound else 200)
    written = form.cleaned_data
    rows = rows_read(form.rows, reason=written["reason"], region=access_of(request.user).country)
    good = [row.new for row in rows if row.new]
    if "confirm" in request.POST and good:
        try:
            added = known_values_add(
                actor=request.user, rows=good, effect=KnownEffect(written["effect"]), known_list=written["known_list"]
            )
        except ApplicationError as error:
            form.add_error(None, error.message)
            return render(request, "indicators/many.html", {"form": form}, status=422)
        told = ngettext("%(number)s value was put on the list.", "%(number)s values were put on the list.", len(added))
        messages.success(request, told % {"number": len(added)})
        return redirect("indicators:known")
    broken = [row for row in rows if row.error]
    context = {
        "form": form,
        "good": good,
        "shown": good[:SHOWN],
        "more": len(good) - SHOWN,
        "broken": broken,
        "shown_broken": broken[:SHOWN],
        "more_broken": len(broken) - SHOWN,
        "known_list": written["known_list"],
        "effect": KnownEffect(written["effect"]),
        "carried": form.carried(),
        "text": form.given,
    }
    return render(request, "indicators/many_check.html", context)
