from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "efc_portal.core"
    label = "core"

    def ready(self) -> None:
        from efc_portal.core import checks  # noqa: F401  (registers the system checks)
