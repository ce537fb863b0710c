"""Everything that writes submissions, by noun: drafts, attachments, finished submissions, messages."""

from efc_portal.submissions.services.attachments import attachment_add, attachment_open, attachment_remove
from efc_portal.submissions.services.drafts import draft_create, draft_discard, draft_discard_untouched, draft_save
from efc_portal.submissions.services.finish import submission_finish, submission_send
from efc_portal.submissions.services.messages import submission_answer, submission_ask
from efc_portal.submissions.services.withdrawals import value_withdraw

__all__ = [
    "attachment_add",
    "attachment_open",
    "attachment_remove",
    "draft_create",
    "draft_discard",
    "draft_discard_untouched",
    "draft_save",
    "submission_answer",
    "submission_ask",
    "submission_finish",
    "submission_send",
    "value_withdraw",
]
