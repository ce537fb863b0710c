from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

# The nouns of this app that have a package of their own, and what of each is imported when Django starts.
NOUNS = (
    "agreements",
    "applications",
    "contributions",
    "listing",
    "mailings",
    "people",
    "register",
    "sign_on",
    "standing",
)
REGISTERING = ("facts", "navigation", "retention", "steps", "tasks", "transitions")


class PartnersConfig(AppConfig):
    name = "efc_portal.partners"
    label = "partners"

    def ready(self) -> None:
        from efc_portal.partners import site_colleagues

        autodiscover_modules("navigation", "own_navigation", "transitions", "handover")
        autodiscover_modules(*(f"{noun}.{module}" for noun in NOUNS for module in REGISTERING))
        site_colleagues.introduce()
