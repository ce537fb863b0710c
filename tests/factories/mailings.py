"""Mailings, brought where they stand by the services that do it in earnest."""

from __future__ import annotations

from collections.abc import Mapping

from efc_portal.accounts.models import User
from efc_portal.partners.mailings.segments import Segment, fingerprint
from efc_portal.partners.mailings.selectors import people_meant
from efc_portal.partners.mailings.services import mailing_create, mailing_queue
from efc_portal.partners.models import Mailing
from efc_portal.partners.models.mailing import Text

TEXTS: Mapping[str, Text] = {
    "en": {"subject": "The meeting in May", "body": "Dear colleagues,\n\nwe meet on 4 May."},
}
FRENCH: Mapping[str, Text] = {
    **TEXTS,
    "fr": {"subject": "La réunion de mai", "body": "Chers collègues,\n\nnous nous réunissons le 4 mai."},
}


def mailing_draft_of(manager: User, segment: Segment | None = None, texts: Mapping[str, Text] = TEXTS) -> Mailing:
    """To whoever looks after a member, unless told otherwise."""
    return mailing_create(actor=manager, texts=texts, segment=segment or Segment())


def mailing_queued_of(manager: User, segment: Segment | None = None, texts: Mapping[str, Text] = TEXTS) -> Mailing:
    mailing = mailing_draft_of(manager, segment, texts)
    people = fingerprint(people_meant(Segment.of(mailing.segment)))
    mailing_queue(mailing=mailing, version=1, people=people, actor=manager)
    return mailing
