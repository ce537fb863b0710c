"""What the public site asks about people (`core.colleagues`): it may not know roles, nor send mail itself."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from efc_portal.accounts.models import User
from efc_portal.core.colleagues import Answers, SiteMessage, answer_with
from efc_portal.notifications import services
from efc_portal.partners.selectors import people_who_may

MAILS = {
    SiteMessage.WAITS: services.mail_page_waits_for_approval,
    SiteMessage.APPROVED: services.mail_page_approved,
    SiteMessage.RETURNED: services.mail_page_returned,
    SiteMessage.COMMENTED: services.mail_page_commented,
    SiteMessage.CHANGED: services.mail_table_changed,
}


def introduce() -> None:
    answer_with(Answers(who_may=people_who_may, tell=_tell))


def _tell(message: SiteMessage, people: Iterable[UUID], path: str) -> None:
    MAILS[message](User.objects.filter(pk__in=list(people)), path=path)
