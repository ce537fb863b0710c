"""/indicators/: the lists of known values, members' own, and above how many submissions a value is common."""

from __future__ import annotations

from django.urls import path

from efc_portal.indicators.views import caps, known, many, own, proposals

app_name = "indicators"

urlpatterns = [
    path("known/", known.known_list, name="known"),
    path("known/find/", known.find, name="known_find"),
    path("known/new/", known.new, name="known_new"),
    path("known/many/", many.many, name="known_many"),
    path("known/lists/", known.lists, name="lists"),
    path("known/proposals/", proposals.proposals, name="proposals"),
    path("known/proposals/<uuid:pk>/", proposals.proposal, name="proposal"),
    path("known/proposals/<uuid:pk>/confirm/", proposals.confirm, name="proposal_confirm"),
    path("known/proposals/<uuid:pk>/decline/", proposals.decline, name="proposal_decline"),
    path("known/<uuid:pk>/", known.entry, name="known_entry"),
    path("known/<uuid:pk>/end/", known.end, name="known_end"),
    path("known/<uuid:pk>/again/", known.again, name="known_again"),
    path("identifiers/<int:pk>/limit/", caps.cap, name="cap"),
    path("own/", own.own, name="own"),
    path("own/new/", own.propose, name="own_new"),
    path("own/<uuid:pk>/withdraw/", own.withdraw, name="own_withdraw"),
]
