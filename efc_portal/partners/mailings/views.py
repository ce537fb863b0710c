"""Writing a letter: the list, the draft, its preview, and the queue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import Conflict
from efc_portal.core.forms import whole_number
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.mailings.enums import LANGUAGE, MailingStatus
from efc_portal.partners.mailings.forms import MailingForm
from efc_portal.partners.mailings.letters import letter_text
from efc_portal.partners.mailings.presentation import segment_pairs
from efc_portal.partners.mailings.segments import Segment, fingerprint
from efc_portal.partners.mailings.selectors import languages_meant, mailings_for, people_meant, with_counts
from efc_portal.partners.mailings.services import mailing_change, mailing_create, mailing_queue
from efc_portal.partners.models import Mailing

PER_PAGE = 25
PEOPLE_PER_PAGE = 100
COLUMNS = [
    {"label": gettext_lazy("State")},
    {"label": gettext_lazy("Subject")},
    {"label": gettext_lazy("Written by")},
    {"label": gettext_lazy("Recipients"), "num": True},
    {"label": pgettext_lazy("number of letters", "Sent"), "num": True},
    {"label": gettext_lazy("Failed"), "num": True},
    {"label": gettext_lazy("Unclear"), "num": True},
    {"label": gettext_lazy("Begun"), "num": True},
]
PEOPLE_COLUMNS = [
    {"label": gettext_lazy("Organisation")},
    {"label": gettext_lazy("Name")},
    {"label": gettext_lazy("E-mail address")},
    {"label": gettext_lazy("Language")},
]


def draft_for(request: PersonRequest, pk: UUID) -> Mailing:
    """A draft. Raises `Conflict` for a letter that was queued meanwhile."""
    mailing = get_object_or_404(mailings_for(request.user), pk=pk)
    if mailing.status != MailingStatus.DRAFT:
        raise Conflict(gettext_lazy("This letter is no draft any more: it was queued or cancelled."))
    return mailing


@require_GET
@require(Permission.MEMBERS_MANAGE)
def mailing_list(request: PersonRequest) -> HttpResponse:
    page = Paginator(with_counts(mailings_for(request.user)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/mailings/list.html", {"page": page, "columns": COLUMNS})


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def new(request: PersonRequest) -> HttpResponse:
    form = MailingForm(request.POST or None, initial=MailingForm.initial_of(None))
    if request.method == "POST" and form.is_valid():
        mailing = mailing_create(actor=request.user, texts=form.texts(), segment=form.segment())
        messages.success(request, _("The draft is saved."))
        return redirect("mailing_preview", pk=mailing.pk)
    return render(request, "partners/mailings/compose.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    mailing = draft_for(request, pk)
    form = MailingForm(request.POST or None, initial=MailingForm.initial_of(mailing))
    if request.method == "POST" and form.is_valid():
        try:
            mailing_change(
                mailing=mailing,
                version=form.cleaned_data["version"] or 0,
                actor=request.user,
                texts=form.texts(),
                segment=form.segment(),
            )
        except Conflict as error:
            form.add_error(None, error.message)
            return _compose(request, mailing, form, status=409)
        messages.success(request, _("The draft is saved."))
        return redirect("mailing_preview", pk=pk)
    return _compose(request, mailing, form, status=422 if form.is_bound else 200)


def _compose(request: PersonRequest, mailing: Mailing, form: MailingForm, *, status: int) -> HttpResponse:
    return render(request, "partners/mailings/compose.html", {"form": form, "mailing": mailing}, status=status)


@require_GET
@require(Permission.MEMBERS_MANAGE)
def preview(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The letter in each of its languages as it will be read, and everybody it goes to."""
    mailing = draft_for(request, pk)
    segment = Segment.of(mailing.segment)
    page = Paginator(segment.memberships(), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    example = page.object_list[0].organisation.name if page.object_list else _("your organisation")
    context = {
        "mailing": mailing,
        "letters": list(_letters(mailing, languages_meant(segment), example)),
        "segment": segment_pairs(segment),
        "page": page,
        "columns": PEOPLE_COLUMNS,
    }
    return render(request, "partners/mailings/preview.html", context)


def _letters(mailing: Mailing, readers: dict[str, int], organisation: str) -> Any:
    """Each language that the letter has, with how many will read it in that one."""
    for language, name in settings.INTERFACE_LANGUAGES:
        if language not in mailing.texts:
            continue
        subject, body = letter_text(mailing, language=language, organisation=organisation)
        number = readers.get(language, 0)
        if language == LANGUAGE:
            number += sum(count for other, count in readers.items() if other not in mailing.texts)
        yield {"language": language, "name": name, "subject": subject, "body": body, "readers": number}


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
@recently_authenticated
def queue(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask once more, with the number; then queue it for exactly the people whom the page counted."""
    mailing = draft_for(request, pk)
    if request.method == "POST":
        count = mailing_queue(
            mailing=mailing,
            version=whole_number(request.POST.get("version", "")) or 0,
            people=request.POST.get("people", ""),
            actor=request.user,
        )
        messages.success(
            request, ngettext("%(count)d letter is queued.", "%(count)d letters are queued.", count) % {"count": count}
        )
        return redirect("mailing", pk=pk)
    people = people_meant(Segment.of(mailing.segment))
    context = {"mailing": mailing, "count": len(people), "people": fingerprint(people)}
    return render(request, "partners/mailings/queue.html", context)
