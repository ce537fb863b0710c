"""Where single sign-on meets allauth: which providers there are, whom they open, and who may not pass beside them."""

from __future__ import annotations

from typing import Any

from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.adapters import AccountAdapter
from efc_portal.accounts.records import refusal_record
from efc_portal.accounts.sessions import second_factor_mark
from efc_portal.partners.models import IdentityProvider
from efc_portal.partners.sign_on.assertions import Asserted, SignOnRefused, person_asserted
from efc_portal.partners.sign_on.enums import ProviderKind
from efc_portal.partners.sign_on.oidc import OIDCProvider
from efc_portal.partners.sign_on.outside import ProviderSession
from efc_portal.partners.sign_on.refusals import refused_response
from efc_portal.partners.sign_on.saml import SAMLProvider
from efc_portal.partners.sign_on.selectors import provider_enforced_on, provider_of_slug
from efc_portal.partners.sign_on.services import link_record, provider_tested

SignOnProvider = OIDCProvider | SAMLProvider


def provider_made(request: HttpRequest, row: IdentityProvider) -> SignOnProvider:
    return SAMLProvider(request, row) if row.kind == ProviderKind.SAML else OIDCProvider(request, row)


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Providers are rows of `IdentityProvider`; allauth's own table of applications stays empty."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SignOnProvider:
        row = provider_of_slug(client_id or "" if provider == ProviderKind.SAML else provider)
        if row is None:
            raise SocialApp.DoesNotExist
        return provider_made(request, row)

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        return self.get_provider(request, provider, client_id).app

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """None: who signs in through which is found by address, never shown."""
        return []

    def get_requests_session(self) -> ProviderSession:
        return ProviderSession()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: SignOnProvider, error: Any = None, exception: Any = None, **_more: Any
    ) -> None:
        if error == AuthError.CANCELLED:
            raise SignOnRefused("cancelled", _("You left %(provider)s without signing in."), provider=provider.row.name)
        if exception is None:
            raise SignOnRefused(
                "not_asked",
                _(
                    "This does not answer a sign-in that was begun in this browser, or it was used already. Begin at "
                    "the portal’s sign-in page."
                ),
            )
        raise SignOnRefused(
            "provider_failed",
            _("%(provider)s did not answer as it should. Try again later, or ask whoever runs it."),
            provider=provider.row.name,
        ) from exception

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The rule, before allauth goes on: whose account opens, or the sentence why none does."""
        asserted: Asserted = sociallogin.asserted
        sociallogin.token = None  # nothing more is asked of the provider
        is_test = (sociallogin.state.get("data") or {}).get("test")
        if not is_test and not asserted.provider.is_active:
            raise SignOnRefused("not_active", _("Single sign-on is not active for your organisation yet."))
        user = person_asserted(asserted)
        if is_test:
            raise ImmediateHttpResponse(self._tested(request, asserted, user))
        sociallogin.account = link_record(provider=asserted.provider, user=user, uid=asserted.uid)
        sociallogin.user = user
        sociallogin.state = {**sociallogin.state, "process": "login"}

    @staticmethod
    def _tested(request: HttpRequest, asserted: Asserted, user: AbstractBaseUser) -> HttpResponse:
        if request.user != user:
            raise SignOnRefused(
                "test_of_others",
                _("%(provider)s signed in %(email)s. Try it with your own account there."),
                provider=asserted.provider.name,
                email=asserted.email,
            )
        provider_tested(provider=asserted.provider, actor=request.user)
        messages.success(request, _("The sign-in worked: the portal knows you by what the provider said."))
        return redirect("sign_on_detail", pk=asserted.provider.pk)


class SecondFactorStage(AuthenticateStage):
    """As allauth's, but for whom the identity provider has asked already, where that is agreed with it."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if _was_asked_elsewhere(self.login):
            second_factor_mark(self.request.session)
            return None, True
        return super().handle()


def _was_asked_elsewhere(login: Login) -> bool:
    asserted = getattr((login.signal_kwargs or {}).get("sociallogin"), "asserted", None)
    return isinstance(asserted, Asserted) and asserted.shows_second_factor


class EntranceAdapter(AccountAdapter):
    """The portal's sign-in, with the second factor of identity providers and organisations that allow no other way."""

    def get_login_stages(self) -> list[str]:
        own = f"{SecondFactorStage.__module__}.{SecondFactorStage.__qualname__}"
        return [own if one == "allauth.mfa.stages.AuthenticateStage" else one for one in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse | None:
        if answer := super().pre_login(request, user, **more):
            return answer
        if "sociallogin" in (more.get("signal_kwargs") or {}):
            return None
        if provider := provider_enforced_on(user):
            refusal_record(request, user=user, reason="sign_on_only")  # type: ignore[arg-type]  # of this portal
            return refused_response(
                request,
                _(
                    "Your organisation lets its people sign in through %(provider)s alone. If that does not work, ask "
                    "the secretariat to open the other ways for a day."
                )
                % {"provider": provider.name},
            )
        return None
