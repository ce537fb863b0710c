"""Where visitors' messages are sent, and where the secretariat reads them. The page with the form is in the CMS."""

from __future__ import annotations

from django.urls import path

from efc_portal.contact import public, views

app_name = "contact"

urlpatterns = [
    path("contact/send/", public.send, name="send"),
    path("contact/sent/<str:receipt>/", public.sent, name="sent"),
    path("members/messages/", views.message_list, name="list"),
    path("members/messages/<uuid:pk>/", views.detail, name="detail"),
    path("members/messages/<uuid:pk>/<slug:step>/", views.step, name="step"),
]
