"""Kinds of organisations, their sectors, and the roles of their people."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    PARTNER = "partner", _("Partner")
    SECRETARIAT = "secretariat", _("Secretariat")
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement agency")


class Sector(TextChoices):
    FINANCIAL = "financial", _("Financial services")
    TECHNOLOGY = "technology", _("Technology")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
    PUBLIC_AUTHORITY = "public_authority", _("Public authority")
    ACADEMIA = "academia", _("Academia")


class Role(TextChoices):
    REPORTER = "reporter", _("Reporter")
    ANALYST = "analyst", _("Analyst")
    COORDINATOR = "coordinator", _("Coordinator")
    EDITOR = "editor", _("Editor")
    OFFICER = "officer", _("Officer")
    MANAGER = "manager", _("Manager")
    AUDITOR = "auditor", _("Auditor")
    INVESTIGATOR = "investigator", _("Investigator")
    LIAISON = "liaison", _("Liaison")


class Matter(TextChoices):
    """What an agency is competent for."""

    ONLINE_EXPLOITATION = "online_exploitation", _("Sexual exploitation of children online")
    MONEY_LAUNDERING = "money_laundering", _("Money laundering")
    VIRTUAL_CURRENCY = "virtual_currency", _("Virtual currency")
    PAYMENT_FRAUD = "payment_fraud", _("Payment and merchant fraud")
