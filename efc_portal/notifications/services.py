"""One function per message. Each takes the people it goes to, the reference of what it speaks of, and its path.

A message says that something waits, and where; never what. It is committed with the change that causes it and sent
by the workflow, to each person in the person's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from efc_portal.notifications.models import Mail
from efc_portal.workflow.services import work_enqueue_new

_REFERENCE = re.compile(r"([ACMRS]-\d{4}-\d{6})?")
_PATH = re.compile(r"/[a-z0-9/_-]*")


class Recipient(Protocol):
    """A person, as far as a message needs to know one."""

    pk: UUID
    is_active: bool


def mail_submission_received(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the reporter: what was sent has arrived; the receipt is in the portal."""
    _mail("submission_received", users, reference, path)


def mail_child_in_danger(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the duty officers, before all other mail: a reporter ticked that a child may be in danger now."""
    _mail("child_in_danger", users, reference, path, urgent=True)


def mail_more_asked(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the submitting organisation: an officer asks for more."""
    _mail("more_asked", users, reference, path)


def mail_answer_received(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the officers: the submitting organisation wrote."""
    _mail("answer_received", users, reference, path)


def mail_submission_decided(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the submitting organisation: an officer has decided on the submission."""
    _mail("submission_decided", users, reference, path)


def mail_referral_waits_for_approval(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the managers: a draft waits for somebody else's approval."""
    _mail("referral_waits_for_approval", users, reference, path)


def mail_referral_delivered(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the agency: a package is in its inbox."""
    _mail("referral_delivered", users, reference, path)


def mail_referral_answered(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the officers: the agency has answered."""
    _mail("referral_answered", users, reference, path)


def mail_value_withdrawn(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To who received a value in a referral or a case: it was taken back."""
    _mail("value_withdrawn", users, reference, path)


def mail_feedback_released(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the submitting organisation: an agency lets it know something."""
    _mail("feedback_released", users, reference, path)


def mail_message_received(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the secretariat: a visitor of the public site has written."""
    _mail("message_received", users, reference, path)


def mail_record_damaged(users: Iterable[Recipient], *, path: str) -> None:
    """To auditors and managers, before other mail: the daily verification found the audit record damaged."""
    _mail("record_damaged", users, "", path, urgent=True)


def mail_page_waits_for_approval(users: Iterable[Recipient], *, path: str) -> None:
    """To who may approve: a page of the public site waits for somebody who had no part in it."""
    _mail("page_waits_for_approval", users, "", path)


def mail_page_approved(users: Iterable[Recipient], *, path: str) -> None:
    """To who submitted it: a page of the public site was approved."""
    _mail("page_approved", users, "", path)


def mail_page_returned(users: Iterable[Recipient], *, path: str) -> None:
    """To who submitted it: somebody asks for changes of a page of the public site."""
    _mail("page_returned", users, "", path)


def mail_page_commented(users: Iterable[Recipient], *, path: str) -> None:
    """To who follows a page of the public site: there are new or settled comments on it."""
    _mail("page_commented", users, "", path)


def mail_table_changed(users: Iterable[Recipient], *, path: str) -> None:
    """To who may approve pages: one person changed a table of the public site, and readers see it already."""
    _mail("table_changed", users, "", path)


# --- people: invitations, roles, lost second factors


def mail_invitation_accepted(users: Iterable[Recipient], *, path: str) -> None:
    """To who invited: the person has taken the place."""
    _mail("invitation_accepted", users, "", path)


def mail_invitation_unusual(users: Iterable[Recipient], *, path: str) -> None:
    """To the managers who had no part in it: somebody may become a manager, or has an address outside the domains."""
    _mail("invitation_unusual", users, "", path)


def mail_roles_changed(users: Iterable[Recipient], *, path: str) -> None:
    """To the person: somebody changed what they may do."""
    _mail("roles_changed", users, "", path)


def mail_suspension_lifted(users: Iterable[Recipient], *, path: str) -> None:
    """To the person: they can sign in again."""
    _mail("suspension_lifted", users, "", path)


def mail_work_handed_over(users: Iterable[Recipient], *, path: str) -> None:
    """To the colleague: the open work of somebody who left is theirs now."""
    _mail("work_handed_over", users, "", path)


def mail_work_left(users: Iterable[Recipient], *, path: str) -> None:
    """To the secretariat: somebody left open work, and no colleague can take it over."""
    _mail("work_left", users, "", path)


def mail_factor_reset_waits(users: Iterable[Recipient], *, path: str) -> None:
    """To who may approve: somebody asked that a lost second factor be taken off."""
    _mail("factor_reset_waits", users, "", path)


def mail_factor_reset_stopped(users: Iterable[Recipient], *, path: str) -> None:
    """To who asked and who approved: the person stopped it, so somebody else may have asked them."""
    _mail("factor_reset_stopped", users, "", path, urgent=True)


# --- applications to join


def mail_application_received(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the managers: an organisation applies to join."""
    _mail("application_received", users, reference, path)


def mail_application_answered(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the managers: an applicant has written."""
    _mail("application_answered", users, reference, path)


def mail_application_withdrawn(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the managers: an applicant has withdrawn."""
    _mail("application_withdrawn", users, reference, path)


def mail_sponsor_asked(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the coordinators of a member: it is asked to be the sponsor of an applicant."""
    _mail("sponsor_asked", users, reference, path)


def mail_sponsor_answered(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the managers: the member that was asked to be the sponsor has answered."""
    _mail("sponsor_answered", users, reference, path)


def mail_candidate_to_comment(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the members: somebody wants to join, and comments are open."""
    _mail("candidate_to_comment", users, reference, path)


def mail_vote_called(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the steering committee: its vote is called for."""
    _mail("vote_called", users, reference, path)


def mail_vote_over(users: Iterable[Recipient], *, reference: str, path: str) -> None:
    """To the managers: everybody on the committee has voted."""
    _mail("vote_over", users, reference, path)


# --- the memorandum


def mail_memorandum_waits(users: Iterable[Recipient], *, path: str) -> None:
    """To who signs for a member: a version of the memorandum waits for being accepted."""
    _mail("memorandum_waits", users, "", path)


def mail_memorandum_reminder(users: Iterable[Recipient], *, path: str) -> None:
    """To who signs for a member: the memorandum is not accepted yet, and the deadline comes near."""
    _mail("memorandum_reminder", users, "", path)


def mail_memorandum_to_countersign(users: Iterable[Recipient], *, path: str) -> None:
    """To the managers: a party has accepted the memorandum."""
    _mail("memorandum_to_countersign", users, "", path)


def mail_memorandum_countersigned(users: Iterable[Recipient], *, path: str) -> None:
    """To who accepted it for a member: the memorandum is countersigned, and the receipt is in the portal."""
    _mail("memorandum_countersigned", users, "", path)


# --- standing: reviews and leaving


def mail_standing_grace(users: Iterable[Recipient], *, path: str) -> None:
    """To the coordinators: their organisation has something to mend by a day."""
    _mail("standing_grace", users, "", path)


def mail_standing_active(users: Iterable[Recipient], *, path: str) -> None:
    """To the coordinators: their organisation is active again."""
    _mail("standing_active", users, "", path)


def mail_standing_suspended(users: Iterable[Recipient], *, path: str) -> None:
    """To the coordinators: their organisation is suspended, and nobody of it can work in the portal."""
    _mail("standing_suspended", users, "", path)


def mail_standing_left(users: Iterable[Recipient], *, path: str) -> None:
    """To the coordinators: their organisation has left the coalition."""
    _mail("standing_left", users, "", path)


def mail_grace_over(users: Iterable[Recipient], *, path: str) -> None:
    """To the managers: the day by which an organisation had to mend something has passed."""
    _mail("grace_over", users, "", path)


def mail_review_opened(users: Iterable[Recipient], *, path: str) -> None:
    """To the coordinators: the yearly review is open, and due in thirty days."""
    _mail("review_opened", users, "", path)


def mail_review_soon(users: Iterable[Recipient], *, path: str) -> None:
    """To the coordinators: the yearly review is due soon."""
    _mail("review_soon", users, "", path)


def mail_review_due(users: Iterable[Recipient], *, path: str) -> None:
    """To the coordinators: the yearly review is due today."""
    _mail("review_due", users, "", path)


def mail_reviews_overdue(users: Iterable[Recipient], *, path: str) -> None:
    """To the managers: yearly reviews have been overdue for two weeks."""
    _mail("reviews_overdue", users, "", path)


def mail_suspensions_due(users: Iterable[Recipient], *, path: str) -> None:
    """To the managers: yearly reviews are so long overdue that somebody must decide on a suspension."""
    _mail("suspensions_due", users, "", path)


def mail_leave_asked(users: Iterable[Recipient], *, path: str) -> None:
    """To the managers: an organisation asks to leave."""
    _mail("leave_asked", users, "", path)


def mail_leave_decided(users: Iterable[Recipient], *, path: str) -> None:
    """To the coordinators: the secretariat has decided on their request to leave, or called it off."""
    _mail("leave_decided", users, "", path)


def mail_handed_over(users: Iterable[Recipient], *, path: str) -> None:
    """To a colleague: they answer for their organisation's open submissions until its last day."""
    _mail("handed_over", users, "", path)


# --- single sign-on and devices


def _mail(template: str, users: Iterable[Recipient], reference: str, path: str, *, urgent: bool = False) -> None:
    """Commit a message to each active person with the running transaction, and have it sent."""
    if not _REFERENCE.fullmatch(reference) or not _PATH.fullmatch(path):
        raise ValueError("a message carries at most a reference and a path of the portal")
    values = {"reference": reference, "path": path}
    mails = [Mail(to_id=user.pk, template=template, values=values) for user in users if user.is_active]
    Mail.objects.bulk_create(mails)
    work_enqueue_new("mail.send", [mail.pk for mail in mails], urgent=urgent)
