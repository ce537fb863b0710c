"""Which language an answer is in.

A public address carries its language: `/news/` is in the portal's own, `/fr/news/` in French. Nothing else is asked,
so that such an answer may be kept for everybody. Everywhere else the language is the reader's: that of their profile,
of the cookie they chose it with, or of their browser. Django's `i18n_patterns` knows one rule for all addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

View = Callable[..., HttpResponse]


def in_every_language(*patterns: URLPattern | URLResolver) -> list[URLResolver]:
    """Addresses of the public site, in the portal's language and, behind a prefix, in every other one.

    `*in_every_language(path("search/", search, name="search"))` answers `/search/` and `/fr/search/`. `reverse` and
    `{% url %}` write the address in the language that is active.
    """
    _speak_their_address(patterns)
    return [URLResolver(_LanguagePrefix(), list(patterns))]  # type: ignore[arg-type]  # a pattern by its methods


def prefix_of(language: str) -> str:
    """What an address in a language begins with: nothing, or `fr/`."""
    return "" if language == settings.LANGUAGE_CODE else f"{language}/"


def language_named_in(path: str) -> str:
    """The language whose prefix a path like `/fr/news/` begins with; empty when there is none."""
    first, slash, _rest = path.removeprefix("/").partition("/")
    named = slash and first != settings.LANGUAGE_CODE and first in dict(settings.LANGUAGES)
    return first if named else ""


def bare_address(path: str) -> str:
    """A path without its language: `/news/` for `/fr/news/`."""
    language = language_named_in(path)
    return path.removeprefix(f"/{language}") if language else path


def address_in(language: str, path: str) -> str:
    """The same public address in another language: `/fr/search/` for `/search/`."""
    return f"/{prefix_of(language)}{bare_address(path).removeprefix('/')}"


def language_wanted(request: HttpRequest) -> str:
    """The language of the interface that a reader's cookie or browser asks for, among those that there are."""
    offered = dict(settings.INTERFACE_LANGUAGES)
    asked = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    asked += [code for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    found = [code for one in asked for code in (one, one.partition("-")[0]) if code in offered]
    return found[0] if found else settings.LANGUAGE_CODE


def speak(request: HttpRequest, language: str) -> None:
    """Answer a request in a language."""
    translation.activate(language)
    request.LANGUAGE_CODE = language


def speak_address(request: HttpRequest, language: str) -> None:
    """Answer in the language that the address says, whoever asks."""
    speak(request, language)
    request.language_of_address = language  # type: ignore[attr-defined]


class _LanguagePrefix:
    """The language at the beginning of an address: read from the address, written for the language that is active."""

    converters: dict[str, Any] = {}

    def __str__(self) -> str:
        return prefix_of(translation.get_language() or settings.LANGUAGE_CODE)

    @property
    def regex(self) -> re.Pattern[str]:
        """Asked for by `reverse`, which remembers the answer for each language."""
        return re.compile(re.escape(str(self)))

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, Any]]:
        return bare_address(f"/{path}").removeprefix("/"), (), {}

    def check(self) -> list[Any]:
        return []

    def describe(self) -> str:
        return "in every language"


def _speak_their_address(patterns: Any) -> None:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _speak_their_address(pattern.url_patterns)
        else:
            pattern.callback = _speaking_its_address(pattern.callback)


def _speaking_its_address(view: View) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        speak_address(request, language_named_in(request.path_info) or settings.LANGUAGE_CODE)
        return view(request, *args, **kwargs)

    return wrapped
