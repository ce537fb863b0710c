from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "efc_portal.referrals"
    label = "referrals"
