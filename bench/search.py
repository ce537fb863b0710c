"""Search with a hundred news items and reports, and with 10,000 and 2,000: times, queries, and how they compare.

Part of `make bench`; alone: `python -m bench.search`.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.browser import Browser
from bench.figures import Section, milliseconds, p95
from bench.portal import TrialPortal

FEW, MANY = (80, 20), (10_000, 2_000)  # news items and reports
MOST_TIMES = 3.0  # what p95 may take with many, in times of what it takes with few
ROUNDS = 12
SEARCHES: tuple[dict[str, str], ...] = (
    {"q": "payment"},  # stands in four texts of five
    {"q": "coalition bank"},
    {"q": "vouchers", "kind": "reports"},
    {"q": "transfers", "year": "2026", "sort": "date"},
    {"q": "training investigators merchant"},
    {"q": '"gift card"'},
    {"q": "assess"},  # still being typed
    {"q": "wallet -exchange"},
    {"q": "police or evidence", "page": "3"},
    {"q": "bader"},
    {"q": "conver meeting"},
    {"q": "nobody wrote zyzzyva"},  # not all words
    {"q": "zyzzyva"},  # nothing
)


@dataclass(frozen=True)
class Visit:
    """What searching took: seconds of each search through the web server, and the queries of the page."""

    seconds: list[float]
    slowest: str
    queries: dict[str, int]


def measure(portal: TrialPortal) -> Section:
    """Fill the site of a running portal twice, and search it each time."""
    section = Section("Search with 100 news items and reports, and with 12,000")
    few = _visit(portal, FEW, section)
    many = _visit(portal, MANY, section)
    times = p95(many.seconds) / p95(few.seconds)
    section.add("p95 with many, in times of p95 with few", f"{times:.1f} ×", f"at most {MOST_TIMES:.0f}")
    section.require(times <= MOST_TIMES, f"Searching takes {times:.1f} times as long with 12,000 items as with 100.")
    for path, queries in few.queries.items():
        section.require(
            many.queries[path] <= queries,
            f"{path} costs {queries} queries with 100 items, {many.queries[path]} with 12,000: it must cost no more.",
        )
    return section


def _visit(portal: TrialPortal, numbers: tuple[int, int], section: Section) -> Visit:
    _rebuild(numbers, section)
    portal.tidy()
    browser = Browser(portal.port)
    taken: dict[str, list[float]] = {_path(one): [] for one in SEARCHES}
    for number in range(ROUNDS + 2):
        for path, seconds in taken.items():
            began = time.perf_counter()
            answer = browser.get(path)
            if number >= 2:  # the first ones fill caches
                seconds.append(time.perf_counter() - began)
            if answer.status != 200:
                raise RuntimeError(f"{path} answers {answer.status}.")
    browser.close()
    slowest = max(taken, key=lambda path: p95(taken[path]))
    every = [one for seconds in taken.values() for one in seconds]
    visit = Visit(every, slowest, {path: _queries(path) for path in taken})
    counts = sorted(set(visit.queries.values()))
    section.add(
        f"searching {sum(numbers):,} items",
        milliseconds(every),
        f"{counts[0]} to {counts[-1]} queries a page; slowest: {slowest} (p95 {p95(taken[slowest]) * 1000:.0f} ms)",
    )
    return visit


def _rebuild(numbers: tuple[int, int], section: Section) -> None:
    from bench.site import site_fill  # Django is set up by now
    from efc_portal.website.loading import site_load
    from efc_portal.website.search.services import search_rebuild

    site_load(demo=False)
    site_fill(news=numbers[0], reports=numbers[1])
    began = time.perf_counter()
    done = max(search_rebuild(), default=0)
    taken = time.perf_counter() - began
    if numbers == MANY:
        section.add("pages written to the index anew", f"{done / taken:.0f}/s", f"{done:,} pages in {taken:.0f} s")


def _path(search: dict[str, str]) -> str:
    return f"/search/?{urlencode(search)}"


def _queries(path: str) -> int:
    """The queries of a page, in this process."""
    visitor = Client(SERVER_NAME="127.0.0.1")
    visitor.get(path)
    with CaptureQueriesContext(connection) as captured:
        visitor.get(path)
    return len(captured)


def main() -> None:
    """A portal of its own, its site, and this section alone."""
    from bench.figures import as_text
    from bench.portal import trial_database, trial_folder, trial_portal
    from deploy.local.run import Stopping, stoppable
    from deploy.local.stop import told

    with told(), stoppable():
        try:
            with (
                trial_database(),
                trial_folder("efc-trial-") as folder,
                trial_portal(folder, settings="bench.settings", fill=lambda: None) as portal,
            ):
                section = measure(portal)
            print(as_text([section]))
            if section.missed:
                sys.exit("Something that must hold does not: see MISSED above.")
        except Stopping:
            print("Stopped.")


if __name__ == "__main__":
    main()
