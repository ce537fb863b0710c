"""Identity providers that need no network to be made."""

from __future__ import annotations

from typing import Any

import factory
from django.utils import timezone

from efc_portal.core.services import data_key_create
from efc_portal.partners.models import IdentityProvider
from efc_portal.partners.sign_on.enums import ProviderKind, ProviderStatus
from efc_portal.partners.sign_on.services import PURPOSE
from tests.factories.partners import OrganisationFactory

ISSUER = "https://login.meridian.example"
SECRET = "a secret that the provider made"


class ProviderFactory(factory.django.DjangoModelFactory[IdentityProvider]):
    """A proposed OpenID provider; `active=True` with whoever confirmed it in `confirmed_by`."""

    class Meta:
        model = IdentityProvider

    class Params:
        active = factory.Trait(status=ProviderStatus.ACTIVE, tested_at=factory.LazyFunction(timezone.now))

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Meridian sign-in"
    kind = ProviderKind.OIDC
    issuer = ISSUER
    client_id = "efc-portal"
    endpoints = factory.Sequence(
        lambda _n: {
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
        }
    )

    @classmethod
    def _create(cls, model_class: type[IdentityProvider], *args: Any, **fields: Any) -> IdentityProvider:
        provider = model_class(**fields)
        if provider.kind == ProviderKind.OIDC:
            provider.data_key = data_key_create(purpose=PURPOSE)
            provider.sealed = provider.data_key.seal_text(SECRET, provider.seal_context)
        provider.save(force_insert=True)
        return provider
