from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WebsiteConfig(AppConfig):
    name = "efc_portal.website"
    label = "website"

    def ready(self) -> None:
        from efc_portal.website import receivers

        receivers.connect()
        post_migrate.connect(receivers.ground_after_migrate, sender=self)
