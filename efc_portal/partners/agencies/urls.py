"""Pages of law enforcement agencies: the secretariat's, and an agency's own key."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.agencies import key_views, views

urlpatterns = [
    path("members/key/", key_views.key, name="agency_key"),
    path("members/agencies/", views.agencies, name="agencies"),
    path("members/agencies/admit/", views.admit, name="agency_admit"),
    path("members/agencies/<uuid:pk>/", views.detail, name="agency_detail"),
    path("members/agencies/<uuid:pk>/competence/", views.competence, name="agency_competence"),
    path("members/agencies/<uuid:pk>/channel/", views.channel, name="agency_channel"),
    path("members/agencies/<uuid:pk>/channel/confirm/", views.channel_confirm, name="agency_channel_confirm"),
    path("members/agencies/<uuid:pk>/confirm/", key_views.confirm, name="agency_confirm"),
]
