"""Public pages from memory: whose answer is kept, by what it is kept apart, and when it is made anew."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import brotli
import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from efc_portal.core.page_cache import EVERYTHING, cache_changed, cached_page, depends_on
from efc_portal.core.page_cache import memory as memory_module
from efc_portal.core.page_cache.answer import preferred
from efc_portal.core.page_cache.changes import changes_forget
from efc_portal.core.page_cache.middleware import PageCache

pytestmark = pytest.mark.django_db
LONG = "All the same for everybody. " * 100


class Page:
    """A public view that counts how often it was asked."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse] | None = None, **declared: Any) -> None:
        self.made = 0
        self._answer = answer or (lambda request: HttpResponse(f"{self.made} {request.get_full_path()} {LONG}"))
        self._view = cached_page("directory", **declared)(self._make)

    def _make(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        return self._answer(request)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._view(request)
        patch_vary_headers(response, ["Accept-Language"])  # as Django's middleware does
        return response


@pytest.fixture(autouse=True)
def looks_each_time(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PAGE_CACHE_MB = 1
    monkeypatch.setattr(memory_module, "LOOK_SECONDS", 0.0)


def ask(cache: PageCache, path: str = "/directory/", method: str = "get", **headers: str) -> HttpResponse:
    cookies = headers.pop("cookie", "")
    request = getattr(RequestFactory(), method)(path, headers=headers, **({"HTTP_COOKIE": cookies} if cookies else {}))
    return cache(request)


def test_the_second_answer_is_the_first_one() -> None:
    page = Page()
    cache = PageCache(page)
    first, second = ask(cache), ask(cache)
    assert page.made == 1
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())
    assert second.headers["Cache-Control"] == "public, no-cache"


def test_a_change_of_what_it_shows_makes_it_anew_and_another_does_not() -> None:
    page = Page()
    cache = PageCache(page)
    ask(cache)
    cache_changed("news:1")
    ask(cache)
    assert page.made == 1
    cache_changed("news:1", "directory")
    ask(cache), ask(cache)
    assert page.made == 2
    cache_changed(EVERYTHING)
    ask(cache)
    assert page.made == 3


def test_another_process_learns_of_it_through_the_database() -> None:
    page = Page()
    here, there = PageCache(page), PageCache(page)
    ask(here), ask(there)
    cache_changed("directory")
    ask(here), ask(there), ask(here), ask(there)
    assert page.made == 4


def test_a_view_names_what_else_it_shows_and_when_it_ends() -> None:
    soon = timezone.now() + timedelta(hours=-1)

    def answer(request: HttpRequest) -> HttpResponse:
        depends_on("letters:1", until=soon if "until" in request.GET else None)
        return HttpResponse("x")

    page = Page(answer, parameters=("until",))
    cache = PageCache(page)
    ask(cache), ask(cache)
    assert page.made == 1
    cache_changed("letters:1")
    ask(cache)
    assert page.made == 2
    ask(cache, "/directory/?until=1"), ask(cache, "/directory/?until=1")
    assert page.made == 4, "its time was over when it was made"
    depends_on("outside of an answer it does nothing")


def test_every_answer_ends_at_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page()
    cache = PageCache(page)
    ask(cache)
    tomorrow = timezone.now().timestamp() + 24 * 60 * 60
    monkeypatch.setattr(memory_module.time, "time", lambda: tomorrow)
    ask(cache)
    assert page.made == 2


def test_what_changes_while_it_is_made_is_not_kept() -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        cache_changed("directory")
        cache.memory.follow()  # another request looks meanwhile
        return HttpResponse("half old")

    page = Page(answer)
    cache = PageCache(page)
    ask(cache), ask(cache)
    assert page.made == 2


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda request: HttpResponse(status=404), "not found"),
        (lambda request: HttpResponse(get_token(request)), "a token"),
        (lambda request: HttpResponse(headers={"Cache-Control": "no-store"}), "no-store"),
        (lambda request: HttpResponse(headers={"Cache-Control": "private"}), "private"),
        (lambda request: HttpResponse(headers={"Vary": "Cookie"}), "varies by cookie"),
        (lambda request: HttpResponse(headers={"Content-Security-Policy": "script-src 'nonce-1'"}), "a nonce"),
        (lambda request: HttpResponse(headers={"Content-Language": "fr"}), "a language nobody asked for"),
    ],
)
def test_what_is_not_for_everybody_is_not_kept(answer: Any, why: str) -> None:
    page = Page(answer)
    cache = PageCache(page)
    for _ in range(2):
        response = ask(cache, **{"Accept-Encoding": "gzip", "Accept-Language": "en"})
        assert "Content-Encoding" not in response.headers
        assert "public" not in response.headers.get("Cache-Control", "")
    assert page.made == 2, why


def test_an_answer_with_a_cookie_is_not_kept() -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("x")
        response.set_cookie("known", "1")
        return response

    page = Page(answer)
    cache = PageCache(page)
    ask(cache), ask(cache)
    assert page.made == 2


@pytest.mark.parametrize("cookie", ["efc_session=x", "messages=x", "other=1; efc_session=y"])
def test_whoever_is_known_gets_an_answer_of_their_own(cookie: str) -> None:
    page = Page()
    cache = PageCache(page)
    ask(cache)
    response = ask(cache, cookie=cookie, **{"Accept-Encoding": "gzip"})
    assert page.made == 2
    assert "Content-Encoding" not in response.headers, "never compressed: BREACH"
    ask(cache, Authorization="Bearer x")
    assert page.made == 3
    ask(cache)
    assert page.made == 3


def test_only_get_fills_it_and_head_is_answered_from_it() -> None:
    page = Page()
    cache = PageCache(page)
    ask(cache, method="post"), ask(cache, method="head")
    assert page.made == 2
    got, head = ask(cache), ask(cache, method="head")
    assert page.made == 3
    assert head.content == b""
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.content))


def test_a_preview_at_the_pages_address_is_neither_kept_nor_replaced() -> None:
    page = Page()
    cache = PageCache(page)
    request = RequestFactory().get("/directory/")
    request.is_dummy = True
    assert cache(request).content != ask(cache).content
    assert page.made == 2
    cache(request)
    assert page.made == 3


def test_parameters_that_a_page_does_not_read_do_not_even_arrive() -> None:
    page = Page(parameters=("page", "kind"))
    cache = PageCache(page)
    plain = ask(cache, "/directory/?utm_source=x&evil=<b>")
    assert plain.content == ask(cache, "/directory/").content
    assert page.made == 1
    assert b"evil" not in plain.content
    first = ask(cache, "/directory/?page=2&kind=event&evil=1")
    assert first.content == ask(cache, "/directory/?kind=event&page=2").content
    assert page.made == 2
    assert ask(cache, "/directory/?kind=call").content != first.content


def test_a_stranger_cannot_push_out_what_everybody_reads() -> None:
    page = Page(parameters=("page",))
    cache = PageCache(page)
    ask(cache)
    for number in range(200):
        ask(cache, f"/directory/?page={number}")
        ask(cache, Host=f"testserver:{number + 1000}")
    made = page.made
    ask(cache)
    assert page.made == made
    assert sum(cache.memory._bytes.values()) <= cache.memory.size
    ask(cache, "/directory/?page=" + "9" * 500), ask(cache, "/directory/?page=" + "9" * 500)
    assert page.made == made + 2


def test_it_is_bounded_and_forgets_the_longest_unasked() -> None:
    page = Page()
    cache = PageCache(page)
    for number in range(300):
        ask(cache, f"/{number}/")
        ask(cache, "/0/")
    made = page.made
    ask(cache, "/0/"), ask(cache, "/299/")
    assert page.made == made
    ask(cache, "/1/")
    assert page.made == made + 1
    assert sum(cache.memory._bytes.values()) <= cache.memory.size
    cache_changed(EVERYTHING)
    ask(cache, "/nowhere/")
    assert sum(cache.memory._bytes.values()) < 20_000
    assert len(cache.memory._by_tag) == 1


def test_the_readers_language_has_an_answer_of_its_own() -> None:
    page = Page(lambda request: HttpResponse(translation.get_language_from_request(request)))
    cache = PageCache(page)
    for language in ("en", "fr-BE, fr;q=0.9", "fr", "pl, en;q=0.5", "en-GB"):
        answer = ask(cache, **{"Accept-Language": language})
        assert answer.content.decode() == ("fr" if language.startswith("fr") else "en")
    assert ask(cache, cookie="django_language=fr").content == b"fr"
    assert page.made == 2
    assert "Accept-Language" in answer.headers["Vary"]


def test_it_is_sent_compressed_as_browsers_ask() -> None:
    cache = PageCache(Page())
    plain = ask(cache)
    packed, smallest = (ask(cache, **{"Accept-Encoding": one}) for one in ("gzip, deflate", "gzip, deflate, br, zstd"))
    assert gzip.decompress(packed.content) == brotli.decompress(smallest.content) == plain.content
    assert (packed.headers["Content-Encoding"], smallest.headers["Content-Encoding"]) == ("gzip", "br")
    assert "Content-Encoding" not in plain.headers
    for answer in (plain, packed, smallest):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert answer.headers["Content-Length"] == str(len(answer.content))
    assert len({answer.headers["ETag"] for answer in (plain, packed, smallest)}) == 3


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0.5, br;q=0.1", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("GZIP", "gzip"),
        ("gzip;q=nonsense", ""),
    ],
)
def test_the_best_encoding_that_is_taken(accepted: str, encoding: str) -> None:
    assert preferred(accepted) == encoding


def test_who_has_it_already_is_told_so_with_the_headers_of_the_answer() -> None:
    cache = PageCache(Page())
    first = ask(cache, **{"Accept-Encoding": "br"})
    tag = first.headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = ask(cache, **{"Accept-Encoding": "br", "If-None-Match": known})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == "public, no-cache"
        assert "Content-Encoding" not in again.headers
    assert ask(cache, **{"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_one_request_makes_the_page_and_the_others_wait_for_it() -> None:
    asked, go = threading.Semaphore(0), threading.Event()

    def answer(request: HttpRequest) -> HttpResponse:
        asked.release()
        go.wait(10)
        return HttpResponse("once")

    page = Page(answer)
    cache, bodies = PageCache(page), []

    def visit() -> None:
        bodies.append(ask(cache).content)
        connection.close()

    threads = [threading.Thread(target=visit) for _ in range(6)]
    for thread in threads:
        thread.start()
    asked.acquire(timeout=10)
    go.set()
    for thread in threads:
        thread.join()
    assert bodies == [b"once"] * 6
    assert page.made == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_counts_from_its_commit_on_whatever_was_committed_before_it() -> None:
    """A transaction that began early and ends late is seen, though later ones were seen long ago."""
    page = Page()
    cache = PageCache(page)
    ask(cache)
    begun, end = threading.Event(), threading.Event()

    def slow() -> None:
        from django.db import transaction

        with transaction.atomic():
            cache_changed("directory")
            begun.set()
            end.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    begun.wait(10)
    for _ in range(3):
        cache_changed("news:1")
        ask(cache)
    assert page.made == 1, "it is not committed"
    end.set()
    thread.join()
    ask(cache)
    assert page.made == 2


@pytest.mark.django_db(transaction=True)
def test_this_process_knows_its_own_changes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_module, "LOOK_SECONDS", 3600.0)
    page = Page()
    cache = PageCache(page)
    ask(cache)
    cache_changed("directory")
    ask(cache)
    assert page.made == 2


def test_while_the_database_is_silent_pages_are_still_given() -> None:
    page = Page()
    cache = PageCache(page)
    ask(cache)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_pagechange RENAME TO elsewhere")
    assert ask(cache).status_code == 200
    assert page.made == 1


def test_old_changes_are_forgotten() -> None:
    cache_changed("old", "new")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_pagechange SET at = at - interval '2 days' WHERE tag = 'old'")
    assert changes_forget() == 1
