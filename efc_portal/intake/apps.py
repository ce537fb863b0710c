from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "efc_portal.intake"

    def ready(self) -> None:
        from efc_portal.intake import hooks, retention  # noqa: F401  (they register themselves)
