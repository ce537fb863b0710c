"""Writes to identity providers: proposing, trying, confirming and ending them, and whose account there is whose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.accounts.services import sessions_end_of
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.services import data_key_create, data_key_destroy
from efc_portal.partners.models import IdentityProvider, Organisation
from efc_portal.partners.rules import keeper_check
from efc_portal.partners.sign_on.descriptions import oidc_discover, saml_describe
from efc_portal.partners.sign_on.enums import ProviderKind, ProviderStatus, SecondFactor
from efc_portal.partners.sign_on.transitions import IDENTITY_PROVIDER
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person

PURPOSE = "sign-on"
PASSWORDS_OPEN = timedelta(hours=24)
_VALUE = re.compile(r"[\x21-\x7e]{1,200}")
_VALUES_MOST = 10


def provider_propose_oidc(
    *,
    actor: Person,
    organisation: Organisation,
    name: str,
    issuer: str,
    client_id: str,
    client_secret: str,
    second_factor: str = SecondFactor.HERE,
    factor_values: Sequence[str] = (),
    is_only: bool = False,
) -> IdentityProvider:
    """Propose an OpenID provider. Asks it for its discovery document first; the secret is kept sealed.

    Raises `ApplicationError` when the provider cannot be used, or one is proposed already.
    """
    keeper_check(actor, organisation.pk)
    found = oidc_discover(issuer)
    provider = _proposal(actor, organisation, ProviderKind.OIDC, name, second_factor, factor_values, is_only)
    provider.issuer, provider.endpoints, provider.client_id = found.issuer, found.endpoints, client_id.strip()
    if not provider.client_id or not client_secret:
        raise ApplicationError(_("Give the client id and the secret that the provider made for the portal."))
    with transaction.atomic():
        provider.data_key = data_key_create(purpose=PURPOSE)
        provider.sealed = provider.data_key.seal_text(client_secret, provider.seal_context)
        _propose(provider, actor)
    return provider


@transaction.atomic
def provider_propose_saml(
    *,
    actor: Person,
    organisation: Organisation,
    name: str,
    metadata: str,
    second_factor: str = SecondFactor.HERE,
    factor_values: Sequence[str] = (),
    is_only: bool = False,
) -> IdentityProvider:
    """Propose a SAML provider by its metadata. Raises `ApplicationError` as `provider_propose_oidc`."""
    keeper_check(actor, organisation.pk)
    found = saml_describe(metadata)
    provider = _proposal(actor, organisation, ProviderKind.SAML, name, second_factor, factor_values, is_only)
    provider.entity_id, provider.sso_url, provider.certificates = found.entity_id, found.sso_url, found.certificates
    _propose(provider, actor)
    return provider


def _proposal(
    actor: Person,
    organisation: Organisation,
    kind: ProviderKind,
    name: str,
    second_factor: str,
    factor_values: Sequence[str],
    is_only: bool,
) -> IdentityProvider:
    values = list(dict.fromkeys(value.strip() for value in factor_values if value.strip()))
    if second_factor == SecondFactor.HERE:
        values = []
    elif not 0 < len(values) <= _VALUES_MOST or not all(_VALUE.fullmatch(value) for value in values):
        raise ApplicationError(
            _("Say how the provider tells that a second factor was shown: one to %(most)s values, one on a line."),
            most=_VALUES_MOST,
        )
    if not organisation.domains.exists():
        raise ApplicationError(
            _("No mail domain is recorded for %(organisation)s yet. Ask the secretariat to add it."),
            organisation=organisation.name,
        )
    return IdentityProvider(
        organisation=organisation,
        kind=kind,
        name=" ".join(name.split()),
        second_factor=second_factor,
        factor_values=values,
        is_only=is_only,
        proposed_by_id=actor.pk,
    )


def _propose(provider: IdentityProvider, actor: Person) -> None:
    try:
        with transaction.atomic():
            provider.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("An identity provider is proposed already. Withdraw it first.")) from error
    _record("identity_provider.propose", provider, actor, kind=str(provider.kind))


@transaction.atomic
def provider_tested(*, provider: IdentityProvider, actor: User) -> None:
    """Note that somebody who looks after the organisation signed in through the provider, as it will be asked."""
    keeper_check(actor, provider.organisation_id)
    open_ones = IdentityProvider.objects.filter(pk=provider.pk).exclude(status=ProviderStatus.ENDED)
    if not open_ones.update(tested_at=timezone.now(), tested_by=actor.pk):
        raise Conflict(_("This identity provider was ended meanwhile."))
    _record("identity_provider.test", provider, actor)


@transaction.atomic
def provider_activate(*, provider: IdentityProvider, actor: Person) -> None:
    """Let an organisation's people sign in through a provider that was tried. One that was active before ends."""
    if provider.tested_at is None:
        raise Conflict(
            _("Nobody has tried this identity provider yet. The organisation’s coordinator does that first.")
        )
    before = IdentityProvider.objects.filter(organisation=provider.organisation_id, status=ProviderStatus.ACTIVE)
    for earlier in before.select_related("data_key"):
        _end(earlier, "revoke", actor)
    IDENTITY_PROVIDER.move(
        provider, "activate", actor=actor, category=Category.ACCESS, changes={"confirmed_by_id": actor.pk}
    )


@transaction.atomic
def provider_end(*, provider: IdentityProvider, name: str, actor: Person) -> None:
    """Follow `withdraw`, `end` or `revoke`. Its secret is destroyed, and whose account there was whose is forgotten.

    Whoever signed in through it is signed out, apart from the actor: it may be ended because it is no longer trusted.
    """
    _end(provider, name, actor)


def _end(provider: IdentityProvider, name: str, actor: Person) -> None:
    key = provider.data_key
    IDENTITY_PROVIDER.move(
        provider, name, actor=actor, category=Category.ACCESS, changes={"sealed": b"", "passwords_until": None}
    )
    links = SocialAccount.objects.filter(provider=provider.slug)
    sessions_end_of(users=set(links.values_list("user", flat=True)) - {actor.pk}, actor=actor)
    links.delete()
    if key:
        data_key_destroy(data_key=key)


@transaction.atomic
def provider_enforce(*, provider: IdentityProvider, is_only: bool, actor: Person) -> None:
    """Let an organisation's people sign in through the provider alone, or with passwords and passkeys as well."""
    keeper_check(actor, provider.organisation_id)
    changed = IdentityProvider.objects.filter(pk=provider.pk, status=ProviderStatus.ACTIVE).exclude(is_only=is_only)
    if not changed.update(is_only=is_only, passwords_until=None):
        raise Conflict(_("This was changed meanwhile. Reload the page."))
    if is_only:
        _record("identity_provider.enforce", provider, actor)
    else:
        _record("identity_provider.release", provider, actor)


@transaction.atomic
def passwords_open(*, provider: IdentityProvider, actor: Person) -> None:
    """Let an organisation's people sign in with passwords and passkeys for a day: its provider does not work."""
    keeper_check(actor, provider.organisation_id)
    until = timezone.now() + PASSWORDS_OPEN
    changed = IdentityProvider.objects.filter(pk=provider.pk, status=ProviderStatus.ACTIVE, is_only=True)
    if not changed.update(passwords_until=until):
        raise Conflict(_("This was changed meanwhile. Reload the page."))
    _record("identity_provider.open_passwords", provider, actor, until=until.isoformat())


@transaction.atomic
def link_record(*, provider: IdentityProvider, user: User, uid: str) -> SocialAccount:
    """Whose account at the provider is whose here: noted at the first sign-in, which the person is told of by mail."""
    link, is_new = SocialAccount.objects.get_or_create(provider=provider.slug, uid=uid, defaults={"user": user})
    if is_new:
        audit_record(action="sign_on.link", category=Category.ACCESS, actor=user, obj=user, kind=str(provider.kind))
        work_enqueue("sign_on.linked", user.pk)
    return link


@transaction.atomic
def link_forget(*, provider: IdentityProvider, link: SocialAccount, actor: Person) -> None:
    """Forget whose account at the provider a person's is: their next sign-in through it notes it anew."""
    keeper_check(actor, provider.organisation_id)
    if not SocialAccount.objects.filter(pk=link.pk, provider=provider.slug).delete()[0]:
        raise Conflict(_("This was forgotten already."))
    audit_record(action="sign_on.unlink", category=Category.ACCESS, actor=actor, obj=link.user)


def _record(action: str, provider: IdentityProvider, actor: Any, **payload: Any) -> None:
    audit_record(action=action, category=Category.ACCESS, actor=actor, obj=provider, **payload)
