"""What only the benchmark's portal has: a bare Django view, and a way past the memory of finished pages."""

from __future__ import annotations

from collections.abc import Callable

from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings
from django.urls import path

from efc_portal.core.page_cache.middleware import PageCache

BARE, UNCACHED = "bare", "uncached"  # values of the header X-Bench


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello", headers={"Content-Length": "5"})


urlpatterns = [path("bare/", hello)]


class MeasuredPageCache(PageCache):
    """Stands where the portal's own stands (`bench.settings`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.bare = _django_without_middleware()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.META.get("HTTP_X_BENCH")
        if wanted == BARE:
            request.urlconf = __name__
            return self.bare(request)
        return self.get_response(request) if wanted == UNCACHED else super().__call__(request)


def _django_without_middleware() -> Callable[[HttpRequest], HttpResponse]:
    handler = BaseHandler()
    with override_settings(MIDDLEWARE=[]):
        handler.load_middleware()
    chain: Callable[[HttpRequest], HttpResponse] = handler._middleware_chain  # type: ignore[attr-defined]
    return chain
