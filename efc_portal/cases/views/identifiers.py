"""One identifier before an officer: where it was reported, once it was said why."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.cases.identifiers import LISTED_MAX, related_values, sighted_in, submissions_with
from efc_portal.cases.lookup.forms import WhyForm
from efc_portal.cases.lookup.kept import result_kept
from efc_portal.cases.models import Case
from efc_portal.core.permissions import Permission
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised
from efc_portal.partners.decorators import require
from efc_portal.submissions.selectors import lifetimes_for
from efc_portal.submissions.standing import remarks_on

PER_PAGE = 25
_REASONS = "identifier_reasons"  # in the session: why the person looks at which identifier
_REASONS_MAX = 50


@require_http_methods(["GET", "POST"])
@require(Permission.CASE_WORK)
@transaction.atomic
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Every submission that reports an identifier. Whoever has not said why, by a look-up or here, is asked first."""
    identifier = get_object_or_404(Identifier.objects.select_related("data_key"), pk=pk)
    submissions = submissions_with(request.user, identifier)
    if not submissions:
        raise Http404
    kept = result_kept(request.session)
    from_look_up = kept is not None and any(row.identifier_id == pk for row in kept.rows)
    why = kept.why if kept and from_look_up else str(request.session.get(_REASONS, {}).get(str(pk), ""))
    back = _back(request, from_look_up=from_look_up)
    if request.method == "POST" or not why:
        form = WhyForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            context = {"form": form, "back": back}
            return render(request, "cases/identifier_why.html", context, status=422 if form.is_bound else 200)
        _reason_keep(request, pk, form.cleaned_data["why"])
        return redirect(request.get_full_path())
    page = Paginator(submissions, PER_PAGE).get_page(request.GET.get("page"))
    rows = sighted_in(request.user, identifier, list(page.object_list))
    value = Recognised(identifier.type, identifier_open([identifier])[identifier.pk])
    lifetime = lifetimes_for(request.user, [identifier]).get(pk)
    audit_record(
        action="identifier.view",
        category=Category.CONSULTATION,
        actor=request.user,
        obj=identifier,
        justification=why,
        references=[str(row.submission) for row in rows],
    )
    context = {
        "value": value,
        "back": back,
        "remark": remarks_on({pk: value}, for_officer=True)[pk],
        "lifetime": lifetime,
        "freshness": lifetime.freshness(timezone.localdate()) if lifetime else None,
        "related": related_values(request.user, identifier),
        "rows": rows,
        "page": page,
        "is_cut": len(submissions) >= LISTED_MAX,
    }
    return render(request, "cases/identifier.html", context)


class Back(NamedTuple):
    """Where the link above a page leads."""

    url: str
    text: str


def _back(request: PersonRequest, *, from_look_up: bool) -> Back:
    """To the case whose page led here (`?case=`, one that the person sees), else to the look-up that found it."""
    case = _case_of(request)
    if case is not None:
        return Back(reverse("cases:detail", args=[case.pk]), case.reference)
    if from_look_up:
        return Back(reverse("look_up:result"), gettext("Result of the look-up"))
    return Back(reverse("cases:list"), gettext("Cases"))


def _case_of(request: PersonRequest) -> Case | None:
    try:
        wanted = UUID(request.GET.get("case", ""))
    except ValueError:
        return None
    return Case.objects.visible_to(request.user).filter(pk=wanted).first()


def _reason_keep(request: PersonRequest, pk: int, why: str) -> None:
    reasons = {**request.session.get(_REASONS, {}), str(pk): why}
    request.session[_REASONS] = dict(list(reasons.items())[-_REASONS_MAX:])
