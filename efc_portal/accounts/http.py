"""A request whose sender is known."""

from __future__ import annotations

from django.http import HttpRequest

from efc_portal.accounts.models import User


class PersonRequest(HttpRequest):
    """What a view behind `partners.decorators.require` gets: somebody is signed in. For annotations alone."""

    user: User
