from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "efc_portal.contact"
    label = "contact"

    def ready(self) -> None:
        from efc_portal.contact import facts, services  # noqa: F401  (they register themselves)
