"""/cases/: the triage queue, and cases."""

from __future__ import annotations

from django.urls import path

from efc_portal.cases.views import cases, identifiers, triage

app_name = "cases"

urlpatterns = [
    path("", cases.case_list, name="list"),
    path("triage/", triage.queue, name="triage"),
    path("triage/<uuid:pk>/", triage.detail, name="triage_detail"),
    path("triage/<uuid:pk>/identifiers/", triage.identifiers, name="triage_identifiers"),
    path("triage/<uuid:pk>/accept/", triage.accept, name="accept"),
    path("triage/<uuid:pk>/ask/", triage.ask, name="ask"),
    path("triage/<uuid:pk>/decline/", triage.decline, name="decline"),
    path("triage/<uuid:pk>/values/<int:identifier>/withdraw/", triage.withdraw_value, name="value_withdraw"),
    path("identifiers/<int:pk>/", identifiers.detail, name="identifier"),
    path("<uuid:pk>/", cases.detail, name="detail"),
    path("<uuid:pk>/consult/", cases.consult, name="consult"),
    path("<uuid:pk>/notes/", cases.note_add, name="note_add"),
    path("<uuid:pk>/close/", cases.close, name="close"),
    path("<uuid:pk>/reopen/", cases.reopen, name="reopen"),
]
