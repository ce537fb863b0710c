"""The secretariat's pages of law enforcement agencies."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.agencies import views

urlpatterns = [
    path("members/agencies/admit/", views.admit, name="agency_admit"),
    path("members/agencies/<uuid:pk>/", views.detail, name="agency_detail"),
    path("members/agencies/<uuid:pk>/competence/", views.competence, name="agency_competence"),
    path("members/agencies/<uuid:pk>/channel/", views.channel, name="agency_channel"),
    path("members/agencies/<uuid:pk>/channel/confirm/", views.channel_confirm, name="agency_channel_confirm"),
]
