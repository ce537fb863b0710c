"""What the demo shows of related values: a host where reports meet, and no mail provider that ties all to all."""

from __future__ import annotations

import pytest

from efc_portal.accounts.models import User
from efc_portal.cases.related import related_elsewhere
from efc_portal.demo import coalition, known_values
from efc_portal.demo.play import play
from efc_portal.demo.stories import STORIES
from efc_portal.submissions.models import Submission

pytestmark = pytest.mark.django_db

MEET = ("Portefeuille affiché après résiliation", "Helpline: paid by gift card, then threatened")


def test_reports_meet_at_a_host_and_not_at_a_mail_provider() -> None:
    coalition.load()
    known_values.load()
    for number, story in enumerate(STORIES):
        if story.ends == "triage":
            play(story, number)
            play(story, number + len(STORIES))  # the same again with other values, so that two mails share a provider
    officer = User.objects.get(email="ines@efc.example")
    submissions = {one.title: one for one in Submission.objects.select_related("data_key")}
    for one, other in (MEET, MEET[::-1]):
        rows = related_elsewhere(officer, [submissions[one]])
        assert "fanroom40[.]example" in {row.related for row in rows}
        assert other in {submission.title for row in rows for submission in row.submissions}
    with_mail = submissions["Cartes prépayées achetées en série"]
    assert with_mail.sightings.filter(identifier__type="email").exists()
    assert related_elsewhere(officer, [with_mail]) == []
