"""What answers when a visitor sends a message. No cookie is set, and none is looked at: everybody is a visitor here."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from efc_portal.contact import guard
from efc_portal.contact.forms import ContactForm
from efc_portal.contact.services import message_receive
from efc_portal.core.languages import address_in, speak

RECEIPT_SALT = "efc.contact.receipt"
RECEIPT_SECONDS = 24 * 60 * 60


@csrf_exempt  # whoever asks acts for nobody: docs/decisions/0019-contact-without-cookies.md
@never_cache
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Keep a message and show its reference; or show the form again with what was typed and what to mend."""
    language = guard.token_read(request.POST.get("token", "")).language
    speak(request, language)
    if request.method == "GET":
        return redirect(_form_page(language))
    address = get_adapter(request).get_client_ip(request)
    form = ContactForm(request.POST, address=address)
    if not form.is_valid():
        context = {"form": form.renewed(language), "contact_url": _form_page(language)}
        return render(request, "contact/again.html", context, status=422)
    written = form.cleaned_data
    message = message_receive(
        topic=written["topic"],
        name=written["name"],
        email=written["email"],
        text=written["message"],
        language=language,
        links=written["links"],
    )
    receipt = signing.dumps({"reference": message.reference, "language": language}, salt=RECEIPT_SALT)
    return redirect("contact:sent", receipt=receipt)


@never_cache
@require_safe
def sent(request: HttpRequest, receipt: str) -> HttpResponse:
    """The confirmation with the reference, for a day. The address is signed: nobody can make one up."""
    try:
        shown = signing.loads(receipt, salt=RECEIPT_SALT, max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        return redirect(_form_page(settings.LANGUAGE_CODE))
    speak(request, shown["language"])
    return render(request, "contact/sent.html", {"reference": shown["reference"]})


def _form_page(language: str) -> str:
    """Where the form stands in a language."""
    return address_in(language, "/contact/")
