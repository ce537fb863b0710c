"""Applications and candidates in the workspace."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.applications.selectors import (
    applications_waiting,
    candidates_to_comment,
    sponsorships_asked,
    votes_to_cast,
)
from efc_portal.partners.navigation import navigation_item, start_tile

navigation_item(
    label=_("Applications to join"),
    url_name="application_list",
    permission=Permission.MEMBERS_VIEW,
    group=_("Membership"),
    order=72,
    count=applications_waiting,
)
navigation_item(
    label=_("Who wants to join"),
    url_name="candidate_list",
    permission=Permission.APPLICATION_COMMENT,
    order=77,
    count=candidates_to_comment,
)
start_tile(
    label=_("Applications to join"),
    url_name="application_list",
    permission=Permission.MEMBERS_MANAGE,
    order=45,
    count=applications_waiting,
    action=_("Read and decide"),
    empty=_("No application waits for the secretariat."),
    query="?status=waiting",
)
start_tile(
    label=_("Votes to cast"),
    url_name="candidate_list",
    permission=Permission.APPLICATION_VOTE,
    order=44,
    count=votes_to_cast,
    action=_("Read and vote"),
    empty=_("You have voted on everything that the committee was called for."),
)
start_tile(
    label=_("Candidates to comment on"),
    url_name="candidate_list",
    permission=Permission.APPLICATION_COMMENT,
    order=46,
    count=candidates_to_comment,
    action=_("Read and comment"),
    empty=_("No candidate waits for a comment of yours."),
)
start_tile(
    label=_("Asked to be a sponsor"),
    url_name="candidate_list",
    permission=Permission.ORGANISATION_MANAGE,
    order=47,
    count=sponsorships_asked,
    action=_("Answer"),
    empty=_("Nobody asks your organisation to be a sponsor."),
)
