from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "efc_portal.indicators"
    label = "indicators"
