"""What is answered where nothing is: on the public site a page that leads on, elsewhere a sheet that says no more."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from efc_portal.core.languages import bare_address, language_named_in, speak_address
from efc_portal.core.middleware import typed_in
from efc_portal.website.languages import homes
from efc_portal.website.models import NewsIndexPage, ReportsIndexPage, WhereToReportPage
from efc_portal.website.views import CLOSED


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's `handler404`. What is not yours looks like what is not there: only the address decides how.

    Who wrote into a form of something that is gone meanwhile gets the text back.
    """
    if bare_address(request.path_info).lstrip("/").partition("/")[0] in CLOSED:
        was_own_form = getattr(request, "csrf_processing_done", False)
        return render(request, "404.html", {"typed": typed_in(request) if was_own_form else ""}, status=404)
    asked = language_named_in(request.path_info) or settings.LANGUAGE_CODE
    language = asked if asked in homes(request) else settings.LANGUAGE_CODE
    speak_address(request, language)
    ways = Page.objects.live().filter(locale__language_code=language).order_by("path")
    ways = ways.type(NewsIndexPage, ReportsIndexPage, WhereToReportPage)
    return render(request, "website/not_found.html", {"page": homes(request).get(language), "ways": ways}, status=404)
