"""The start page and the triage queue: how long a page takes and how many queries, with few submissions and many."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.browser import Browser, signed_in
from bench.figures import Section, milliseconds
from bench.fill import fill_to
from bench.portal import TrialPortal
from efc_portal.demo.coalition import PASSWORD

CODE = "000000"
OFFICER, REPORTER = "ines@efc.example", "jonas@northbank.example"
PAGES = (
    ("start page of an officer", OFFICER, "/workspace/"),
    ("start page of a reporter", REPORTER, "/workspace/"),
    ("triage queue", OFFICER, "/cases/triage/"),
)
VISITS = 40


@dataclass(frozen=True)
class Visit:
    """What a page took: seconds through the web server, and its queries."""

    seconds: list[float]
    queries: int


def client(email: str) -> Client:
    """A person signed in to the portal inside this process, where queries can be counted."""
    made = Client(SERVER_NAME="127.0.0.1")
    answer = made.post("/accounts/login/", {"login": email, "password": PASSWORD})
    made.post(answer.headers["Location"], {"code": CODE})
    return made


def visit(portal: TrialPortal, submissions: int) -> dict[str, Visit]:
    """Fill the portal to so many submissions, then ask for the pages by turns."""
    fill_to(submissions)
    portal.tidy()
    people = {email: signed_in(portal.port, email=email, password=PASSWORD, code=CODE) for email in (OFFICER, REPORTER)}
    seconds: dict[str, list[float]] = {name: [] for name, *_rest in PAGES}
    for number in range(VISITS + 3):
        for name, email, path in PAGES:
            taken = ask(people[email], path)
            if number >= 3:  # the first ones fill caches
                seconds[name].append(taken)
    for browser in people.values():
        browser.close()
    return {name: Visit(seconds[name], queries(email, path)) for name, email, path in PAGES}


def ask(browser: Browser, path: str) -> float:
    began = time.perf_counter()
    answer = browser.get(path)
    taken = time.perf_counter() - began
    if answer.status != 200:
        raise RuntimeError(f"{path} answers {answer.status}.")
    return taken


def queries(email: str, path: str) -> int:
    person = client(email)
    person.get(path)
    with CaptureQueriesContext(connection) as captured:
        person.get(path)
    return len(captured)


def compare(few: dict[str, Visit], many: dict[str, Visit], numbers: tuple[int, int]) -> Section:
    section = Section(f"Pages with {numbers[0]:,} and {numbers[1]:,} submissions")
    for name in few:
        for visits, number in zip((few, many), numbers, strict=True):
            one = visits[name]
            section.add(f"{name}, {number:,}", milliseconds(one.seconds), f"{one.queries} queries")
        section.require(
            few[name].queries == many[name].queries,
            f"The {name} costs {few[name].queries} queries with {numbers[0]:,} submissions and "
            f"{many[name].queries} with {numbers[1]:,}: it must cost the same.",
        )
    return section
