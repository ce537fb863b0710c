"""A refused sign-in as a page with one sentence, and as an entry of the record."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.models import SocialApp
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from efc_portal.accounts.records import refusal_record
from efc_portal.partners.sign_on.assertions import SignOnRefused

View = Callable[..., HttpResponse]


def refused_response(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "partners/sign_on/refused.html", {"sentence": sentence}, status=403)


def refusals_told(view: View) -> View:
    """Whatever a provider's answer lacks becomes a page and an entry; a provider that is not there is not found."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error
        except SignOnRefused as refusal:
            refusal_record(request, reason=refusal.reason, email=str(refusal.params.get("email", "")))
            return refused_response(request, refusal.message)

    return told
