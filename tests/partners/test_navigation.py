"""The workspace's navigation and start page, made of what apps register."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from efc_portal.core.permissions import Permission
from efc_portal.partners import navigation
from efc_portal.partners.navigation import desk_of, navigation_item, start_tile
from tests.cast import PEOPLE, Cast

asked: list[str] = []


def waiting(user: AbstractBaseUser) -> int:
    asked.append(str(user))
    return 3


def nothing(user: AbstractBaseUser) -> int:
    return 0


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty registry with three entries of our own."""
    monkeypatch.setattr(navigation, "_items", [])
    monkeypatch.setattr(navigation, "_tiles", [])
    asked.clear()
    navigation_item(
        label="Second", url_name="workspace", permission=Permission.SUBMISSION_TRIAGE, order=20, group="Work"
    )
    navigation_item(
        label="First",
        url_name="accounts_profile",
        permissions=(Permission.SUBMISSION_TRIAGE, Permission.SUBMISSION_CREATE),
        order=10,
        count=waiting,
    )
    shared = {"url_name": "workspace", "action": "Open", "empty": "Nothing waits."}
    start_tile(label="Quiet", permission=Permission.SUBMISSION_TRIAGE, order=1, count=nothing, **shared)
    start_tile(label="Waits", permission=Permission.SUBMISSION_TRIAGE, order=3, count=waiting, query="?q=1", **shared)
    start_tile(label="Urgent", permission=Permission.SUBMISSION_TRIAGE, order=4, count=waiting, urgent=True, **shared)
    return


def desk(user: AbstractBaseUser, path: str = "/workspace/") -> navigation.Desk:
    request = RequestFactory().get(path)
    request.user = user
    return desk_of(request)


def test_items_stand_in_order_and_groups(cast: Cast, registry: None) -> None:
    groups = desk(cast.officer).groups()
    assert [(group["label"], [item["label"] for item in group["items"]]) for group in groups] == [
        ("", ["First"]),
        ("Work", ["Second"]),
    ]
    first, second = groups[0]["items"][0], groups[1]["items"][0]
    assert (first["count"], first["current"], first["url"]) == (3, False, "/accounts/")
    assert (second["count"], second["current"]) == (None, True)


def test_people_see_what_they_may(cast: Cast, registry: None) -> None:
    (group,) = desk(cast.reporter).groups()
    assert [item["label"] for item in group["items"]] == ["First"]
    assert desk(cast.reporter).tiles() == []
    assert desk(cast.outsider).groups() == []


def test_what_is_urgent_comes_first_and_what_is_done_last(cast: Cast, registry: None) -> None:
    tiles = desk(cast.officer).tiles()
    assert [entry["tile"].label for entry in tiles] == ["Urgent", "Waits", "Quiet"]
    assert tiles[1]["tile"].url == "/workspace/?q=1"


def test_a_count_is_asked_once_for_a_page(cast: Cast, registry: None) -> None:
    one = desk(cast.officer)
    one.groups(), one.tiles(), one.groups()
    assert len(asked) == 1


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "newcomer"])
def test_everybody_has_a_start_page_in_the_same_number_of_queries(cast: Cast, who: str) -> None:
    client = cast.client(who)
    client.get("/workspace/")
    with CaptureQueriesContext(connection) as first:
        client.get("/workspace/")
    with CaptureQueriesContext(connection) as second:
        page = client.get("/workspace/")
    assert len(first) == len(second) <= 14
    assert page.status_code == 200


def test_whoever_belongs_nowhere_reads_so(cast: Cast) -> None:
    assert "belongs to no organisation" in cast.client("outsider").get("/workspace/").content.decode()


def test_the_next_thing_to_do_stands_on_top(cast: Cast, registry: None) -> None:
    page = cast.client("officer").get("/workspace/").content.decode()
    assert "Urgent: 3" in page
    assert "Nothing waits." in page


def test_an_editor_finds_the_way_to_the_site(cast: Cast) -> None:
    page = cast.client("editor").get("/workspace/").content.decode()
    assert page.count('href="/cms/"') >= 2
    assert 'href="/cms/"' not in cast.client("officer").get("/workspace/").content.decode()
