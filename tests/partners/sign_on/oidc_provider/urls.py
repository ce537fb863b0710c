"""allauth's provider, and a page on which one says who one is."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.html import format_html


def person(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        login(request, User.objects.get(username=request.POST["name"]), "django.contrib.auth.backends.ModelBackend")
        return redirect(request.POST["next"])
    return HttpResponse(
        format_html(
            '<!doctype html><title>Provider</title><h1>The bank’s own sign-in</h1><form method="post">'
            '<label>Name <input name="name"></label><input type="hidden" name="next" value="{}">'
            "<button>Sign in here</button></form>",
            request.GET.get("next", ""),
        )
    )


urlpatterns = [path("person/", person), path("", include("allauth.idp.urls"))]
