"""The start page of the workspace, a person's own page, and the agencies with their keys."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.views import agency, desk

urlpatterns = [
    path("workspace/", desk.workspace, name="workspace"),
    path("accounts/", desk.profile, name="accounts_profile"),
    path("members/key/", agency.key, name="agency_key"),
    path("members/agencies/", agency.agencies, name="agencies"),
    path("members/agencies/<uuid:pk>/confirm/", agency.confirm, name="agency_confirm"),
]
