"""Who may open a view.

`require(Permission.X)` is the outermost guard of every view behind the sign-in:

- nobody signed in: to the sign-in page, and back afterwards;
- signed in, but the area belongs to another kind of organisation, or to none of theirs: 404, as if it were not there;
- signed in, and a colleague of the same organisation could do it: 403, with a page that says which role it needs.

Objects are then fetched through `visible_to(user)`, so that what is not theirs is a 404 as well.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.decorators import sign_in_path
from efc_portal.core.errors import NotPermitted
from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import Access, access_of, roles_with

View = Callable[..., HttpResponseBase]


class RoleMissing(NotPermitted):
    """The person's organisation can do it, and a role the person does not hold is needed."""


def require(*permissions: Permission) -> Callable[[View], View]:
    """Let those in who hold at least one of the permissions.

    It is asked before anything is looked for, so that the answer for a missing role is the same whatever the id.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in(request)
            check(access_of(request.user), *permissions)
            return view(request, *args, **kwargs)

        guarded.required_permissions = permissions  # type: ignore[attr-defined]  # read by tests and documentation
        return guarded

    return decorate


def check(access: Access, *permissions: Permission) -> None:
    """Raise `Http404` or `RoleMissing` unless the access holds one of the permissions."""
    if any(access.may(permission) for permission in permissions):
        return
    roles = roles_with(access.organisation.kind, permissions) if access.organisation else []
    if not roles:
        raise Http404
    raise RoleMissing(
        _("This needs the role %(roles)s. Somebody who manages your organisation’s people can give it to you."),
        roles=get_text_list([str(role.label) for role in roles], str(_("or"))),
    )


def sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back. A part of a page that refreshes itself makes the whole page load again instead."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    if request.method == "POST" and request.headers.get("X-Autosave") != "1":
        messages.warning(request, _("Your session had ended, so your last step was not taken. Sign in and repeat it."))
    query = urlencode({"next": sign_in_path(request)})
    return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
