"""What an identity provider may assert, and about whom: the one rule, whichever protocol brought it.

A provider speaks for the people of its own organisation, with addresses of that organisation's domains, and for
nobody else. It opens accounts that are there; it makes none, changes none, and gives no role.
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.core.addresses import address_canonical, domain_of
from efc_portal.core.errors import ApplicationError, NotPermitted
from efc_portal.partners.models import IdentityProvider, Membership
from efc_portal.partners.sign_on.enums import SecondFactor


class SignOnRefused(NotPermitted):
    """A sign-in through a provider that opens nothing. `reason` is recorded; the sentence is for the person."""

    def __init__(self, reason: str, message: object, **params: object) -> None:
        self.reason = reason
        super().__init__(message, **params)


@dataclass(frozen=True)
class Asserted:
    """What a provider said, once its signature, audience and time are found right."""

    provider: IdentityProvider
    uid: str  # the person's account there
    email: str
    is_verified: bool  # whether the provider says that the address is the person's
    factors: frozenset[str]  # how the person signed in there: `acr`, `amr`, AuthnContextClassRef

    @property
    def shows_second_factor(self) -> bool:
        """Whether the second factor was asked for there, where that is agreed."""
        wanted = self.provider.second_factor == SecondFactor.PROVIDER
        return wanted and not self.factors.isdisjoint(self.provider.factor_values)


def person_asserted(asserted: Asserted) -> User:
    """The person whose account opens. Raises `SignOnRefused` when none does."""
    provider = asserted.provider
    user = _person(provider, _address(asserted))
    known = SocialAccount.objects.filter(provider=provider.slug)
    there = known.filter(uid=asserted.uid).first()
    if there is not None and there.user_id != user.pk:
        raise SignOnRefused(
            "address_changed",
            _(
                "Your account at %(provider)s had another e-mail address when you signed in here first. Ask your "
                "organisation’s coordinator."
            ),
            provider=provider.name,
        )
    if there is None and known.filter(user=user).exists():
        raise SignOnRefused(
            "account_changed",
            _(
                "%(email)s signed in here with another account at %(provider)s before. Ask your organisation’s "
                "coordinator to forget the earlier one, if the new one is yours."
            ),
            email=user.email,
            provider=provider.name,
        )
    if provider.second_factor == SecondFactor.PROVIDER and not asserted.shows_second_factor:
        raise SignOnRefused(
            "second_factor_missing",
            _(
                "%(provider)s did not confirm that you showed a second factor there, and the portal needs one. Sign "
                "in there with it, or ask whoever runs it."
            ),
            provider=provider.name,
        )
    return user


def _address(asserted: Asserted) -> str:
    provider = asserted.provider
    try:
        address = address_canonical(asserted.email)
    except ApplicationError as error:
        raise SignOnRefused(
            "address_missing",
            _("%(provider)s did not say what your e-mail address is. Ask whoever runs it to pass it on."),
            provider=provider.name,
        ) from error
    if not asserted.is_verified:
        raise SignOnRefused(
            "address_unverified",
            _("%(provider)s does not say that %(email)s is confirmed as yours. Confirm it there, then try again."),
            provider=provider.name,
            email=address,
        )
    if not provider.organisation.domains.filter(name=domain_of(address)).exists():
        raise SignOnRefused(
            "foreign_domain",
            _("%(email)s is not an address of %(organisation)s, so %(provider)s cannot sign it in."),
            email=address,
            organisation=provider.organisation.name,
            provider=provider.name,
        )
    return address


def _person(provider: IdentityProvider, address: str) -> User:
    place = (
        Membership.objects.select_related("user")
        .filter(organisation=provider.organisation_id, ended_at=None, user__email=address, user__is_active=True)
        .first()
    )
    if place is None:
        raise SignOnRefused(
            "unknown_person",
            _(
                "Nobody with the address %(email)s has an open account for %(organisation)s here. Ask your "
                "organisation’s coordinator to invite you."
            ),
            email=address,
            organisation=provider.organisation.name,
        )
    return place.user
