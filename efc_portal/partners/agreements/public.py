"""What an applicant's signatory sees behind a mailed link: the memorandum, and the way to accept it.

Looking uses nothing up. Accepting needs a code that is mailed to the same address at that moment.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing as signatures
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from efc_portal.core.languages import speak
from efc_portal.core.limits import count_up, network_of
from efc_portal.partners.agreements.files import pdf_answer
from efc_portal.partners.agreements.forms import LinkForm
from efc_portal.partners.agreements.services import agreement_pdf
from efc_portal.partners.agreements.signing import (
    CODE_MINUTES,
    CodeRefused,
    acceptance_of_link,
    acceptance_sign,
    code_ask,
)
from efc_portal.partners.models import Acceptance

RECEIPT_SALT = "efc.memorandum.receipt"
RECEIPT_SECONDS = 24 * 60 * 60
HOUR = 60 * 60
CODES_PER_HOUR = 5  # of one network, and to one address
TRIES_PER_HOUR = 20  # of one network


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The memorandum and what accepting means; with the mailed code, accept."""
    acceptance = _opened(request, token)
    if request.method == "GET":
        initial = {"name": acceptance.signatory_name, "title": acceptance.signatory_title}
        return _page(request, token, acceptance, LinkForm(initial=initial))
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, token, acceptance, form, status=422)
    if not _may(request, "try", TRIES_PER_HOUR):
        form.add_error(None, _("Your network has tried many codes within the hour. Go on later."))
        return _page(request, token, acceptance, form, status=429)
    written = form.cleaned_data
    try:
        signed = acceptance_sign(token=token, code=written["code"], name=written["name"], title=written["title"])
    except CodeRefused as error:
        form.add_error("code", error.message)
        return _page(request, token, acceptance, form, status=422)
    receipt = signatures.dumps(
        {"reference": signed.reference, "party": signed.party, "language": signed.language}, salt=RECEIPT_SALT
    )
    return redirect("memorandum_joined", receipt=receipt)


@never_cache
@require_POST
def code(request: HttpRequest, token: str) -> HttpResponse:
    """Have a code mailed to the signatory."""
    acceptance = _opened(request, token)
    if not _may(request, "code", CODES_PER_HOUR) or not _counted(f"code:{acceptance.pk}", "default", CODES_PER_HOUR):
        error = _("Several codes were sent within the hour. Look through your mail, also the spam, or go on later.")
        return _page(request, token, acceptance, LinkForm(), errors=[{"text": error}], status=429)
    code_ask(token=token)
    return redirect(f"{reverse('memorandum_join', args=[token])}?code=sent#accept")


@never_cache
@require_safe
def pdf(request: HttpRequest, token: str) -> HttpResponseBase:
    version = _opened(request, token).version
    return pdf_answer(StreamingHttpResponse(agreement_pdf(version)), name=f"memorandum-{version.number}.pdf")


@never_cache
@require_safe
def joined(request: HttpRequest, receipt: str) -> HttpResponse:
    """The confirmation with the reference, for a day. The address is signed: nobody can make one up."""
    try:
        shown = signatures.loads(receipt, salt=RECEIPT_SALT, max_age=RECEIPT_SECONDS)
    except signatures.BadSignature as error:
        raise Http404 from error
    speak(request, shown["language"])
    return render(request, "partners/agreements/joined.html", shown)


def _opened(request: HttpRequest, token: str) -> Acceptance:
    acceptance = acceptance_of_link(token)
    speak(request, acceptance.language)
    return acceptance


def _page(
    request: HttpRequest, token: str, acceptance: Acceptance, form: LinkForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "acceptance": acceptance,
        "version": acceptance.version,
        "token": token,
        "form": form,
        "code_sent": request.method == "POST" or "code" in request.GET,
        "minutes": CODE_MINUTES,
        **more,
    }
    return render(request, "partners/agreements/join.html", context, status=status)


def _may(request: HttpRequest, what: str, most: int) -> bool:
    """Count for the network that asks; False beyond `most` in this hour."""
    return _counted(f"{what}:{network_of(get_adapter(request).get_client_ip(request))}", "memory", most)


def _counted(what: str, cache: str, most: int) -> bool:
    """Only a keyed hash of what is counted is remembered."""
    text = f"memorandum:{int(time.time() // HOUR)}:{what}"
    mac = hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256)
    return count_up(cache, f"memorandum:{mac.hexdigest()[:32]}", seconds=HOUR) <= most
