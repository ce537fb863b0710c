from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "efc_portal.submissions"
    label = "submissions"

    def ready(self) -> None:
        from efc_portal.submissions import standing  # noqa: F401  (tells the lists how often a value is reported)
