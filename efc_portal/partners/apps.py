from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PartnersConfig(AppConfig):
    name = "efc_portal.partners"
    label = "partners"

    def ready(self) -> None:
        from efc_portal.partners import site_colleagues

        autodiscover_modules("navigation", "own_navigation", "listing.facts")
        site_colleagues.introduce()
