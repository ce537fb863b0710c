"""Reads of identity providers."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from efc_portal.core.addresses import address_canonical, domain_of
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.models import Domain, IdentityProvider
from efc_portal.partners.permissions import access_of
from efc_portal.partners.sign_on.enums import ProviderStatus


def providers_for(user: object) -> QuerySet[IdentityProvider]:
    """All for who admits members, an organisation's own for who looks after it, none for others."""
    access = access_of(user)
    providers = IdentityProvider.objects.select_related("organisation", "tested_by", "confirmed_by", "proposed_by")
    if access.may(Permission.MEMBERS_MANAGE):
        return providers
    if access.may(Permission.ORGANISATION_MANAGE):
        return providers.filter(organisation=access.organisation_id)
    return providers.none()


def providers_to_confirm(user: object) -> int:
    waiting = IdentityProvider.objects.filter(status=ProviderStatus.PROPOSED, tested_at__isnull=False)
    return waiting.filter(organisation__is_active=True).count()


def provider_of_slug(slug: str) -> IdentityProvider | None:
    """The one that can be signed in with, or tried, under an address; none that has ended."""
    providers = IdentityProvider.objects.select_related("organisation", "data_key")
    return providers.filter(slug=slug, organisation__is_active=True).exclude(status=ProviderStatus.ENDED).first()


def provider_of_address(text: str) -> IdentityProvider | None:
    """The active provider for a typed e-mail address, by its domain alone: whose address it is makes no difference."""
    try:
        domain = domain_of(address_canonical(text))
    except ApplicationError:
        return None
    held = Domain.objects.filter(name=domain, organisation__is_active=True).values("organisation")
    return IdentityProvider.objects.filter(organisation__in=held, status=ProviderStatus.ACTIVE).first()


def provider_enforced_on(user: AbstractBaseUser) -> IdentityProvider | None:
    """The provider through which alone a person signs in, where their organisation has decided so."""
    provider = IdentityProvider.objects.filter(
        organisation__memberships__user=user.pk,
        organisation__memberships__ended_at=None,
        status=ProviderStatus.ACTIVE,
        is_only=True,
    ).first()
    return provider if provider and provider.keeps_others_out else None


def links_of(provider: IdentityProvider) -> QuerySet[SocialAccount]:
    """Who has signed in through it, by name."""
    return SocialAccount.objects.filter(provider=provider.slug).select_related("user").order_by("user__name", "pk")
