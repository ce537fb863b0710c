"""The pages of applicants. They have no account: a link that was mailed opens one application for one browser.

The first page and the asking for a link set no cookie and look at none, as the contact form does. The pages behind
the link speak the language of the application and are for this one browser.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from efc_portal.core.addresses import address_skeleton
from efc_portal.core.errors import ApplicationError
from efc_portal.core.languages import speak
from efc_portal.core.tokens import TokenRefused, token_read
from efc_portal.partners.applications import browser
from efc_portal.partners.applications.enums import OPEN, ApplicationStatus, DeclineReason
from efc_portal.partners.applications.forms.public import AnswerForm, AnswersForm, LinkForm, SendForm, StartForm
from efc_portal.partners.applications.guard import GUARD, MAILBOX
from efc_portal.partners.applications.presentation import SECTIONS, answer_rows, public_timeline, thread_of
from efc_portal.partners.applications.services.drafts import (
    LINK,
    application_discard,
    application_links_send,
    application_open,
    application_save,
    application_start,
    application_submit,
    application_withdraw,
    question_answer,
)
from efc_portal.partners.models import Application

FOLDER = "partners/applications/public"
View = Callable[..., HttpResponse]


@csrf_exempt  # whoever asks acts for nobody: docs/decisions/0019-contact-without-cookies.md
@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Who applies, and with which address. The answer is the same whatever is known about them."""
    language = get_language() or ""
    if request.method == "POST":
        form = StartForm(request.POST, address=get_adapter(request).get_client_ip(request))
        if not form.is_valid():
            return render(request, f"{FOLDER}/start.html", {"form": form.renewed(language)}, status=422)
        given = form.cleaned_data
        if MAILBOX.may(address_skeleton(given["email"])):
            application_start(
                email=given["email"],
                name=given["name"],
                sector=given["sector"],
                country=given["country"],
                language=language,
            )
        return redirect("application_sent")
    form = StartForm(initial={"token": GUARD.token_make(language)})
    return render(request, f"{FOLDER}/start.html", {"form": form})


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, f"{FOLDER}/sent.html")


@csrf_exempt  # as `start`
@never_cache
@require_http_methods(["GET", "POST"])
def link_new(request: HttpRequest) -> HttpResponse:
    """A new link for whoever has an application; the same answer for everybody."""
    language = get_language() or ""
    if request.method == "POST":
        form = LinkForm(request.POST, address=get_adapter(request).get_client_ip(request))
        if not form.is_valid():
            return render(request, f"{FOLDER}/link_new.html", {"form": form.renewed(language)}, status=422)
        if MAILBOX.may(address_skeleton(form.cleaned_data["email"].strip().lower())):
            application_links_send(email=form.cleaned_data["email"])
        return redirect("application_sent")
    form = LinkForm(initial={"token": GUARD.token_make(language)})
    over = "over" in request.GET
    return render(request, f"{FOLDER}/link_new.html", {"form": form, "over": over})


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at a link uses nothing up, for mail programs look as well; the button does."""
    try:
        if request.method == "GET":
            token_read(token, purpose=LINK)
            return render(request, f"{FOLDER}/open.html")
        application = application_open(token=token)
    except TokenRefused as error:
        return render(request, f"{FOLDER}/refused.html", {"sentence": error.message}, status=error.status)
    response = redirect(_page_of(application))
    browser.remember(response, application)
    return response


def _page_of(application: Application) -> str:
    is_draft = application.status == ApplicationStatus.DRAFT
    return reverse("application_form" if is_draft else "application_status")


def of_applicant(view: View) -> View:
    """Give a view the application that this browser has opened; whoever has opened none is asked for a new link."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        opened = browser.opened(request)
        if opened is None:
            return redirect(f"{reverse('application_link_new')}?over=1")
        speak(request, opened.application.language)
        response = view(request, opened.application, *args, **kwargs)
        if not response.cookies:
            browser.remember(response, opened.application, at=opened.at)
        return response

    return never_cache(wrapped)


@of_applicant
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, application: Application) -> HttpResponse:
    """All questions on one page. What was typed is kept whatever is wrong with it; nothing is checked on saving."""
    if application.status != ApplicationStatus.DRAFT:
        return redirect("application_status")
    if request.method == "GET":
        answers = AnswersForm(email=application.email, initial=application.answers)
        return render(request, f"{FOLDER}/form.html", _form_context(application, answers, saved="saved" in request.GET))
    application_save(application=application, answers=AnswersForm.typed(request.POST))
    if request.POST.get("action") == "save":
        return redirect(f"{reverse('application_form')}?saved=1")
    answers = AnswersForm(request.POST, email=application.email)
    if answers.is_valid():
        return redirect("application_review")
    return render(request, f"{FOLDER}/form.html", _form_context(application, answers), status=422)


def _form_context(application: Application, answers: AnswersForm, *, saved: bool = False) -> dict[str, Any]:
    return {"application": application, "form": answers, "sections": _sections(answers), "saved": saved}


def _sections(answers: AnswersForm) -> list[tuple[Any, list[Any]]]:
    return [(title, [answers[name] for name in names]) for title, names in SECTIONS]


@of_applicant
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, application: Application) -> HttpResponse:
    """Check the answers, then send them."""
    if application.status != ApplicationStatus.DRAFT:
        return redirect("application_status")
    answers = AnswersForm.of(application.answers, email=application.email)
    if not answers.is_valid():
        context = _form_context(application, answers)
        return render(request, f"{FOLDER}/form.html", context, status=422)
    send = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and send.is_valid():
        application_submit(application=application)
        return redirect("application_receipt")
    rows = answer_rows(application, answers.cleaned_data, change=reverse("application_form"))
    context = {"application": application, "form": send, "groups": rows}
    return render(request, f"{FOLDER}/review.html", context, status=422 if send.is_bound else 200)


@of_applicant
@require_safe
def receipt(request: HttpRequest, application: Application) -> HttpResponse:
    if application.status == ApplicationStatus.DRAFT:
        return redirect("application_form")
    return render(request, f"{FOLDER}/receipt.html", {"application": application})


@of_applicant
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, application: Application) -> HttpResponse:
    """Where it stands, the thread with the secretariat, and a form to write there."""
    if application.status == ApplicationStatus.DRAFT:
        return redirect("application_form")
    may_write = application.status in OPEN
    answer = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and answer.is_valid():
        try:
            question_answer(application=application, text=answer.cleaned_data["text"])
        except ApplicationError as error:
            answer.add_error(None, error.message)
        else:
            return redirect(f"{reverse('application_status')}?written=1#thread")
    context = {
        "application": application,
        "form": answer,
        "may_write": may_write,
        "thread": thread_of(application),
        "events": public_timeline(application),
        "written": "written" in request.GET,
        "groups": answer_rows(application, application.answers),
        "reasons": [DeclineReason(code).label for code in application.decline_reasons],
    }
    return render(request, f"{FOLDER}/status.html", context, status=422 if answer.is_bound else 200)


@of_applicant
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask, then withdraw what was sent, or delete what is a draft."""
    is_draft = application.status == ApplicationStatus.DRAFT
    if not is_draft and application.status not in OPEN:
        return redirect("application_status")
    if request.method == "GET":
        context = {"application": application, "is_draft": is_draft, "back": _page_of(application)}
        return render(request, f"{FOLDER}/withdraw.html", context)
    if is_draft:
        application_discard(application=application)
        response = render(request, f"{FOLDER}/left.html", {"deleted": True})
        browser.forget(response)
        return response
    application_withdraw(application=application)
    return redirect("application_status")


@of_applicant
@require_POST
def leave(request: HttpRequest, application: Application) -> HttpResponse:
    """This browser forgets the application."""
    response = render(request, f"{FOLDER}/left.html", {"deleted": False})
    browser.forget(response)
    return response
