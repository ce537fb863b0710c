"""The ledger of contributions in kind."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.contributions import views

urlpatterns = [
    path("members/contributions/", views.own, name="contributions"),
    path("members/contributions/new/", views.new, name="contribution_new"),
    path("members/contributions/export/", views.export, name="contributions_export"),
    path("members/contributions/all/", views.everybody, name="contributions_all"),
    path("members/contributions/<uuid:pk>/withdraw/", views.withdraw, name="contribution_withdraw"),
]
