"""What submitters are told of a referral: what was released, from its time on, in one fixed sentence each."""

from __future__ import annotations

from django.utils import timezone

from efc_portal.referrals.enums import OutcomeCode, ReleaseKind
from efc_portal.referrals.models import Release
from efc_portal.submissions.models import Submission
from efc_portal.submissions.selectors import Feedback, feedback_source


@feedback_source
def released_feedback(submission: Submission) -> list[Feedback]:
    releases = Release.objects.filter(referral__submissions=submission, release_at__lte=timezone.now())
    return [Feedback(one.release_at, sentence_of(one)) for one in releases.prefetch_related("referral__outcomes")]


def sentence_of(release: Release) -> str:
    """The sentence of a release; outcome codes are named, their counts are not."""
    kind = ReleaseKind(release.kind)
    if kind != ReleaseKind.RESULT_CODES:
        return str(kind.label)
    codes = (str(OutcomeCode(one.code).label) for one in release.referral.outcomes.all())
    return str(kind.label) % {"outcomes": ", ".join(codes)}
