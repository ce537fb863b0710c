"""The table of roles: complete, in words, and asked the same way everywhere."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import RoleMissing, require
from efc_portal.partners.enums import OrganisationKind, Role
from efc_portal.partners.permissions import ROLES, WORDS, access_of
from efc_portal.partners.selectors import abilities_of, people_who_may
from tests.cast import Cast


def test_every_permission_is_held_by_some_role_and_said_in_words() -> None:
    held = set().union(*(permissions for table in ROLES.values() for permissions in table.values()))
    assert held == set(Permission) == set(WORDS)


def test_every_role_stands_in_the_table_and_lets_people_do_the_same_wherever_it_is_given() -> None:
    assert {role for table in ROLES.values() for role in table} == set(Role)
    for role in Role:
        assert len({table[role] for table in ROLES.values() if role in table}) == 1


def test_nobody_both_drafts_and_approves_by_one_role() -> None:
    for permissions in ROLES[OrganisationKind.SECRETARIAT].values():
        assert not {Permission.REFERRAL_DRAFT, Permission.REFERRAL_APPROVE} <= permissions


def test_a_visitor_may_nothing() -> None:
    assert access_of(AnonymousUser()).permissions == frozenset()


def test_access_is_read_once_for_a_person(cast: Cast) -> None:
    user = type(cast.reporter).objects.get(pk=cast.reporter.pk)
    with CaptureQueriesContext(connection) as queries:
        for _again in range(3):
            access_of(user)
    assert len(queries) == 1


def test_what_one_may_do_is_said_role_by_role(cast: Cast) -> None:
    (ability,) = abilities_of(access_of(cast.reporter))
    assert ability.role == Role.REPORTER
    assert ability.abilities[0].startswith("Write and finish submissions")
    assert abilities_of(access_of(cast.outsider)) == []


def test_people_to_tell_are_those_who_may_and_are_here(cast: Cast) -> None:
    people = [cast.reporter, cast.coordinator, cast.officer, cast.outsider]
    assert set(people_who_may(Permission.SUBMISSION_CREATE)) == set(people[:2])
    assert people_who_may(Permission.SUBMISSION_CREATE, organisation_id=cast.ngo.pk) == [cast.coordinator]


# --- the guard of views


@require(Permission.REFERRAL_APPROVE)
def approve(request: HttpRequest) -> HttpResponse:
    return HttpResponse("approved")


def ask(user: object, **headers: str) -> HttpResponse:
    request = RequestFactory().get("/referrals/1/approve/?x=1", headers=headers)
    request.user = user
    return approve(request)


def test_whoever_holds_the_permission_gets_in(cast: Cast) -> None:
    assert ask(cast.manager).content == b"approved"


def test_a_colleague_reads_which_role_it_needs(cast: Cast) -> None:
    with pytest.raises(RoleMissing, match="needs the role Manager"):
        ask(cast.officer)


@pytest.mark.parametrize("who", ["reporter", "coordinator", "liaison", "outsider"])
def test_for_everybody_else_it_is_not_there(cast: Cast, who: str) -> None:
    with pytest.raises(Http404):
        ask(getattr(cast, who))


def test_a_visitor_is_sent_to_sign_in_and_back() -> None:
    answer = ask(AnonymousUser())
    assert answer.headers["Location"] == "/accounts/login/?next=%2Freferrals%2F1%2Fapprove%2F%3Fx%3D1"


def test_a_part_of_a_page_makes_the_page_load_again() -> None:
    answer = ask(AnonymousUser(), **{"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (401, "true")
