"""The public site: finished pages beside a bare Django view, the weight of a first visit, and long lists."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser, sync_playwright

from bench.bare import BARE, UNCACHED
from bench.figures import Section, median
from bench.fill_site import fill_site_to
from bench.portal import TrialPortal
from bench.readers import BROWSER, read
from efc_portal.website.loading import site_load

PAGES = (("home", "/"), ("list of news", "/news/"), ("a report", "/reports/strategic-assessment-2026/"))
LISTS = ("/", "/news/", "/news/?page=3", "/news/?kind=event", "/news/feed.xml", "/reports/", "/reports/?page=2")
FEW, MANY = (100, 20), (10_000, 2_000)  # news items and reports
ROUNDS, SECONDS = 7, 0.6
GOAL_RATIO, GOAL_KB = 0.8, 150
CHROMIUM = shutil.which("chromium")
SHIFTS = """() => new Promise(done => { let sum = 0;
    new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
        .observe({type: "layout-shift", buffered: true});
    scrollTo(0, document.body.scrollHeight); setTimeout(() => done(sum), 500); })"""


@dataclass
class Rates:
    """Requests a second of a page, in several rounds, and of the bare view right before each."""

    bare: list[float] = field(default_factory=list)
    cached: list[float] = field(default_factory=list)
    uncached: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return median([cached / bare for cached, bare in zip(self.cached, self.bare, strict=True)])


def measure(portal: TrialPortal) -> Section:
    site_load(demo=True)
    fill_site_to(news=FEW[0], reports=FEW[1])
    few = queries()
    fill_site_to(news=MANY[0], reports=MANY[1])
    portal.tidy()
    section = Section(f"The public site, with {MANY[0]:,} news items and {MANY[1]:,} reports")
    _speed(portal, section)
    _lists(section, few, queries())
    _visit(portal, section)
    return section


def _speed(portal: TrialPortal, section: Section) -> None:
    found = {name: Rates() for name, _path in PAGES}
    readers, web, asked = [], 0.0, 0.0
    for _round in range(ROUNDS):
        for name, path in PAGES:
            rates = found[name]
            rates.bare.append(read(portal.port, "/bare/", SECONDS, f"X-Bench: {BARE}").rate)
            before = portal.cpu_seconds()["web"]
            cached = read(portal.port, path, SECONDS, BROWSER)
            web, asked = web + portal.cpu_seconds()["web"] - before, asked + cached.rate * SECONDS
            rates.cached.append(cached.rate)
            readers.append(cached.share)
            rates.uncached.append(read(portal.port, path, SECONDS, BROWSER, f"X-Bench: {UNCACHED}").rate)
    bare = median([rate for rates in found.values() for rate in rates.bare])
    section.add("bare Django view, no middleware", f"{bare:,.0f}/s", "the reference: same server, same run, by turns")
    for name, rates in found.items():
        section.add(
            f"{name}, from memory", f"{median(rates.cached):,.0f}/s", f"{rates.ratio:.2f} × the bare view right before"
        )
        section.add(f"{name}, made anew", f"{median(rates.uncached):,.0f}/s", "each time")
        section.require(
            rates.ratio >= GOAL_RATIO,
            f"From memory, {name} comes {rates.ratio:.2f} times as fast as a bare view; the goal is {GOAL_RATIO}.",
        )
    section.add(
        "CPU time of a page from memory", f"{web / asked * 1e6:.0f} µs", f"readers {median(readers):.0%} of a core"
    )


def queries() -> dict[str, int]:
    """The queries of each list when it is made anew, counted inside this process."""
    client, found = Client(SERVER_NAME="127.0.0.1"), {}
    for path in LISTS:
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(path, headers={"X-Bench": UNCACHED})
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answers {answer.status_code}.")
        found[path] = len(captured)
    return found


def _lists(section: Section, few: dict[str, int], many: dict[str, int]) -> None:
    for path in LISTS:
        section.add(f"queries of {path}", str(many[path]), f"{few[path]} with {FEW[0]} news items, {FEW[1]} reports")
        section.require(
            many[path] <= few[path],
            f"{path} costs {few[path]} queries with {FEW[0]} news items and {many[path]} with {MANY[0]:,}: "
            "it must cost no more.",
        )


def _visit(portal: TrialPortal, section: Section) -> None:
    """A first visit in Chromium: what it loads, and how much of a page moves while it does."""
    if CHROMIUM is None:
        section.add("weight and layout shift", "not measured", "no Chromium here")
        return
    with _browser() as browser:
        kilobytes = _weight(browser, portal.address)
        section.add(
            "weight of a first visit to the home page", f"{kilobytes:.0f} kB", f"without pictures; goal {GOAL_KB}"
        )
        section.require(kilobytes <= GOAL_KB, f"A first visit loads {kilobytes:.0f} kB; the goal is {GOAL_KB} kB.")
        for width in (390, 1280):
            for name, path in PAGES:
                context = browser.new_context(viewport={"width": width, "height": 800})
                page = context.new_page()
                page.goto(portal.address + path, wait_until="networkidle")
                shift = float(page.evaluate(SHIFTS))
                context.close()
                section.add(f"layout shift of {name}, {width} pixels", f"{shift:.3f}")
                section.require(shift == 0, f"{name} at {width} pixels moves while it loads: {shift:.4f}.")


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _weight(browser: Browser, address: str) -> float:
    """Kilobytes on the wire, headers included, of everything but pictures."""
    context = browser.new_context()
    page, kinds, sizes = context.new_page(), {}, {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def sent(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def loaded(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.responseReceived", sent)
    session.on("Network.loadingFinished", loaded)
    page.goto(address, wait_until="networkidle")
    context.close()
    return sum(size for request, size in sizes.items() if kinds.get(request) != "Image") / 1000
