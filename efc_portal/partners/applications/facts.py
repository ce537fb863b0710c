"""The way to the application, for the public page about joining (`core.public_facts`)."""

from __future__ import annotations

from django.urls import reverse

from efc_portal.core.public_facts import public_fact


@public_fact("application")
def application() -> str:
    """The address of the application's first page, in the active language."""
    return reverse("application_start")
