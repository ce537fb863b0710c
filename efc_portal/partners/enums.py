"""Kinds of organisations, their sectors, and the roles of their people."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class OrganisationStatus(TextChoices):
    """Where an organisation stands. In grace it works as before and is asked to mend something by a day."""

    APPLICANT = "applicant", _("Applicant")
    ACTIVE = "active", _("Active")
    GRACE = "grace", _("In grace")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")


ACTIVE_STATUSES = (OrganisationStatus.ACTIVE, OrganisationStatus.GRACE)  # whose people may work


class LawfulBasis(TextChoices):
    """On what an organisation shares personal data (Regulation (EU) 2016/679, Article 6; Directive (EU) 2016/680)."""

    LEGAL_OBLIGATION = "legal_obligation", _("Legal obligation (Article 6(1)(c) GDPR)")
    PUBLIC_TASK = "public_task", _("Task in the public interest (Article 6(1)(e) GDPR)")
    LEGITIMATE_INTERESTS = "legitimate_interests", _("Legitimate interests (Article 6(1)(f) GDPR)")
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement (Directive (EU) 2016/680)")


class ContactKind(TextChoices):
    """What a named contact of an organisation is for."""

    MAIN = "main", _("Membership")
    DATA_PROTECTION = "data_protection", _("Data protection")
    SIGNATORY = "signatory", _("Signing the memorandum")
    OPERATIONS = "operations", _("Operations, at any hour")
    PRESS = "press", _("Press")


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
    SIGNATORY = "signatory", _("Signatory")
    STEERING = "steering", _("Steering committee")


class InvitationStatus(TextChoices):
    OPEN = "open", pgettext_lazy("invitation status", "Not taken up yet")
    ACCEPTED = "accepted", pgettext_lazy("invitation status", "Accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation status", "Withdrawn")
    LAPSED = "lapsed", pgettext_lazy("invitation status", "Lapsed")


class FactorResetStatus(TextChoices):
    ASKED = "asked", pgettext_lazy("factor reset status", "Waits for a second person")
    WAITING = "waiting", pgettext_lazy("factor reset status", "Approved, and waits for its time")
    DONE = "done", pgettext_lazy("factor reset status", "Done")
    REFUSED = "refused", pgettext_lazy("factor reset status", "Refused")
    CANCELLED = "cancelled", pgettext_lazy("factor reset status", "Cancelled")
    STOPPED = "stopped", pgettext_lazy("factor reset status", "Stopped by the person")
    LAPSED = "lapsed", pgettext_lazy("factor reset status", "Lapsed")


class Matter(TextChoices):
    """What an agency is competent for."""

    ONLINE_EXPLOITATION = "online_exploitation", _("Sexual exploitation of children online")
    MONEY_LAUNDERING = "money_laundering", _("Money laundering")
    VIRTUAL_CURRENCY = "virtual_currency", _("Virtual currency")
    PAYMENT_FRAUD = "payment_fraud", _("Payment and merchant fraud")
