from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "efc_portal.submissions"
    label = "submissions"
