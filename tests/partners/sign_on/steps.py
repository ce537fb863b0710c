"""What tests of single sign-on do again and again, with a plain browser at the portal and another at the provider."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import httpx
from django.test import Client
from django.utils import timezone

from efc_portal.partners.models import IdentityProvider
from efc_portal.partners.sign_on import services
from efc_portal.partners.sign_on.enums import ProviderStatus
from tests.cast import Cast
from tests.partners.sign_on.providers import CLIENT_ID, CLIENT_SECRET

SLUG = "meridian-in-tests"
CALLBACK = f"/accounts/oidc/{SLUG}/callback/"
ADDRESS = "anybody@meridian.example"


def oidc_of(cast: Cast, issuer: str, **fields: object) -> IdentityProvider:
    """The bank's OpenID provider, proposed as a coordinator does; it is asked what it is."""
    return _under(
        services.provider_propose_oidc(
            actor=cast.bank_coordinator,
            organisation=cast.bank,
            name="Meridian sign-in",
            issuer=issuer,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            **fields,
        )
    )


def saml_of(cast: Cast, metadata: str, **fields: object) -> IdentityProvider:
    return _under(
        services.provider_propose_saml(
            actor=cast.bank_coordinator, organisation=cast.bank, name="Meridian sign-in", metadata=metadata, **fields
        )
    )


def _under(provider: IdentityProvider) -> IdentityProvider:
    """Under the address that the provider's process knows."""
    IdentityProvider.objects.filter(pk=provider.pk).update(slug=SLUG)
    provider.slug = SLUG
    return provider


def activated(cast: Cast, provider: IdentityProvider) -> IdentityProvider:
    IdentityProvider.objects.filter(pk=provider.pk).update(tested_at=timezone.now())
    provider.tested_at = timezone.now()
    services.provider_activate(provider=provider, actor=cast.manager)
    assert provider.status == ProviderStatus.ACTIVE
    return provider


def set_out(client: Client, address: str = ADDRESS, **more: str) -> str:
    """Type an address and go on; where the provider is."""
    page = client.post("/accounts/organisation/", {"email": address, **more}, follow=True)
    assert "You go to" in page.content.decode(), page.content.decode()
    way = client.get(f"/accounts/organisation/{SLUG}/go/")
    assert way.status_code == 302
    return str(way.headers["Location"])


def at_provider(url: str, name: str) -> str:
    """Sign in at the OpenID provider; the path, with the code, at which the portal waits."""
    with httpx.Client(trust_env=False) as browser:
        page = browser.get(url)
        assert page.status_code == 302, page.text
        login = urljoin(url, page.headers["Location"])
        after = dict(httpx.URL(login).params)["next"]
        back = browser.post(login, data={"name": name, "next": after})
        answer = browser.get(urljoin(url, back.headers["Location"]))
        assert answer.status_code == 302, answer.text
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}"
