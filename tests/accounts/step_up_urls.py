"""A step behind `recently_authenticated`, among the portal's own addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.urls import urlpatterns as portal


@recently_authenticated
def approve(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.method} {request.POST.get('words', '')}")


urlpatterns = [path("approve/", approve), *portal]
