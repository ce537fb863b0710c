"""The start page of the workspace, and a person's own page."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners import views

urlpatterns = [
    path("workspace/", views.workspace, name="workspace"),
    path("accounts/", views.profile, name="accounts_profile"),
]
