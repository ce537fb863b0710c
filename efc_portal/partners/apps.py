from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PartnersConfig(AppConfig):
    name = "efc_portal.partners"
    label = "partners"

    def ready(self) -> None:
        autodiscover_modules("navigation", "own_navigation", "listing.facts")
