"""Headers of every answer, its language, the largest request, and where an expected failure becomes a page."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.languages import language_named_in, language_wanted, speak

GetResponse = Callable[[HttpRequest], HttpResponse]

CMS_PREFIX = "/cms/"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
# Fields whose content is not shown again, and content that a page wrote into a form rather than a person.
_NOT_SHOWN = re.compile(
    r"csrf|passw|passphrase|secret|token|credential|authori[sz]ation|(api|private)_?key|(recovery|unused)_codes?"
    r"|^(code|codes|otp|pin)$|_FORMS$|^(confirm|next|before|action)$",
    re.IGNORECASE,
)
_MADE_UP = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{1,6}|[a-z_]{1,20}")

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


class SecurityHeaders:
    """Permissions policy, cross-origin isolation, the CMS's own policy, and no storing of what signed-in people see.

    A visitor without a session gets pages that may be cached. Whoever carries a session cookie, and every answer that
    sets one, is kept out of every cache.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        session = settings.SESSION_COOKIE_NAME
        if (session in request.COOKIES or session in response.cookies) and not _is_static(request):
            response.headers["Cache-Control"] = "no-store, private"
        if request.path_info.startswith(CMS_PREFIX):
            response._csp_replace = settings.CMS_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response


def _is_static(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.STATIC_URL)


class LanguageOfRequest:
    """Begins an answer in the language of its address or of its reader, in place of Django's `LocaleMiddleware`.

    Views of `core.languages.in_every_language` have the last word: they speak the language of their address, and what
    they answer does not differ between readers.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        speak(request, language_named_in(request.path_info) or language_wanted(request))
        response = self.get_response(request)
        if not hasattr(request, "language_of_address"):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
        return response


class BodyLimit:
    """Refuses a request whose body is larger than its place allows, before a byte of it is read, or not in UTF-8.

    A body without a stated length is refused as well: the length is what can be checked in advance. Visitors send
    small forms alone, wherever they send them. Stands behind whatever finds out who asks.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in ("utf-8", "utf8"):
            return HttpResponse(status=415)  # Django's own refusal reads the form once more, and fails
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            return _refused(
                request,
                _(
                    "What you sent did not say how large it is, so the portal did not take it. Try again with a "
                    "current browser, or ask whoever looks after your network."
                ),
                status=411,
            )
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = sys.maxsize
        smallest = settings.REQUEST_BODY_LIMITS["/"]
        if length <= smallest:
            return self.get_response(request)
        limit = _body_limit(request.path_info) if request.user.is_authenticated else smallest
        if length > limit:
            text = _("This is more than can be sent here at once (%(limit)s). Send less, or in parts.")
            return _refused(request, text % {"limit": filesizeformat(limit)}, status=413)
        return self.get_response(request)


def _body_limit(path: str) -> int:
    """The largest body in bytes that a path takes: that of the longest prefix in the table."""
    fitting = [prefix for prefix in settings.REQUEST_BODY_LIMITS if path.startswith(prefix)]
    return settings.REQUEST_BODY_LIMITS[max(fitting, key=len)]


def _refused(request: HttpRequest, message: str, *, status: int) -> HttpResponse:
    response = render(request, "errors/application_error.html", {"message": message}, status=status)
    response.headers["Connection"] = "close"  # what was not read must not be taken for the next request
    return response


class ApplicationErrors:
    """Shows an `ApplicationError` that no view handled as a page with its sentence and its status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ApplicationError) or exception.status >= 500:
            return None
        context = {"message": exception.message, "typed": typed_in(request)}
        return render(request, "errors/application_error.html", context, status=exception.status)


def typed_in(request: HttpRequest) -> str:
    """What a person wrote into the form that was refused, to be copied from the answer; empty when nothing was.

    Passwords, codes and what pages write into forms by themselves are left out.
    """
    if request.method != "POST" or request.content_type not in _FORMS:
        return ""
    texts = [
        text.strip()
        for name, values in request.POST.lists()
        if not _NOT_SHOWN.search(name)
        for text in values
        if text.strip() and not _MADE_UP.fullmatch(text.strip())
    ]
    return "\n\n".join(dict.fromkeys(texts))
