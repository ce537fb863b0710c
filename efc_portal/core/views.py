"""Answers to what goes wrong below the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection token was missing or old: most often cookies are off, or the page stood open overnight."""
    return render(request, "errors/csrf.html", status=403)
