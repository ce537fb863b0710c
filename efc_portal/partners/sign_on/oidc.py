"""OpenID Connect: the authorization code flow with PKCE, by allauth; what the ID token says is checked here."""

from __future__ import annotations

from typing import Any

import jwt
import requests
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.partners.models import IdentityProvider
from efc_portal.partners.sign_on.assertions import Asserted, SignOnRefused
from efc_portal.partners.sign_on.descriptions import ALGORITHMS
from efc_portal.partners.sign_on.outside import ProviderSession, read_json

SKEW = 60  # seconds that two clocks may differ
UID_LONGEST = 191


class OIDC(OpenIDConnectOAuth2Adapter):
    """As allauth's, with the addresses that were checked when the provider was proposed."""

    @property
    def openid_config(self) -> dict[str, Any]:
        row: IdentityProvider = self.get_provider().row
        return {**row.endpoints, "issuer": row.issuer}

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **more: Any) -> SocialLogin:
        provider = self.get_provider()
        row: IdentityProvider = provider.row
        claims = id_token_read(str(more["response"].get("id_token") or ""), row)
        about = claims if claims.get("email") else {**_userinfo(row, token.token, claims["sub"])}
        amr = claims.get("amr")
        factors = [claims.get("acr"), *(amr if isinstance(amr, list) else [])]
        asserted = Asserted(
            provider=row,
            uid=claims["sub"],
            email=str(about.get("email") or ""),
            is_verified=about.get("email_verified") is True,
            factors=frozenset(value for value in factors if isinstance(value, str)),
        )
        login: SocialLogin = provider.sociallogin_from_response(request, {"id_token": {"sub": asserted.uid}})
        login.account.extra_data = {}
        login.asserted = asserted
        return login


class OIDCProvider(OpenIDConnectProvider):
    """One organisation's; `row` is what it is made of."""

    oauth2_adapter_class = OIDC

    def __init__(self, request: HttpRequest, row: IdentityProvider) -> None:
        self.row = row
        super().__init__(request, app=_app(row))

    def get_default_scope(self) -> list[str]:
        return ["openid", "email"]

    def serialize(self) -> dict[str, Any]:
        return {"id": self.row.slug}


def _app(row: IdentityProvider) -> SocialApp:
    """What allauth wants to know of it; never saved."""
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=row.slug,
        name=row.name,
        client_id=row.client_id,
        secret=row.client_secret,
        settings={"server_url": row.issuer, "oauth_pkce_enabled": True},
    )


def id_token_read(token: str, row: IdentityProvider) -> dict[str, Any]:
    """The claims of an ID token (OpenID Connect Core 1.0, 3.1.3.7). Raises `SignOnRefused` with what is wrong."""
    try:
        claims = _checked(token, row)
    except jwt.ExpiredSignatureError as error:
        raise _refused("assertion_expired", row, _("What %(provider)s said has expired. Sign in again.")) from error
    except jwt.InvalidAudienceError as error:
        raise _refused("assertion_for_others", row, _("What %(provider)s said was meant for another site.")) from error
    except (jwt.PyJWTError, ApplicationError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise _refused(
            "assertion_broken",
            row,
            _("What %(provider)s said cannot be checked, so it is not believed. Ask whoever runs it."),
        ) from error
    return claims


def _checked(token: str, row: IdentityProvider) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise jwt.InvalidAlgorithmError
    keys = [
        key for key in jwt.PyJWKSet.from_dict(read_json(row.endpoints["jwks_uri"])).keys if key.public_key_use != "enc"
    ]
    named = [key for key in keys if key.key_id == header.get("kid")] if header.get("kid") else keys
    if len(named) != 1:
        raise jwt.InvalidKeyError
    claims: dict[str, Any] = jwt.decode(
        token,
        named[0].key,
        algorithms=[header["alg"]],
        audience=row.client_id,
        issuer=row.issuer,
        leeway=SKEW,
        options={"require": ["iss", "sub", "aud", "exp", "iat"]},
    )
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != row.client_id:
        raise jwt.InvalidAudienceError
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= UID_LONGEST:
        raise jwt.InvalidTokenError
    return claims


def _userinfo(row: IdentityProvider, access_token: str, sub: str) -> dict[str, Any]:
    """What the provider says about the person elsewhere, when the ID token holds no address."""
    url = row.endpoints.get("userinfo_endpoint")
    if not url:
        return {}
    try:
        with ProviderSession() as session:
            answer = session.get(url, headers={"Authorization": f"Bearer {access_token}"})
        found = answer.json() if answer.status_code == requests.codes.ok else {}
    except (requests.RequestException, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("sub") == sub else {}


def _refused(reason: str, row: IdentityProvider, sentence: Any) -> SignOnRefused:
    return SignOnRefused(reason, sentence, provider=row.name)
