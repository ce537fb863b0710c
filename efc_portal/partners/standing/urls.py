"""Standing, the yearly review with contacts and domains, and leaving."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.standing import leave_views, review_views, views

urlpatterns = [
    path("members/standing/", views.own, name="standing"),
    path("members/standing/<uuid:pk>/", views.of, name="standing_of"),
    path("members/standing/<uuid:pk>/leave/", leave_views.of, name="leave_of"),
    path("members/standing/<uuid:pk>/<slug:step>/", views.step, name="standing_step"),
    path("members/graces/", views.graces, name="graces"),
    path("members/review/", review_views.own, name="review"),
    path("members/review/domains/", review_views.domains, name="review_domains"),
    path("members/reviews/", review_views.reviews, name="reviews"),
    path("members/contacts/", review_views.contacts, name="contacts"),
    path("members/contacts/add/", review_views.contact_new, name="contact_add"),
    path("members/contacts/<uuid:pk>/", review_views.contact_change, name="contact_change"),
    path("members/contacts/<uuid:pk>/remove/", review_views.contact_gone, name="contact_remove"),
    path("members/leave/", leave_views.own, name="leave"),
    path("members/leave-requests/", leave_views.requests, name="leave_requests"),
    path("members/leave-requests/<uuid:pk>/", leave_views.one, name="leave_request"),
]
