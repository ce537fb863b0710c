"""The register of members: the list, one organisation, its entry, and files."""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.register import due_views
from efc_portal.partners.register.views import entry, imports, listing, organisation

urlpatterns = [
    path("members/due/", due_views.due_list, name="due"),
    path("members/due/<slug:code>/", due_views.due_group, name="due_group"),
    path("members/", listing.register, name="register"),
    path("members/export/", listing.export, name="register_export"),
    path("members/new/", entry.new, name="organisation_new"),
    path("members/own/", organisation.own, name="organisation_own"),
    path("members/contacts/import/", imports.new, name="contact_import_new"),
    path("members/contacts/import/template.<slug:kind>", imports.template, name="contact_import_template"),
    path("members/contacts/import/<uuid:pk>/", imports.report, name="contact_import"),
    path("members/contacts/import/<uuid:pk>/progress/", imports.progress, name="contact_import_progress"),
    path("members/contacts/import/<uuid:pk>/broken.csv", imports.broken_rows, name="contact_import_broken"),
    path("members/contacts/import/<uuid:pk>/confirm/", imports.confirm, name="contact_import_confirm"),
    path("members/contacts/import/<uuid:pk>/discard/", imports.discard, name="contact_import_discard"),
    path("members/<uuid:pk>/", organisation.organisation, name="organisation"),
    path("members/<uuid:pk>/edit/", entry.edit, name="organisation_edit"),
    path("members/<uuid:pk>/domains/", entry.domains, name="organisation_domains"),
    path("members/<uuid:pk>/contacts/", entry.contacts, name="organisation_contacts"),
]
