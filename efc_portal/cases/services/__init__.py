"""Everything that writes cases, by noun: triage decisions, cases, their notes and consultations."""

from efc_portal.cases.services.cases import case_close, case_consult, case_note_add, case_reopen
from efc_portal.cases.services.triage import submission_accept, submission_accept_into_new_case, submission_decline

__all__ = [
    "case_close",
    "case_consult",
    "case_note_add",
    "case_reopen",
    "submission_accept",
    "submission_accept_into_new_case",
    "submission_decline",
]
