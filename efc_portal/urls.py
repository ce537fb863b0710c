"""Where everything is. Confidential paths first; whatever is left belongs to the public site."""

from __future__ import annotations

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from efc_portal.accounts.views import language_set
from efc_portal.core.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("efc_portal.partners.urls")),
    path("accounts/", include("efc_portal.accounts.urls")),
    path("language/", language_set, name="set_language"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
