"""Who can do what: the table of roles as the portal goes by it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.enums import OrganisationKind
from efc_portal.partners.permissions import GIVEN_BY_SECRETARIAT, ROLES, WORDS, access_of

COLUMNS = [{"label": _("What")}, {"label": _("Which roles may")}]


@require_GET
@require(Permission.PEOPLE_MANAGE, Permission.MEMBERS_VIEW)
def table(request: PersonRequest) -> HttpResponse:
    """Of the own kind of organisation; the secretariat reads that of all kinds."""
    access = access_of(request.user)
    kinds = list(OrganisationKind) if access.is_secretariat else [OrganisationKind(access.organisation.kind)]  # type: ignore[union-attr]  # behind `require`
    tables = [{"kind": kind.label, "rows": _rows(kind)} for kind in kinds]
    given = ", ".join(str(role.label) for role in GIVEN_BY_SECRETARIAT)
    return render(request, "partners/people/roles_table.html", {"tables": tables, "columns": COLUMNS, "given": given})


def _rows(kind: OrganisationKind) -> list[dict[str, object]]:
    """For each thing that some role of this kind may do, the roles that may; in the order of the words."""
    rows = [
        {"words": words, "roles": [str(role.label) for role, held in ROLES[kind].items() if name in held]}
        for name, words in WORDS.items()
    ]
    return [row for row in rows if row["roles"]]
