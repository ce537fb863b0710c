"""/submissions/: a partner's own submissions and the form."""

from __future__ import annotations

from django.urls import path

from efc_portal.submissions.views import attachments, detail, form, identifiers, listing, quick, types, values

app_name = "submissions"

urlpatterns = [
    path("", listing.submission_list, name="list"),
    path("new/", form.new, name="new"),
    path("new/one-page/", quick.one_page, name="one_page"),
    path("identify/", form.identify_value, name="identify"),
    path("identifiers/", types.identifier_types, name="types"),
    path("<uuid:pk>/", detail.detail, name="detail"),
    path("<uuid:pk>/identifiers/", identifiers.identifiers, name="identifiers"),
    path("<uuid:pk>/progress/", detail.progress, name="progress"),
    path("<uuid:pk>/receipt/", detail.receipt, name="receipt"),
    path("<uuid:pk>/answer/", detail.answer, name="answer"),
    path("<uuid:pk>/values/<int:identifier>/withdraw/", values.withdraw, name="value_withdraw"),
    path("<uuid:pk>/discard/", form.discard, name="discard"),
    path("<uuid:pk>/finish/", form.finish, name="finish"),
    path("<uuid:pk>/edit/<slug:step>/", form.edit, name="edit"),
    path("<uuid:pk>/attachments/add/", attachments.add, name="attachment_add"),
    path("<uuid:pk>/attachments/<uuid:attachment>/", attachments.download, name="attachment"),
    path("<uuid:pk>/attachments/<uuid:attachment>/remove/", attachments.remove, name="attachment_remove"),
]
