from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkflowConfig(AppConfig):
    name = "efc_portal.workflow"
    label = "workflow"

    def ready(self) -> None:
        autodiscover_modules("steps", "transitions")
