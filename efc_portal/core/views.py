"""Answers to what goes wrong below the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from efc_portal.core.health import State, health


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection token was missing or old: most often cookies are off, or the page stood open overnight."""
    return render(request, "errors/csrf.html", status=403)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """For monitoring, open to all: which part is up; 503 unless every one is."""
    parts = health()
    up = all(state == State.UP for state in parts.values())
    return JsonResponse({"status": State.UP if up else State.DOWN, "parts": parts}, status=200 if up else 503)
