from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "efc_portal.core"
    label = "core"

    def ready(self) -> None:
        from efc_portal.core import checks  # noqa: F401  (registers the system checks)

        autodiscover_modules("rotation")  # each app's shared columns
