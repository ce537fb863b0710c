"""Every address of the portal × everybody: visitors, each role, and people of other organisations.

What is expected stands in `tests/access_table.py`. Addresses are found by walking the whole URLconf, those of third
parties included; each is asked with GET and with POST, and everything it did is undone.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils.regex_helper import normalize
from pytest_django import DjangoDbBlocker

from efc_portal.accounts.middleware import ENROLMENT
from efc_portal.partners.permissions import access_of
from tests.access_objects import OBJECTS, world_make
from tests.access_table import ALL, MANAGERS, MARKS, PREFIXES, PUBLIC, TABLE
from tests.access_world import World
from tests.cast import client_for

pytestmark = pytest.mark.django_db

METHODS = ("get", "post")
REFUSED = (403, 404)
SIGN_IN = ("/accounts/login/", "/cms/login/")  # the second leads to the first
SAMPLES = {"uuid": str(uuid.UUID(int=1)), "int": "999999", "uidb36": "1", "key": "x-y"}


@dataclass(frozen=True)
class Route:
    """An address: its name with namespaces, and its parts as `%(name)s` templates."""

    name: str
    template: str
    parameters: tuple[tuple[str, str], ...]  # of what kind, and how called

    def path(self, values: dict[str, Any]) -> str:
        filled = {
            name: str(values.get(name, SAMPLES.get(name, SAMPLES.get(kind, "x")))) for kind, name in self.parameters
        }
        return self.template % filled

    def __str__(self) -> str:
        return self.name or self.template


def walk(patterns: list[URLPattern | URLResolver], namespace: str, before: tuple[str, list]) -> Iterator[Route]:
    for pattern in patterns:
        template, parameters = _template(pattern.pattern)
        here = (before[0] + template, [*before[1], *parameters])
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner, here)
        else:
            yield Route(namespace + (pattern.name or "") if pattern.name else "", here[0], tuple(here[1]))


def _template(pattern: Any) -> tuple[str, list[tuple[str, str]]]:
    if isinstance(pattern, RegexPattern):
        template, names = normalize(str(pattern))[0]
        return template, [("", name) for name in names]
    parameters = [(kind or "str", name) for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", str(pattern))]
    return re.sub(r"<(?:\w+:)?(\w+)>", r"%(\1)s", str(pattern).replace("%", "%%")), parameters


RAISES = "wagtailadmin_error_test"  # raises on purpose, so that editors' operators can see what an error looks like


def routes() -> list[Route]:
    """Every address once: one that stands twice is answered by the first."""
    found: dict[str, Route] = {}
    for route in walk(get_resolver().url_patterns, "", ("/", [])):
        found.setdefault(route.template, route)
    return [route for route in found.values() if route.name != RAISES]


ROUTES = routes()
NOT_OFFERED = re.compile(r"^/accounts/(email|password/set|login/code/confirm|confirm-email)/")


def allowed(route: Route) -> frozenset[str] | None:
    """Who gets in; None when the table has no line for it."""
    if NOT_OFFERED.match(route.template):
        return frozenset()
    for prefix, people in PREFIXES.items():
        if route.template.startswith(prefix):
            return people
    return TABLE.get(route.name)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for the whole module, made before the first test and gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        world_make(world)
        yield world
        transaction.set_rollback(True)


def values_for(route: Route, world: World) -> dict[str, Any]:
    make = OBJECTS.get(route.name) or OBJECTS.get(route.name.split(":")[0])
    return make(world) if make and route.parameters else {}


def ask(client: Client, method: str, path: str) -> HttpResponse:
    """The answer, with everything it did undone, to the cookies too."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(path)
        answer.whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def leads_to(answer: HttpResponse, *paths: str) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].split("?")[0] in paths


def test_every_address_has_a_line() -> None:
    missing = sorted({str(route) for route in ROUTES if route.name not in PUBLIC and allowed(route) is None})
    assert not missing, f"say in tests/access_table.py who may open: {', '.join(missing)}"


def test_no_line_speaks_of_an_address_that_is_gone() -> None:
    gone = sorted((PUBLIC | set(TABLE)) - {route.name for route in ROUTES})
    assert not gone, f"take out of tests/access_table.py: {', '.join(gone)}"


@pytest.mark.parametrize("route", [route for route in ROUTES if route.name not in PUBLIC], ids=str)
def test_visitors_are_sent_to_sign_in_or_find_nothing(world: World, route: Route) -> None:
    path = route.path(values_for(route, world))
    for method in METHODS:
        answer = ask(Client(), method, path)
        assert answer.status_code in (401, 404, 405) or leads_to(answer, *SIGN_IN), (method, path, answer)
        assert "efc_session" not in answer.cookies


@pytest.mark.parametrize("route", [route for route in ROUTES if route.name in PUBLIC], ids=str)
def test_public_addresses_answer(world: World, route: Route) -> None:
    for method in METHODS:
        assert ask(Client(), method, route.path({})).status_code != 500


def test_without_a_second_factor_nothing_opens_but_setting_one_up(world: World) -> None:
    client = client_for(world.cast.newcomer)
    client.get("/accounts/")
    for route in ROUTES:
        if route.name in ENROLMENT:
            continue
        for method in METHODS:
            path = route.path(values_for(route, world))
            assert leads_to(ask(client, method, path), "/accounts/second-factor/"), (method, path)


@pytest.mark.parametrize("who", sorted(ALL))
def test_everybody_gets_where_the_table_says(world: World, who: str) -> None:
    person = getattr(world.cast, who)
    client = client_for(person, fresh=True)
    client.get("/accounts/")  # what the first use of a session writes, it writes once
    wrong, shown = [], set[str]()
    for route in ROUTES:
        people = allowed(route)
        if people is None or route.name in PUBLIC:
            continue
        if who in people and route.template.startswith(tuple(PREFIXES)):
            continue  # what a third party's page does with an empty form of somebody who may is not ours to judge
        path = route.path(values_for(route, world))
        answers = {method: ask(client, method, path) for method in METHODS}
        codes = {method: answer.status_code for method, answer in answers.items()}
        wrong += [
            f"{route} ({path}) shows “{mark}” to {who}"
            for mark, readers in MARKS.items()
            if who not in readers and any(mark.encode() in answer.whole for answer in answers.values())
        ]
        shown |= {mark for mark in MARKS if mark.encode() in answers["get"].whole}
        unknown = codes
        if route.parameters and 403 in codes.values():
            unknown = {method: ask(client, method, route.path({})).status_code for method in METHODS}
        if problem := judge(codes, who, people, world, route, unknown):
            wrong.append(f"{route} ({path}): {problem} {codes}")
    assert not wrong, "\n".join(wrong)
    assert shown == {mark for mark, readers in MARKS.items() if who in readers} or who not in MANAGERS


def judge(
    codes: dict[str, int], who: str, people: frozenset[str], world: World, route: Route, unknown: dict[str, int]
) -> str:
    """What is wrong with the answers of one address to one person; empty when nothing is.

    That an *area* exists is known to every organisation of its kind, that an *object* does to its own alone: whoever
    lacks the role reads the same of an id that nothing has (`unknown`).
    """
    exact = not route.template.startswith(tuple(PREFIXES))
    answers = set(codes.values()) - {405}
    if any(code >= 500 for code in answers):
        return "a server error"
    if who in people:
        return "gets in by no method" if exact and answers <= set(REFUSED) else ""
    if not answers:
        return "takes neither GET nor POST"
    if not answers <= set(REFUSED):
        return "gets in"
    organisation = access_of(getattr(world.cast, who)).organisation
    owners = {access_of(getattr(world.cast, name)).organisation for name in people} - {None}
    of_the_kind = getattr(organisation, "kind", "") in {owner.kind for owner in owners}
    may_know = organisation in owners or (unknown == codes if route.parameters else of_the_kind)
    if 403 in answers and not may_know:
        return "learns that it exists"
    return ""
