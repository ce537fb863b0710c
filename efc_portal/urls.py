"""Where everything is. Confidential paths first; whatever is left belongs to the public site."""

from __future__ import annotations

from django.urls import include, path

from efc_portal.accounts.views import language_set
from efc_portal.core.views import healthz

handler404 = "efc_portal.website.missing.missing"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("efc_portal.partners.urls")),
    path("accounts/", include("efc_portal.accounts.urls")),
    path("language/", language_set, name="set_language"),
    path("", include("efc_portal.contact.urls")),
    path("submissions/import/", include("efc_portal.intake.urls")),
    path("indicators/", include("efc_portal.indicators.urls")),
    path("submissions/", include("efc_portal.submissions.urls")),
    path("indicators/look-up/", include("efc_portal.cases.lookup.urls")),
    path("cases/", include("efc_portal.cases.urls")),
    path("referrals/", include("efc_portal.referrals.urls")),
    path("audit/", include("efc_portal.partners.record.urls")),
    path("", include("efc_portal.website.urls")),
]
