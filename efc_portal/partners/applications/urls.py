"""Joining: the pages of applicants, of the secretariat, and of the members who comment and vote."""

from __future__ import annotations

from django.urls import path

from efc_portal.core.languages import in_every_language
from efc_portal.partners.applications import public
from efc_portal.partners.applications.views import candidates, vetting

urlpatterns = [
    *in_every_language(
        path("join/apply/", public.start, name="application_start"),
        path("join/apply/sent/", public.sent, name="application_sent"),
        path("join/apply/link/", public.link_new, name="application_link_new"),
    ),
    path("join/apply/link/<str:token>/", public.link, name="application_open"),
    path("join/apply/form/", public.form, name="application_form"),
    path("join/apply/review/", public.review, name="application_review"),
    path("join/apply/receipt/", public.receipt, name="application_receipt"),
    path("join/apply/status/", public.status, name="application_status"),
    path("join/apply/withdraw/", public.withdraw, name="application_withdraw"),
    path("join/apply/leave/", public.leave, name="application_leave"),
    path("members/applications/", vetting.application_list, name="application_list"),
    path("members/applications/<uuid:pk>/", vetting.application_detail, name="application_detail"),
    path("members/applications/<uuid:pk>/checklist/<slug:item>/", vetting.application_check, name="application_check"),
    path("members/applications/<uuid:pk>/<slug:step>/", vetting.application_step, name="application_step"),
    path("members/candidates/", candidates.candidate_list, name="candidate_list"),
    path("members/candidates/<uuid:pk>/", candidates.candidate, name="candidate"),
    path("members/candidates/<uuid:pk>/comment/", candidates.candidate_comment, name="candidate_comment"),
    path("members/candidates/<uuid:pk>/vote/", candidates.candidate_vote, name="candidate_vote"),
    path("members/candidates/<uuid:pk>/sponsor/", candidates.candidate_sponsor, name="candidate_sponsor"),
]
