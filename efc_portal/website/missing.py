"""What is answered where nothing is: on the public site a page that leads on, elsewhere a sheet that says no more."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found
from wagtail.models import Page

from efc_portal.core.languages import bare_address, language_named_in, speak_address
from efc_portal.website.languages import homes
from efc_portal.website.models import NewsIndexPage, ReportsIndexPage, WhereToReportPage
from efc_portal.website.views import CLOSED


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's `handler404`. What is not yours looks like what is not there: only the address decides how."""
    if bare_address(request.path_info).lstrip("/").partition("/")[0] in CLOSED:
        return page_not_found(request, exception)
    asked = language_named_in(request.path_info) or settings.LANGUAGE_CODE
    language = asked if asked in homes(request) else settings.LANGUAGE_CODE
    speak_address(request, language)
    ways = Page.objects.live().filter(locale__language_code=language).order_by("path")
    ways = ways.type(NewsIndexPage, ReportsIndexPage, WhereToReportPage)
    return render(request, "website/not_found.html", {"page": homes(request).get(language), "ways": ways}, status=404)
