from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "efc_portal.demo"
    label = "demo"
