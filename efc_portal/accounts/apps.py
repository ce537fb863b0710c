from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "efc_portal.accounts"
    label = "accounts"
