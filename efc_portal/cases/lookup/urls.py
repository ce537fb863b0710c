"""/indicators/look-up/: what is known of values. The app that knows it stands above `indicators`."""

from __future__ import annotations

from django.urls import path

from efc_portal.cases.lookup import views

app_name = "look_up"

urlpatterns = [
    path("", views.ask, name="ask"),
    path("result/", views.result, name="result"),
    path("result/csv/", views.download, name="download"),
    path("result/forget/", views.forget, name="forget"),
]
