"""/submissions/import/: files of rows on their way into a draft."""

from __future__ import annotations

from django.urls import path

from efc_portal.intake.views import describing, files, progress, rows

app_name = "intake"

urlpatterns = [
    path("", files.new, name="new"),
    path("template/<slug:kind>/", files.template, name="template"),
    path("dictionary/", files.dictionary, name="dictionary"),
    path("<uuid:pk>/", progress.detail, name="detail"),
    path("<uuid:pk>/describe/", describing.describe, name="describe"),
    path("<uuid:pk>/progress/", progress.live, name="progress"),
    path("<uuid:pk>/errors/", rows.report, name="errors"),
    path("<uuid:pk>/mend/", rows.mend, name="mend"),
    path("<uuid:pk>/step/<slug:step>/", progress.step, name="step"),
]
