from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "efc_portal.partners"
    label = "partners"
