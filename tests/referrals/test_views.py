"""Referral pages: what a link may ask of them, and who may read what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from efc_portal.referrals.models import Referral, Release
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


def test_the_agency_finds_what_to_do_before_what_to_read_and_is_told_when_its_day_has_passed(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    referral = stages.delivered(stages.referral_of(cast.officer, case, cast.agency), cast.officer, cast.manager)
    investigator, url = cast.client("investigator"), reverse("referrals:detail", args=[referral.pk])
    page = investigator.get(url).content.decode()
    summary = page.index("<h2>Summary</h2>")
    assert page.index(reverse("referrals:acknowledge", args=[referral.pk])) < summary
    assert page.index(reverse("referrals:package", args=[referral.pk])) < summary
    assert f"unzip {referral.reference}.zip\n" in page  # the file holds a folder of that name
    assert "Overdue" not in page
    assert "Overdue" not in investigator.get(reverse("referrals:list")).content.decode()
    Referral.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    for who in ("investigator", "officer"):
        client = cast.client(who)
        assert "Overdue" in client.get(url).content.decode()
        assert "Overdue" in client.get(reverse("referrals:list")).content.decode()


def test_the_page_is_loaded_anew_when_the_package_is_delivered(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    referral = stages.delivered(stages.referral_of(cast.officer, case, cast.agency), cast.officer, cast.manager)
    answer = cast.client("manager").get(reverse("referrals:progress", args=[referral.pk]))
    assert answer.headers["HX-Refresh"] == "true"


def test_what_was_not_told_with_the_outcome_can_be_told_later(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    referral = stages.delivered(stages.referral_of(cast.officer, case, cast.agency), cast.officer, cast.manager)
    client = cast.client("investigator")

    def post(name: str, **data: str) -> int:
        answer = client.post(reverse(f"referrals:{name}", args=[referral.pk]), {"tell": "", **data})
        return int(answer.status_code)

    assert post("acknowledge") == post("accept") == 302
    assert post("tell", tell="result") == 422  # there is none yet
    assert post("conclude", count_no_result="on", tell="result") == 422
    assert post("conclude", count_person_arrested="1", tell="no_action") == 422
    assert post("conclude", count_person_arrested="1") == 302
    assert post("tell", tell="no_action") == 422
    assert post("tell", tell="result_codes") == 302
    assert list(Release.objects.values_list("kind", flat=True)) == ["result_codes"]
