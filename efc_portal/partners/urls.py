"""The start page, a person's own page and the directory; then what each noun of membership has."""

from __future__ import annotations

from django.urls import path

from efc_portal.core.languages import in_every_language
from efc_portal.partners import views
from efc_portal.partners.agencies.urls import urlpatterns as agencies
from efc_portal.partners.agreements.urls import urlpatterns as agreements
from efc_portal.partners.applications.urls import urlpatterns as applications
from efc_portal.partners.contributions.urls import urlpatterns as contributions
from efc_portal.partners.listing import public
from efc_portal.partners.listing import views as listing
from efc_portal.partners.mailings.urls import urlpatterns as mailings
from efc_portal.partners.people.urls import urlpatterns as people
from efc_portal.partners.register.urls import urlpatterns as register
from efc_portal.partners.sign_on.urls import urlpatterns as sign_on
from efc_portal.partners.standing.urls import urlpatterns as standing

urlpatterns = [
    path("workspace/", views.workspace, name="workspace"),
    path("accounts/", views.profile, name="accounts_profile"),
    path("members/listing/", listing.own, name="listing"),
    path("members/listings/", listing.listings, name="listings"),
    path("members/listings/<uuid:pk>/", listing.any_one, name="listing_of"),
    *people,
    *applications,
    *agreements,
    *contributions,
    *standing,
    *agencies,
    *register,
    *mailings,
    *sign_on,
    *in_every_language(
        path("partners/", public.directory, name="partner_list"),
        path("partners/<slug:slug>/", public.partner, name="partner"),
    ),
]
