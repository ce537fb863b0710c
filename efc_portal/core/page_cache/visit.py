"""One request for a page that may be public: whose answer may be taken from memory, and what it depends on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime, time, timedelta
from functools import partial, wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from efc_portal.core.languages import language_wanted
from efc_portal.core.page_cache.answer import Answer, made_public
from efc_portal.core.page_cache.memory import Key, Memory, Place, Rule

View = Callable[..., HttpResponse]

LONGEST_QUERY = 200
_MAY_VARY = {"accept-encoding", "accept-language"}

_current: ContextVar[Visit | None] = ContextVar("page_cache_visit", default=None)


def depends_on(*tags: str, until: datetime | None = None) -> None:
    """Name what the public answer that is being made shows, and when it ends by itself. Elsewhere it does nothing.

    Every answer ends at midnight anyway, since pages show days and what is to come.
    """
    visit = _current.get()
    if visit is not None:
        visit.tags.update(tags)
        if until is not None:
            visit.until = min(visit.until, until.timestamp())


def cached_page(*tags: str, parameters: tuple[str, ...] = (), own_language: bool = False) -> Callable[[View], View]:
    """A public view whose answer is the same for everybody in one language, and depends on these tags.

    `parameters` are those of the query that it reads: to a visitor's request others do not even arrive. With
    `own_language` the answer's language is that of its address, and the reader's plays no part.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            render = partial(view, request, *args, **kwargs)
            return kept(request, render, *tags, parameters=parameters, own_language=own_language)

        return wrapped

    return decorate


def kept(
    request: HttpRequest,
    render: Callable[[], HttpResponse],
    *tags: str,
    parameters: tuple[str, ...] = (),
    own_language: bool = False,
) -> HttpResponse:
    """As `cached_page`, for views that are no plain functions."""
    visit: Visit | None = getattr(request, "page_cache_visit", None)
    if visit is None:
        return render()
    if visit.begin(Rule(parameters, not own_language)):
        depends_on(*tags)
        return render()
    return HttpResponse()  # the middleware sends what another request has made meanwhile


class Visit:
    """A request of somebody whom the portal does not know."""

    @classmethod
    def of(cls, request: HttpRequest, memory: Memory) -> Visit | None:
        """None for whoever may see something else than everybody else does."""
        if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in request.META:
            return None
        if "HTTP_COOKIE" in request.META and not _personal().isdisjoint(request.COOKIES):
            return None
        if getattr(request, "is_dummy", False):  # Wagtail's preview of a draft, at the page's own address
            return None
        return cls(request, memory)

    def __init__(self, request: HttpRequest, memory: Memory) -> None:
        self.request, self.memory = request, memory
        host = request.META.get("HTTP_HOST") or request.META["SERVER_NAME"]
        self.place = Place(request.scheme or "", host.lower(), request.path)
        self.answer: Answer | None = None
        self.kept = False
        self.tags: set[str] = set()
        self.until = 0.0
        self._flight: threading.Event | None = None
        self._token: Any = None

    def find(self) -> Answer | None:
        """What the memory holds for this request."""
        rule = self.memory.rules.get(self.place)
        if rule is None:
            return None
        self.memory.follow()
        key = self.key(rule)
        return self.memory.find(key, self._varies(key)) if key else None

    def key(self, rule: Rule) -> Key | None:
        """None when the query is longer than any that a page offers."""
        query = ""
        if self.request.META.get("QUERY_STRING"):
            query = _canonical(self.request.GET, rule.parameters)
            if len(query) > LONGEST_QUERY:
                return None
        language = language_wanted(self.request) if rule.by_language else ""
        return Key(self.place, language, query)

    def _varies(self, key: Key) -> bool:
        """Whether a stranger could ask for any number of these: by parameters, or by a port nobody listens on."""
        port = self.place.host.rpartition(":")[2]
        own = self.place.host == _portal_host() or port in (self.request.META["SERVER_PORT"], self.place.host)
        return bool(key.query) or not own

    def begin(self, rule: Rule) -> bool:
        """Start to record; False when another request has made the answer meanwhile."""
        self.rule = rule
        _without_others(self.request, rule.parameters)
        self._key = self.key(rule)
        if self.may_store and self._key is not None:
            self.memory.follow()
            found = self.memory.take_off(self._key, self._varies(self._key))
            if isinstance(found, Answer):
                self.answer = found
                return False
            self._flight = found
        self.kept, self._tick = True, self.memory.tick
        self.until = _midnight().timestamp()
        self._token = _current.set(self)
        return True

    @property
    def may_store(self) -> bool:
        return self.memory.size > 0 and self.request.method == "GET" and "CSRF_COOKIE" not in self.request.META

    def finish(self, response: HttpResponse) -> HttpResponse:
        """Send the answer with a validator, compressed, and keep it, if it is the same for everybody."""
        if response.status_code != 200 or response.streaming:
            return response
        if not self._is_public(response):
            response.headers.setdefault("Cache-Control", "private, no-cache")
            return response
        if not self.rule.by_language:
            _take_from_vary(response, "accept-language")
        answer = Answer(made_public(response), tags=frozenset(self.tags), until=self.until)
        if self.may_store and self._key is not None:
            key = self._key
            self.memory.store(key, self._varies(key), answer, rule=self.rule, begun=self._tick)
        return answer.response(self.request)

    def _is_public(self, response: HttpResponse) -> bool:
        """Whether nothing hints that the answer was made for one person, or in a language nobody asked for."""
        vary = {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name.strip()}
        control = response.headers.get("Cache-Control", "")
        asked = self._key.language if self._key and self.rule.by_language else ""
        return (
            not response.cookies
            and "no-store" not in control
            and "private" not in control
            and "CSRF_COOKIE" not in self.request.META
            and "'nonce-" not in response.headers.get("Content-Security-Policy", "")
            and vary <= _MAY_VARY
            and (not asked or response.headers.get("Content-Language", asked) == asked)
        )

    def end(self) -> None:
        if self._token is not None:
            _current.reset(self._token)
        if self._flight is not None and self._key is not None:
            self.memory.land(self._key, self._flight)


def _personal() -> frozenset[str]:
    """Cookies by which the portal knows somebody, or tells somebody something."""
    return frozenset({settings.SESSION_COOKIE_NAME, "messages"})


def _portal_host() -> str:
    host: str = settings.PORTAL_URL.partition("://")[2]
    return host


def _canonical(given: QueryDict, parameters: tuple[str, ...]) -> str:
    return urlencode([(name, value) for name in sorted(parameters) for value in given.getlist(name)])


def _without_others(request: HttpRequest, parameters: tuple[str, ...]) -> None:
    """Take from a request whatever its answer is not kept apart by, so that it cannot show it either."""
    if request.META.get("QUERY_STRING"):
        request.META["QUERY_STRING"] = _canonical(request.GET, parameters)
        request.GET = QueryDict(request.META["QUERY_STRING"])


def _take_from_vary(response: HttpResponse, name: str) -> None:
    names = [one.strip() for one in response.headers.get("Vary", "").split(",")]
    left = [one for one in names if one and one.lower() != name]
    if left:
        response.headers["Vary"] = ", ".join(left)
    elif "Vary" in response.headers:
        del response.headers["Vary"]


def _midnight() -> datetime:
    zone = timezone.get_default_timezone()
    tomorrow = timezone.now().astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=zone)
