"""Identity providers: where an organisation's people sign in instead of here."""

from __future__ import annotations

import secrets
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.models import DataKey
from efc_portal.partners.models.organisation import Organisation
from efc_portal.partners.sign_on.enums import ProviderKind, ProviderStatus, SecondFactor

SLUG_BYTES = 8


def slug_make() -> str:
    return secrets.token_hex(SLUG_BYTES)


class IdentityProvider(models.Model):
    """One identity provider of one organisation. What it consists of never changes: a change is a new proposal.

    Its addresses were read once, when it was proposed, and checked then: the portal asks no others afterwards.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identity_providers")
    slug = models.CharField(max_length=32, unique=True, default=slug_make)  # in addresses; says nothing
    name = models.CharField(_("name"), max_length=40)  # as its people call it
    kind = models.CharField(_("kind"), max_length=10, choices=ProviderKind)
    status = models.CharField(max_length=10, choices=ProviderStatus, default=ProviderStatus.PROPOSED)
    status_at = models.DateTimeField(default=timezone.now)

    # OpenID Connect
    issuer = models.CharField(max_length=500, blank=True)
    client_id = models.CharField(max_length=190, blank=True)
    endpoints = models.JSONField(default=dict)  # of its discovery document, as far as they are used
    data_key = models.OneToOneField(DataKey, null=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField(default=bytes)  # the client's secret

    # SAML
    entity_id = models.CharField(max_length=1024, blank=True)
    sso_url = models.CharField(max_length=500, blank=True)
    certificates = ArrayField(models.TextField(), default=list)  # that sign its assertions; DER in base64

    second_factor = models.CharField(max_length=10, choices=SecondFactor, default=SecondFactor.HERE)
    factor_values = ArrayField(models.CharField(max_length=200), default=list)  # one of which it must assert
    is_only = models.BooleanField(default=False)  # the organisation's people sign in nowhere else
    passwords_until = models.DateTimeField(null=True)  # until then they may, whatever `is_only` says

    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    tested_at = models.DateTimeField(null=True)
    tested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    STATUS_KINDS = {
        ProviderStatus.PROPOSED: "wait",
        ProviderStatus.ACTIVE: "good",
        ProviderStatus.ENDED: "quiet",
    }

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(name="partners_idp_kind", condition=models.Q(kind__in=ProviderKind.values)),
            models.CheckConstraint(name="partners_idp_status", condition=models.Q(status__in=ProviderStatus.values)),
            models.CheckConstraint(
                name="partners_idp_second_factor",
                condition=models.Q(second_factor=SecondFactor.HERE)
                | models.Q(second_factor=SecondFactor.PROVIDER, factor_values__len__gt=0),
            ),
            models.CheckConstraint(
                name="partners_idp_active_is_tested_and_confirmed",
                condition=~models.Q(status=ProviderStatus.ACTIVE)
                | models.Q(tested_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                name="partners_idp_one_active",
                condition=models.Q(status=ProviderStatus.ACTIVE),
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                name="partners_idp_one_proposed",
                condition=models.Q(status=ProviderStatus.PROPOSED),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.status == ProviderStatus.ACTIVE

    @property
    def host(self) -> str:
        """Where its people are sent, as they recognise it."""
        url = self.sso_url if self.kind == ProviderKind.SAML else self.endpoints.get("authorization_endpoint", "")
        return urlsplit(url).netloc

    @property
    def seal_context(self) -> str:
        return f"identity-provider:{self.id}"

    @property
    def client_secret(self) -> str:
        return self.data_key.unseal_text(self.sealed, self.seal_context) if self.data_key else ""

    @property
    def keeps_others_out(self) -> bool:
        """Whether the organisation's people sign in through it alone, at this moment."""
        opened = self.passwords_until is not None and self.passwords_until > timezone.now()
        return self.is_active and self.is_only and not opened
