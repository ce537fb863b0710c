"""The memorandum: for members, for the secretariat, and behind the link that is mailed to an applicant's signatory."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.agreements import desk, public, views

urlpatterns = [
    path("members/memorandum/", views.memorandum, name="memorandum"),
    path("members/memorandum/accept/", views.accept, name="memorandum_accept"),
    path("members/memorandum/versions/<uuid:pk>/pdf/", views.version_pdf, name="memorandum_pdf"),
    path("members/memorandum/receipts/<uuid:pk>/", views.receipt, name="memorandum_receipt"),
    path("members/memoranda/", desk.memoranda, name="memoranda"),
    path("members/memoranda/new/", desk.draft, name="memorandum_draft"),
    path("members/memoranda/acceptances/", desk.acceptances, name="acceptances"),
    path("members/memoranda/acceptances/<uuid:pk>/", desk.acceptance, name="acceptance"),
    path("members/memoranda/acceptances/<uuid:pk>/<slug:step>/", desk.acceptance_step, name="acceptance_step"),
    path("members/memoranda/<uuid:pk>/", desk.version, name="memorandum_version"),
    path("members/memoranda/<uuid:pk>/<slug:step>/", desk.version_step, name="memorandum_step"),
    path("join/memorandum/done/<str:receipt>/", public.joined, name="memorandum_joined"),
    path("join/memorandum/<str:token>/", public.join, name="memorandum_join"),
    path("join/memorandum/<str:token>/code/", public.code, name="memorandum_join_code"),
    path("join/memorandum/<str:token>/pdf/", public.pdf, name="memorandum_join_pdf"),
]
