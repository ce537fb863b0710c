"""The workspace's start page, a person's own page, agencies with their keys, and the directory of partners."""

from __future__ import annotations

from django.urls import path

from efc_portal.core.languages import in_every_language
from efc_portal.partners.agencies.urls import urlpatterns as agencies
from efc_portal.partners.agreements import urls as agreements
from efc_portal.partners.applications.urls import urlpatterns as applications
from efc_portal.partners.contributions import urls as contributions
from efc_portal.partners.listing import public
from efc_portal.partners.listing import views as listing
from efc_portal.partners.mailings import urls as mailings
from efc_portal.partners.people.urls import urlpatterns as people
from efc_portal.partners.register import due_views
from efc_portal.partners.register.urls import urlpatterns as register
from efc_portal.partners.sign_on.urls import urlpatterns as sign_on
from efc_portal.partners.standing.urls import urlpatterns as standing
from efc_portal.partners.views import agency, desk

urlpatterns = [
    path("workspace/", desk.workspace, name="workspace"),
    path("accounts/", desk.profile, name="accounts_profile"),
    path("members/key/", agency.key, name="agency_key"),
    path("members/agencies/", agency.agencies, name="agencies"),
    path("members/agencies/<uuid:pk>/confirm/", agency.confirm, name="agency_confirm"),
    path("members/listing/", listing.own, name="listing"),
    path("members/listings/", listing.listings, name="listings"),
    path("members/listings/<uuid:pk>/", listing.any_one, name="listing_of"),
    *people,
    *applications,
    *agreements.urlpatterns,
    *contributions.urlpatterns,
    *standing,
    *agencies,
    *register,
    *mailings.urlpatterns,
    path("members/due/", due_views.due_list, name="due"),
    path("members/due/<slug:code>/", due_views.due_group, name="due_group"),
    *sign_on,
    *in_every_language(
        path("partners/", public.directory, name="partner_list"),
        path("partners/<slug:slug>/", public.partner, name="partner"),
    ),
]
