"""People of an organisation, invitations, roles, and lost second factors."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.people import public
from efc_portal.partners.people.views import invitations, outside, people, resets, table

urlpatterns = [
    path("members/people/", people.people, name="people"),
    path("members/people/invite/", invitations.invite, name="invite"),
    path("members/people/outside/", outside.outside, name="people_outside"),
    path("members/people/of/<uuid:organisation>/", people.people_of_one, name="people_of"),
    path("members/people/of/<uuid:organisation>/invite/", invitations.invite_to, name="invite_to"),
    path("members/people/of/<uuid:organisation>/outside/", outside.outside_of, name="people_outside_of"),
    path("members/people/invitations/<uuid:pk>/<slug:step>/", invitations.invitation_step, name="invitation_step"),
    path("members/people/resets/", resets.resets, name="factor_resets"),
    path("members/people/resets/<uuid:pk>/", resets.reset, name="factor_reset"),
    path("members/people/resets/<uuid:pk>/<slug:step>/", resets.reset_step, name="factor_reset_step"),
    path("members/people/<uuid:pk>/", people.person, name="person"),
    path("members/people/<uuid:pk>/roles/", people.roles, name="person_roles"),
    path("members/people/<uuid:pk>/suspend/", people.suspend, name="person_suspend"),
    path("members/people/<uuid:pk>/lift/", people.lift, name="person_lift"),
    path("members/people/<uuid:pk>/end/", people.end, name="person_end"),
    path("members/people/<uuid:pk>/reset/", resets.ask, name="factor_reset_ask"),
    path("members/roles/", table.table, name="roles"),
    path("accounts/factor-reset/", resets.own, name="factor_reset_own"),
    path("accounts/factor-reset/<str:token>/", public.factor_reset_stop, name="factor_reset_stop"),
    path("join/invitation/<str:token>/", public.invitation_accept, name="invitation_accept"),
]
