"""The link checker: what is broken is found, said and exported, and no request goes where it must not."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import Conflict
from efc_portal.core.public_hosts import Guard, NotPublic, is_public
from efc_portal.website.enums import LinkKind, LinkStatus
from efc_portal.website.links import fetch, services
from efc_portal.website.links.extract import links_of
from efc_portal.website.links.fetch import link_fetch
from efc_portal.website.links.services import link_check_go_on, link_check_start
from efc_portal.website.models import Link, LinkCheck, NewsPage, PublicDocument
from efc_portal.website.tasks import links_check, links_check_begin
from tests.cast import Cast
from tests.website.factories import news_item


class _Site(BaseHTTPRequestHandler):
    """Another site, with everything that can be wrong with one."""

    def _answer(self) -> None:
        self.server.asked.append((self.command, self.path, dict(self.headers), time.monotonic()))  # type: ignore[attr-defined]
        name = self.path.split("?")[0].strip("/")
        if name == "slow":
            time.sleep(3)
        moves = {
            "moved": (301, "/there"),
            "elsewhere": (302, "/there"),
            "loop": (302, "/loop"),
            "inside": (302, "http://169.254.169.254/latest/meta-data/"),
            "file": (302, "file:///etc/passwd"),
            "broken": (301, "http://[bad"),
            "nul": (301, "/the\0re\x0b"),
        }
        codes = {"gone": 404, "forbidden": 403, "error": 500, "no-head": 405 if self.command == "HEAD" else 200}
        code, location = moves.get(name, (codes.get(name, 200), ""))
        self.send_response(code)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.send_header("Set-Cookie", "track=1")
        self.end_headers()

    do_HEAD = do_GET = _answer

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def address(site: ThreadingHTTPServer, name: str, host: str = "other.example") -> str:
    return f"http://{host}:{site.server_port}/{name}"


@pytest.fixture
def guard(site: ThreadingHTTPServer) -> Guard:
    """Allows the test's own server, and every name leads there."""

    def resolve(host: str) -> list[str]:
        if host == "unknown.example":
            raise OSError("Name or service not known")
        return [host if host.replace(".", "").isdigit() else "127.0.0.1"]

    return Guard(resolve, lambda one: str(one) == "127.0.0.1", frozenset({site.server_port, 80, 443}))


class TestOtherSites:
    @pytest.mark.parametrize(
        ("name", "status", "code"),
        [
            ("there", LinkStatus.WORKS, 200),
            ("no-head", LinkStatus.WORKS, 200),
            ("elsewhere", LinkStatus.WORKS, 200),
            ("moved", LinkStatus.MOVED, 200),
            ("gone", LinkStatus.BROKEN, 404),
            ("forbidden", LinkStatus.UNCLEAR, 403),
            ("error", LinkStatus.UNCLEAR, 500),
            ("loop", LinkStatus.UNCLEAR, 302),
            ("inside", LinkStatus.NOT_PUBLIC, 0),
            ("file", LinkStatus.NOT_PUBLIC, 0),
            ("broken", LinkStatus.UNREACHABLE, 0),
        ],
    )
    def test_each_answer_is_told_apart(
        self, site: ThreadingHTTPServer, guard: Guard, name: str, status: LinkStatus, code: int
    ) -> None:
        answer = link_fetch(address(site, name), guard)
        assert (answer.status, answer.code) == (status, code)
        assert answer.moved_to == (address(site, "there") if name == "moved" else "")

    def test_what_is_noted_of_an_answer_has_no_control_characters(
        self, site: ThreadingHTTPServer, guard: Guard
    ) -> None:
        answer = link_fetch(address(site, "nul"), guard)
        assert answer.moved_to.rstrip() == address(site, "there")

    def test_whatever_goes_wrong_with_one_address_is_an_answer(
        self, site: ThreadingHTTPServer, guard: Guard, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fetch, "_target", lambda _parts: 1 / 0)
        assert link_fetch(address(site, "there"), guard).status == LinkStatus.UNREACHABLE

    def test_nothing_answers(self, guard: Guard, monkeypatch: pytest.MonkeyPatch, site: ThreadingHTTPServer) -> None:
        assert link_fetch("http://unknown.example/", guard).status == LinkStatus.UNREACHABLE
        monkeypatch.setattr(fetch, "TIMEOUT", 0.3)
        assert link_fetch(address(site, "slow"), guard).status == LinkStatus.UNREACHABLE

    def test_no_cookie_and_an_honest_name(self, site: ThreadingHTTPServer, guard: Guard) -> None:
        link_fetch(address(site, "elsewhere?a=b c"), guard)
        for _method, _path, headers, _at in site.asked:  # type: ignore[attr-defined]
            assert "Cookie" not in headers
            assert headers["User-Agent"].startswith("EFC-portal-link-check/")
            assert headers["Host"] == f"other.example:{site.server_port}"
        assert site.asked[0][1] == "/elsewhere?a=b%20c"  # type: ignore[attr-defined]

    def test_what_answers_a_head_is_not_asked_for_its_content(self, site: ThreadingHTTPServer, guard: Guard) -> None:
        link_fetch(address(site, "there"), guard)
        assert [method for method, *_rest in site.asked] == ["HEAD"]  # type: ignore[attr-defined]
        link_fetch(address(site, "no-head"), guard)
        assert site.asked[-1][2]["Range"] == "bytes=0-1023"  # type: ignore[attr-defined]


class TestGuard:
    """Without a test's permission, this machine and its neighbours are out of reach."""

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "localhost",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "0.0.0.0",  # noqa: S104  nothing binds to it
            "10.0.0.1",
            "172.16.3.4",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "[fe80::1]",
            "[fc00::1]",
            "[2002:7f00:1::]",
            "[64:ff9b::7f00:1]",
            "224.0.0.1",
            "2130706433",
            "0x7f.1",
            "168.63.129.16",
            "[::ffff:168.63.129.16]",
            "192.88.99.1",
            "[3fff::1]",
            "[64:ff9b:1::a00:1]",
        ],
    )
    def test_no_address_that_is_not_public(self, host: str) -> None:
        assert link_fetch(f"http://{host}/", Guard()).status in {LinkStatus.NOT_PUBLIC, LinkStatus.UNREACHABLE}
        with pytest.raises((NotPublic, OSError)):
            Guard().address_of(host.strip("[]"), 80)

    def test_a_running_server_on_this_machine_is_not_even_connected_to(self, site: ThreadingHTTPServer) -> None:
        guard = Guard(ports=frozenset({site.server_port}))
        assert link_fetch(address(site, "there", "127.0.0.1"), guard).status == LinkStatus.NOT_PUBLIC
        assert site.asked == []  # type: ignore[attr-defined]

    def test_one_bad_address_among_good_ones_is_enough(self) -> None:
        with pytest.raises(NotPublic):
            Guard(resolve=lambda _host: ["93.184.216.34", "127.0.0.1"]).address_of("two.example", 443)
        assert Guard(resolve=lambda _host: ["93.184.216.34"]).address_of("one.example", 443) == "93.184.216.34"

    def test_a_name_is_looked_up_once_and_connected_to_by_that_address(self, site: ThreadingHTTPServer) -> None:
        answers = iter([["127.0.0.1"], ["10.0.0.1"]])
        guard = Guard(lambda _host: next(answers), lambda _one: True, frozenset({site.server_port}))
        assert link_fetch(address(site, "there"), guard).status == LinkStatus.WORKS

    @pytest.mark.parametrize(
        "url", ["http://a.example:22/", "ftp://a.example/", "http://user:word@a.example/", "http:///x", "http://[/"]
    )
    def test_other_ports_schemes_and_credentials_are_refused(self, url: str) -> None:
        guard = Guard(resolve=lambda _host: ["93.184.216.34"])
        assert link_fetch(url, guard).status in {LinkStatus.NOT_PUBLIC, LinkStatus.UNREACHABLE}

    def test_public_addresses_are_public(self) -> None:
        for one in ("8.8.8.8", "2606:4700::1111"):
            assert is_public(ipaddress.ip_address(one))


pytestmark: list[pytest.MarkDecorator] = []
needs_site = pytest.mark.usefixtures("demo_site")


def page_with(html: str, number: int = 7) -> NewsPage:
    return news_item(number, live=True, body=[("text", html)])


def walk(guard: Guard | None = None) -> LinkCheck:
    link_check_start(actor=None)
    while link_check_go_on(guard=guard):
        pass
    return LinkCheck.objects.latest("started_at")


def states(page: NewsPage) -> dict[str, str]:
    return dict(Link.objects.filter(page=page).values_list("target", "status"))


@needs_site
class TestWalk:
    def test_links_within_the_site(self, cast: Cast) -> None:
        other = news_item(1, title="Other", slug="other", live=True)
        draft = news_item(2, slug="draft", live=False)
        document = PublicDocument.objects.first()
        page = page_with(
            f'<h2>What we saw</h2><p><a linktype="page" id="{other.pk}">a</a><a linktype="page" id="{draft.pk}">b</a>'
            f'<a linktype="page" id="99999">c</a><a linktype="document" id="{document.pk}">d</a>'
            '<a linktype="document" id="99999">e</a><a href="#what-we-saw">f</a><a href="#nowhere">g</a>'
            '<a href="/news/other/">h</a><a href="/no-such-page/">i</a><a href="/accounts/login/">j</a>'
            '<a href="http://127.0.0.1:8000/about/">k</a><a href="/old/">l</a>'
            '<a href="mailto:a@b.example">m</a><a href="tel:112">n</a><a href="/away/">o</a></p>'
        )
        Redirect.add_redirect("/old", other)
        Redirect.add_redirect("/away", "https://elsewhere.example/")
        check = walk()
        assert check.finished_at
        assert check.pages_done == check.pages
        works, broken = LinkStatus.WORKS, LinkStatus.BROKEN
        assert states(page) == {
            str(other.pk): works,
            str(draft.pk): broken,
            "99999": broken,
            str(document.pk): works,
            "#what-we-saw": works,
            "#nowhere": broken,
            "/news/other/": works,
            "/no-such-page/": broken,
            "/accounts/login/": works,
            "/about/": works,
            "/old/": works,
            "/away/": broken,
        }
        assert Link.objects.filter(page=page, target="99999").count() == 2, "a page and a document of that number"
        assert Link.objects.get(page=page, target="#nowhere").text == "g"

    def test_the_sites_own_pages_hold_no_broken_link(self) -> None:
        walk()
        faulty = Link.objects.filter(status__in=services.FAULTY).values_list("page__title", "target")
        assert list(faulty) == []

    def test_since_when_a_link_is_broken_is_kept_and_what_is_mended_is_forgotten(self) -> None:
        target = news_item(1, slug="target", live=True)
        page = page_with(f'<p><a linktype="page" id="{target.pk}">x</a></p>')
        walk()
        link = Link.objects.get(page=page)
        assert link.first_broken_at is None
        NewsPage.objects.filter(pk=target.pk).update(live=False)
        walk()
        link.refresh_from_db()
        since = link.first_broken_at
        assert since
        walk()
        link.refresh_from_db()
        assert link.first_broken_at == since
        assert link.checked_at > since
        NewsPage.objects.filter(pk=target.pk).update(live=True)
        walk()
        link.refresh_from_db()
        assert link.first_broken_at is None
        page.body = [("text", "<p>No link.</p>")]
        page.save()
        walk()
        assert not Link.objects.filter(page=page).exists()

    def test_a_walk_that_was_cut_off_goes_on_where_it_was(self, monkeypatch: pytest.MonkeyPatch) -> None:
        link_check_start(actor=None)
        real, seen = services._page, []

        def fail_at_third(page: Any) -> None:
            seen.append(page.pk)
            if len(seen) == 3:
                raise RuntimeError("the worker is gone")
            real(page)

        monkeypatch.setattr(services, "_page", fail_at_third)
        with pytest.raises(RuntimeError):
            link_check_go_on()
        check = LinkCheck.objects.get()
        assert check.pages_done == 2
        assert not link_check_go_on(), "the claim still stands: nobody else begins"
        LinkCheck.objects.update(claimed_until=timezone.now())
        while link_check_go_on():
            pass
        check.refresh_from_db()
        assert check.finished_at
        assert check.pages_done == check.pages
        assert seen.count(seen[0]) == 1, "what was done is not done again"

    def test_an_odd_link_does_not_stop_the_others(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        ids = f'<a linktype="page" id="²">b</a><a linktype="document" id="{"9" * 5000}">c</a>'
        page = page_with(f'<p><a href="/a%00b/">a</a>{ids}<a href="/about/">d</a></p>')
        assert walk().finished_at
        broken, works = LinkStatus.BROKEN, LinkStatus.WORKS
        assert states(page) == {"/a%00b/": broken, "0": broken, "/about/": works}
        assert cast.client("editor").get("/cms/reports/links/").status_code == 200

    def test_a_page_that_cannot_be_shown_does_not_stop_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        page = page_with('<p><a href="#nowhere">a</a><a href="/about/">b</a></p>')
        monkeypatch.setattr("efc_portal.website.links.inside._places_of", lambda _page: 1 / 0)
        assert walk().finished_at
        assert states(page) == {"#nowhere": LinkStatus.BROKEN, "/about/": LinkStatus.WORKS}

    def test_another_site_cannot_stop_the_check(
        self, site: ThreadingHTTPServer, guard: Guard, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.LINK_CHECK_EXTERNAL = True
        monkeypatch.setattr(services, "PAUSE", 0)
        names = ("broken", "nul", "there")
        page = page_with("<p>" + "".join(f'<a href="{address(site, name)}">{name}</a>' for name in names) + "</p>")
        assert walk(guard).finished_at
        unreachable, moved, works = (states(page)[address(site, name)] for name in names)
        assert (unreachable, moved, works) == (LinkStatus.UNREACHABLE, LinkStatus.MOVED, LinkStatus.WORKS)

    @pytest.mark.parametrize("ago", [{"claimed_until": 2}, {"claimed_until": 0, "started_at": 25}])
    def test_a_check_that_was_left_lying_stands_in_nobodys_way(self, cast: Cast, ago: dict[str, int]) -> None:
        old = link_check_start(actor=None)
        LinkCheck.objects.update(**{name: timezone.now() - timedelta(hours=hours) for name, hours in ago.items()})
        editor = cast.client("editor")
        assert "Check the links now" in editor.get("/cms/reports/links/").content.decode()
        editor.post("/cms/reports/links/check/")
        old.refresh_from_db()
        assert old.finished_at
        assert LinkCheck.objects.get(finished_at=None).asked_by_id == cast.editor.pk

    def test_a_slice_is_short(self) -> None:
        link_check_start(actor=None)
        assert link_check_go_on(seconds=0)
        assert LinkCheck.objects.get().finished_at is None

    def test_one_walk_at_a_time(self) -> None:
        link_check_start(actor=None)
        with pytest.raises(Conflict, match="already"):
            link_check_start(actor=None)
        links_check_begin()
        with pytest.raises(IntegrityError), transaction.atomic():
            LinkCheck.objects.create()
        links_check()
        assert LinkCheck.objects.count() == 1

    def test_other_sites_are_asked_only_where_the_portal_is_set_up_to(
        self, site: ThreadingHTTPServer, guard: Guard, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(services, "PAUSE", 0.4)
        links = "".join(f'<a href="{address(site, name)}">{name}</a>' for name in ("there", "gone", "moved"))
        page, again = page_with(f"<p>{links}</p>"), page_with(f"<p>{links}</p>", 8)
        walk(guard)
        assert site.asked == []  # type: ignore[attr-defined]
        assert set(states(page).values()) == {LinkStatus.WAITING}
        settings.LINK_CHECK_EXTERNAL = True
        check = walk(guard)
        assert states(page) == states(again)
        assert states(page)[address(site, "gone")] == LinkStatus.BROKEN
        assert Link.objects.get(page=page, target=address(site, "moved")).moved_to == address(site, "there")
        assert check.sites == check.sites_done
        ours = [(path, at) for method, path, _headers, at in site.asked if method == "HEAD"]  # type: ignore[attr-defined]
        assert sorted(path for path, _at in ours) == ["/gone", "/moved", "/there", "/there"], (
            "each once, for both pages"
        )
        starts = [at for path, at in ours if path != "/there"] + [ours[-1][1]]
        assert max(starts) - min(starts) >= 0.35, "one after the other, with a pause"

    def test_every_link_of_the_loaded_pages_is_of_a_known_kind(self) -> None:
        for page in NewsPage.objects.live():
            assert {link.kind for link in links_of(page)} <= set(LinkKind)


@needs_site
class TestReport:
    def test_before_the_first_check_the_page_says_what_to_do(self, cast: Cast) -> None:
        words = cast.client("editor").get("/cms/reports/links/").content.decode()
        assert "have not been checked yet" in words
        assert "Check the links now" in words
        assert "No link is like that" in words

    def test_asked_for_it_runs_and_shows_how_far_it_is(
        self, cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        editor = cast.client("editor")
        page_with('<p><a href="#nowhere">a way to nowhere</a></p>')
        with django_capture_on_commit_callbacks() as told:
            editor.post("/cms/reports/links/check/")
        assert told
        assert AuditEvent.objects.get(action="links.check").actor_id == cast.editor.pk
        link_check_go_on(seconds=0)
        running = editor.get("/cms/reports/links/").content.decode()
        assert "Checking: 0 of" in running
        assert "Check the links now" not in running
        assert "already" in editor.post("/cms/reports/links/check/", follow=True).content.decode()
        while link_check_go_on():
            pass
        done = editor.get("/cms/reports/links/").content.decode()
        assert "Last checked on" in done
        assert "a way to nowhere" in done
        assert "Broken: nothing is there" in done
        assert "not set up to reach them" in done

    def test_filters(self, cast: Cast) -> None:
        page = page_with('<p><a href="#nowhere">lost</a><a href="/about/">found</a></p>')
        walk()
        editor = cast.client("editor")
        broken = editor.get("/cms/reports/links/", {"status": "broken"}).content.decode()
        assert "lost" in broken
        assert ">found<" not in broken
        assert "lost" in editor.get("/cms/reports/links/", {"page": page.title, "kind": "anchor"}).content.decode()
        assert "lost" not in editor.get("/cms/reports/links/", {"kind": "document"}).content.decode()

    def test_a_list_for_the_spreadsheet_never_runs_there(self, cast: Cast) -> None:
        page_with('<p><a href="#nowhere">=HYPERLINK("http://evil.example","x")</a></p>')
        walk()
        editor = cast.client("editor")
        table = b"".join(editor.get("/cms/reports/links/?export=csv").streaming_content).decode()
        assert "\"'=HYPERLINK" in table
        assert "Broken: nothing is there" in table
        book = editor.get("/cms/reports/links/?export=xlsx")
        assert b"".join(book.streaming_content)[:2] == b"PK"

    def test_a_page_costs_the_same_however_many_links_there_are(
        self, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        page_with("<p>" + "".join(f'<a href="#n{number}">n</a>' for number in range(40)) + "</p>")
        walk()
        editor = cast.client("editor")
        editor.get("/cms/reports/links/")
        with django_assert_max_num_queries(60):
            editor.get("/cms/reports/links/")

    @pytest.mark.parametrize("who", ["officer", "auditor", "reporter"])
    def test_it_is_for_editors(self, cast: Cast, who: str) -> None:
        person = cast.client(who)
        assert person.get("/cms/reports/links/").status_code == 404
        assert person.post("/cms/reports/links/check/").status_code == 404

    def test_managers_who_only_approve_have_no_report(self, cast: Cast) -> None:
        manager = cast.client("manager")
        assert manager.get("/cms/reports/links/").headers["Location"] == "/cms/"
        manager.post("/cms/reports/links/check/")
        assert not LinkCheck.objects.exists()

    def test_it_is_asked_for_by_a_press_and_not_by_a_link(self, cast: Cast) -> None:
        assert cast.client("editor").get("/cms/reports/links/check/").status_code == 405
        assert Client().post("/cms/reports/links/check/").status_code == 302
        assert not LinkCheck.objects.exists()
