"""Addresses of public pages that are not in the CMS, one in each language.

Like the pages of the CMS, `/partners/` speaks the default language and `/fr/partners/` French, whatever the reader's
browser prefers: an address that is passed on shows the same page to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, register_converter, reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from efc_portal.core.page_cache import kept

View = Callable[..., HttpResponse]


class LanguageConverter:
    """A language of the portal other than the default one, which has no prefix."""

    regex = "|".join(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE) or "(?!)"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LanguageConverter, "public_language")


def public_paths(route: str, view: View, name: str) -> list[URLPattern]:
    """The addresses of a public view, of the default language and of each other."""
    return [path(route, view, name=name), path(f"<public_language:language>/{route}", view, name=name)]


def public_url(name: str, language: str | None = None, **kwargs: Any) -> str:
    """The address of a public view in a language, or in the active one."""
    language = language or translation.get_language() or settings.LANGUAGE_CODE
    other = (
        {} if language == settings.LANGUAGE_CODE or language not in dict(settings.LANGUAGES) else {"language": language}
    )
    return reverse(name, kwargs={**other, **kwargs})


def page_url(slug: str) -> str:
    """The address of one of the CMS's fixed pages (`contact`, `join`) in the active language."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return f"/{slug}/" if language == settings.LANGUAGE_CODE else f"/{language}/{slug}/"


def alternates(name: str, **kwargs: Any) -> list[dict[str, str]]:
    """Every language of a public view, for the language switch and `hreflang`."""
    urls = {code: public_url(name, code, **kwargs) for code, _name in settings.LANGUAGES}
    return [{"code": code, "url": url, "absolute": f"{settings.PORTAL_URL}{url}"} for code, url in urls.items()]


def in_its_language(view: View) -> View:
    """Answer in the language of the address, the default one without a prefix."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, *args: Any, language: str = settings.LANGUAGE_CODE, **kwargs: Any
    ) -> HttpResponse:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
        return view(request, *args, **kwargs)

    return wrapped


def public_view(*tags: str, parameters: tuple[str, ...] = ()) -> Callable[[View], View]:
    """A page that anybody reads, in its address's language, kept in memory until what it depends on changes.

    `parameters` are those of the query that it reads (`core.page_cache`).
    """

    def decorate(view: View) -> View:
        @require_safe
        @in_its_language
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            render = partial(view, request, *args, **kwargs)
            return kept(request, render, *tags, parameters=parameters, own_language=True)

        return wrapped

    return decorate
