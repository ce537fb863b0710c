"""/members/mailings/: letters of the secretariat to people of the members."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.mailings import sent_views, views

urlpatterns = [
    path("members/mailings/", views.mailing_list, name="mailings"),
    path("members/mailings/new/", views.new, name="mailing_new"),
    path("members/mailings/<uuid:pk>/", sent_views.detail, name="mailing"),
    path("members/mailings/<uuid:pk>/edit/", views.edit, name="mailing_edit"),
    path("members/mailings/<uuid:pk>/preview/", views.preview, name="mailing_preview"),
    path("members/mailings/<uuid:pk>/queue/", views.queue, name="mailing_queue"),
    path("members/mailings/<uuid:pk>/progress/", sent_views.progress, name="mailing_progress"),
    path("members/mailings/<uuid:pk>/recipients/", sent_views.recipients, name="mailing_recipients"),
    path("members/mailings/<uuid:pk>/results/", sent_views.results, name="mailing_results"),
    path("members/mailings/<uuid:pk>/unclear/", sent_views.unclear, name="mailing_unclear"),
    path("members/mailings/<uuid:pk>/<slug:step>/", sent_views.step, name="mailing_step"),
]
