"""People of an organisation, invitations, roles, and lost second factors."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.people import public

urlpatterns = [
    path("join/invitation/<str:token>/", public.invitation_accept, name="invitation_accept"),
]
