"""Files of rows on the start page."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.intake.selectors import open_intakes
from efc_portal.partners.navigation import navigation_item, start_tile


def waiting(user: AbstractBaseUser) -> int:
    return open_intakes(user).count()


navigation_item(label=_("Import a file"), url_name="intake:new", permission=Permission.SUBMISSION_CREATE, order=15)
start_tile(
    label=_("Imports to finish"),
    url_name="intake:new",
    query="",
    permission=Permission.SUBMISSION_CREATE,
    order=25,
    count=waiting,
    action=_("Look at them"),
    empty=_("No import is open. Import a file when you have many identifiers at once."),
)
