"""Kinds of identity providers, where they stand, and where the second factor is asked for."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProviderKind(TextChoices):
    OIDC = "oidc", _("OpenID Connect")
    SAML = "saml", _("SAML 2.0")


class ProviderStatus(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class SecondFactor(TextChoices):
    HERE = "here", _("Here")
    PROVIDER = "provider", _("At the identity provider")
