"""/audit/: the record of who did what, and why."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.record import views

app_name = "audit"

urlpatterns = [
    path("", views.record, name="list"),
    path("<int:pk>/", views.event, name="event"),
    path("readers/", views.readers, name="readers"),
    path("export/", views.export, name="export"),
    path("state/", views.state, name="state"),
]
