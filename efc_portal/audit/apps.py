from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "efc_portal.audit"
    label = "audit"
