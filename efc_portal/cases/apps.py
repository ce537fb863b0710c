from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "efc_portal.cases"
    label = "cases"
