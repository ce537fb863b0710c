"""Who did something on a referral, as each side reads it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from efc_portal.referrals.enums import ReleaseKind
from efc_portal.referrals.models import Referral
from efc_portal.referrals.services import referral_acknowledge, referral_release
from efc_portal.referrals.timeline import referral_timeline
from tests.cast import Cast
from tests.factories import stages


@pytest.fixture
def referral(cast: Cast) -> Referral:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    sent = stages.delivered(stages.referral_of(cast.officer, case, cast.agency), cast.officer, cast.manager)
    referral_acknowledge(referral=sent, actor=cast.investigator)
    referral_release(referral=sent, kind=ReleaseKind.RECEIVED, release_at=None, actor=cast.liaison)
    return sent


def by(referral: Referral, reader: object) -> dict[str, str]:
    return {entry.title: entry.by for entry in referral_timeline(referral, reader=reader)}


def test_the_secretariat_reads_its_own_people_and_the_agency_as_one(cast: Cast, referral: Referral) -> None:
    read = by(referral, cast.manager)
    assert read["Drafted"] == "Olga Novak"
    assert read["Approved by a second person"] == "Marta Silva"
    assert read["Delivered to the inbox"] == ""
    assert read["Acknowledged"] == "National Unit North"
    assert read["Told to the submitters, or to be told at the chosen time"] == "National Unit North"


def test_the_agency_reads_its_own_people_and_nobody_elses(cast: Cast, referral: Referral) -> None:
    read = by(referral, cast.liaison)
    assert "Drafted" not in read
    assert read["Acknowledged"] == "Ilse Bakker"
    assert read["Told to the submitters, or to be told at the chosen time"] == "Luc Peeters"


@pytest.mark.parametrize(
    ("who", "unseen"),
    [("liaison", ("Olga Novak", "Marta Silva", "@")), ("officer", ("Ilse Bakker", "Luc Peeters", "@north"))],
)
def test_the_page_shows_no_more(cast: Cast, referral: Referral, who: str, unseen: tuple[str, ...]) -> None:
    answer: HttpResponse = cast.client(who).get(f"/referrals/{referral.pk}/")
    page = answer.content.decode()
    timeline = page[page.index('class="timeline"') :]
    for words in unseen:
        assert words not in timeline[: timeline.index("</ol>")]
