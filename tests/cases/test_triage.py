"""One submission before an officer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.factories import stages

pytestmark = pytest.mark.django_db


def test_what_lies_in_a_case_opens_as_the_case_does(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    url = reverse("cases:triage_detail", args=[submission.pk])
    colleague = cast.client("second_officer")
    assert colleague.get(url).status_code == 200  # before: every officer decides on the queue
    case = stages.case_of(cast.officer, submission)
    assert cast.client("officer").get(url).status_code == 200
    consult = reverse("cases:consult", args=[case.pk])
    for answer in (colleague.get(url), colleague.post(reverse("cases:ask", args=[submission.pk]), {"body": ""})):
        assert answer.headers["Location"] == consult
    colleague.post(consult, {"reason": "other", "detail": "Stands in for Olga."})
    assert submission.title in colleague.get(url).content.decode()
