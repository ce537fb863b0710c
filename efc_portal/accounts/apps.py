from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "efc_portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        from efc_portal.accounts import records  # noqa: F401  (listens to allauth's signals)
        from efc_portal.accounts.breached import checks  # noqa: F401
