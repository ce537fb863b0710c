from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "efc_portal.referrals"
    label = "referrals"

    def ready(self) -> None:
        from efc_portal.referrals import feedback  # noqa: F401  (registers what submitters are told)
