from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

# The nouns of this app that have a package of their own, and what of each is imported when Django starts.
NOUNS = (
    "agencies",
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
REGISTERING = (
    "due",
    "facts",
    "leaving",
    "navigation",
    "register_section",
    "retention",
    "review_items",
    "steps",
    "tasks",
    "transitions",
)


class PartnersConfig(AppConfig):
    name = "efc_portal.partners"
    label = "partners"

    def ready(self) -> None:
        from efc_portal.partners import site_colleagues

        autodiscover_modules("handover", "leaving", "navigation", "own_navigation", "transitions")
        autodiscover_modules(*(f"{noun}.{module}" for noun in NOUNS for module in REGISTERING))
        autodiscover_modules("register.due_imports", "register.due_members", "register.due_navigation")
        site_colleagues.introduce()
