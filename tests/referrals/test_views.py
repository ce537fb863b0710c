"""Referral pages: what a link may ask of them, and who may read what."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.factories import stages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sort", ["--created_at", "-", "status__in", "drafted_by"])
def test_an_unknown_order_in_a_link_is_ignored(cast: Cast, sort: str) -> None:
    assert cast.client("officer").get(reverse("referrals:list"), {"sort": sort}).status_code == 200


def test_a_draft_shows_its_case_to_whoever_may_open_that_alone(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    url = reverse("referrals:edit", args=[stages.referral_of(cast.officer, case, cast.agency).pk])
    assert cast.client("officer").get(url).status_code == 200
    colleague = cast.client("second_officer")
    assert colleague.get(url).headers["Location"] == reverse("cases:consult", args=[case.pk])
    colleague.post(reverse("cases:consult", args=[case.pk]), {"reason": "other", "detail": "Stands in for Olga."})
    assert colleague.get(url).status_code == 200
