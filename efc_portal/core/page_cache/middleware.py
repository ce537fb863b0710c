"""Where public pages are answered from memory: before every other middleware, with the headers that all of them set."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from efc_portal.core.page_cache.memory import Memory
from efc_portal.core.page_cache.visit import Visit

MEGABYTE = 1024 * 1024


class PageCache:
    """Stands outermost, so that what it keeps is the answer as it is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.memory = Memory(0 if settings.DEBUG else settings.PAGE_CACHE_MB * MEGABYTE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        visit = Visit.of(request, self.memory)
        if visit is None:
            return self.get_response(request)
        if answer := visit.find():
            return answer.response(request)
        request.page_cache_visit = visit  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            if visit.answer is not None:
                return visit.answer.response(request)
            return visit.finish(response) if visit.kept else response
        finally:
            visit.end()
