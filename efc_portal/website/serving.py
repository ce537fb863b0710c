"""Answering with a page of the CMS, or with a sentence on where it is."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.views import serve

from efc_portal.core.languages import language_named_in, speak_address
from efc_portal.website.languages import elsewhere, homes


@require_safe
def page_serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at an address, in the language that the address says and in no other.

    Wagtail would answer from the main language where a language has no home page.
    """
    found = Page.route_for_request(request, path)
    language = language_named_in(request.path_info) or settings.LANGUAGE_CODE
    if found is None or found.page.locale.language_code != language:
        return not_here(request, path)
    answer: HttpResponse = serve(request, path)  # remembers what was found
    return answer


def not_here(request: HttpRequest, path: str) -> HttpResponse:
    """A 404 that leads to the page in the languages that have it; an ordinary one when none has."""
    asked = language_named_in(request.path_info) or settings.LANGUAGE_CODE
    open_languages = homes(request)
    speak_address(request, asked if asked in open_languages else settings.LANGUAGE_CODE)
    pages = elsewhere(request, path)
    if not pages:
        raise Http404
    names = dict(settings.LANGUAGES)
    context = {
        "page": pages[0],  # whose languages the switch offers
        "pages": [(page, names[page.locale.language_code]) for page in pages],
        "asked": names[asked],
        "started": asked in open_languages,
    }
    return render(request, "website/not_in_language.html", context, status=404)
