"""What visitors wrote, in the secretariat's workspace."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.contact.selectors import messages_waiting
from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item, start_tile

navigation_item(
    label=_("Visitors’ messages"),
    url_name="contact:list",
    permission=Permission.CONTACT_ANSWER,
    group=_("The public site"),
    order=94,
    count=messages_waiting,
)
start_tile(
    label=_("Messages of visitors"),
    url_name="contact:list",
    permission=Permission.CONTACT_ANSWER,
    order=60,
    count=messages_waiting,
    action=_("Read and answer"),
    empty=_("Every message of a visitor is answered or closed."),
    query="?status=new",
)
