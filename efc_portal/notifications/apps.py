from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "efc_portal.notifications"
    label = "notifications"
